/** What holds for either surface: each service runs these classes against itself. */
package io.millrace.testing.contract;
