/** Brokers as production has them: secured, several, slow. All in this JVM, on loopback. */
package io.millrace.testing.broker;
