/**
 * {@code jvirtio bench block}, the part in the guest: our driver, a C program and the kernel's own
 * driver under the same loads, in turn. Knows nothing of reports; what it measures goes to the host
 * as lines of {@link org.jvirtio.cli.bench.block.Measurement}.
 *
 * <pre>
 *   host:   BlockBench --- BlockPlan ---> guest
 *   guest:  GuestBlockBench --> JavaPeer --> BlockLoad   function bound to vfio-pci
 *                           --> CPeer                    the same function, block_peer.c
 *                           --> FioPeer                  bound to virtio-pci, /dev/vdX
 *           Measurement (one JSON line each) ---> host
 * </pre>
 */
package org.jvirtio.cli.bench.block;
