/**
 * The chart's presets through the real controllers, as processes of this machine against the API of
 * the cluster that {@code KUBECONFIG} names. The custom resources of the controllers must be
 * installed in it.
 */
package io.millrace.e2e.ingress;
