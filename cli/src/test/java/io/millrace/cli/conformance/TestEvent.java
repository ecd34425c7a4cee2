package io.millrace.cli.conformance;

import java.util.Optional;

/** An event in the log of a {@link TestDeployment}. */
record TestEvent(String key, String json, Optional<String> type) {}
