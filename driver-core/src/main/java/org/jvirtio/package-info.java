/**
 * The words of virtio that every other package uses: registers, features, status, the transport as
 * an interface, and the handshake that takes a device from reset to running.
 *
 * <pre>
 *   device   entropy, block            what a program calls
 *     |
 *   queue    split virtqueue           buffers offered, buffers used
 *     |
 *   (here)   Handshake, Transport      one device, whatever its layout
 *     |
 *   memory   DmaRegion, NativeMemory   bytes that both sides see
 * </pre>
 *
 * <p>It must never know PCI, BARs, or that a legacy layout exists. Read {@link
 * org.jvirtio.Transport} first, then {@link org.jvirtio.Handshake}.
 */
package org.jvirtio;
