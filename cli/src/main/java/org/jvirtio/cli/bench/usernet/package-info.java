/**
 * What {@code bench http} and {@code bench ping} run inside their guest, which has two devices on
 * QEMU's user network, ours and the kernel's. {@link org.jvirtio.cli.bench.usernet.GuestHttpBench}
 * is the place to begin.
 */
package org.jvirtio.cli.bench.usernet;
