/**
 * What the integration tests of both services share: a broker, tokens, a client that shows the
 * bytes of a stream, and ({@code contract}) the claims that hold for either surface.
 */
package io.millrace.testing;
