/**
 * What {@code bench doorbell} measures inside the guest, and the words in which it tells the host.
 *
 * <pre>
 *   DoorbellPlan          how often, how long
 *   GuestDoorbellBench    everything in turn, round by round
 *     NotificationCost    many rings of each {@link DoorbellWay}
 *     RoundTrips          request after request of each {@link RoundTripWay}, each timed
 *   Finding               one line of what was found
 * </pre>
 */
package org.jvirtio.cli.bench.doorbell;
