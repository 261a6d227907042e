/**
 * {@code jvirtio bench net}, the part in the guest: frames sent on one function and received on
 * another, both on one hub of QEMU's; by our driver and by DPDK's testpmd, in turn.
 *
 * <pre>
 *   host:   NetBench --- NetPlan ---> guest
 *   guest:  GuestNetBench --> JavaNetPeer   sender and receiver, a thread each
 *                         --> Testpmd       sender and receiver, a process each
 *           NetMeasurement (one JSON line each) ---> host
 * </pre>
 */
package org.jvirtio.cli.bench.net;
