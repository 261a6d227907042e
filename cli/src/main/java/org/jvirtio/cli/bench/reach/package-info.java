/**
 * The same driver and the same reads at every reach: what a reach costs.
 *
 * <pre>
 *   ReachPlan --DrivenDisk--> emulated | qtest | vfio-user    in this process, round by round
 *             --GuestReachBench--> vfio                       in a guest, which says its rounds
 * </pre>
 *
 * <p>Knows names of functions, and nothing of what makes them. Read {@link
 * org.jvirtio.cli.bench.reach.ReachSample} first.
 */
package org.jvirtio.cli.bench.reach;
