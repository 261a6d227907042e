/**
 * Single operations of the rings, measured by JMH and started by {@code jvirtio bench micro} in a
 * process of its own. Each benchmark turns a whole ring, because a driver's half alone would never
 * get a buffer back.
 *
 * <p>Read {@link org.jvirtio.benchmarks.TurningRing} first.
 */
package org.jvirtio.benchmarks;
