/**
 * vfio-user: a PCI function of another process, over a UNIX socket. Registers are messages, or
 * memory that the server shares; DMA memory is ours, shared with it; interrupts are event
 * descriptors. Must never know the meaning of a virtio register.
 *
 * <pre>
 *   both ends
 *     MessageSocket   commands and replies; MessageReader one ReceivedMessage, whole, within a limit
 *     Version         what was agreed: Capabilities, and so every limit
 *     ...Field        the payloads
 *
 *   client
 *     VfioUserFunction
 *       |-- VfioUserRegions      MessageRegisters, mapped ones, RegionEvents: doorbells
 *       |-- VfioUserInterrupts   event descriptors
 *       |-- MemoryBlocks         memory that the server maps, too, or reaches through a DmaMap
 *       \-- ClientSession        request and reply; DmaServant between them
 * </pre>
 *
 * <p>The specification is QEMU's {@code docs/interop/vfio-user.rst}. {@link
 * org.jvirtio.vfiouser.MessageSocket} first.
 */
package org.jvirtio.vfiouser;
