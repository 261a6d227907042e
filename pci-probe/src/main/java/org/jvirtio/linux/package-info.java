/**
 * System calls, and what is built of them alone: errors by name, event descriptors, huge pages,
 * registers behind files. The only package that touches the JNR project; must never know PCI or
 * virtio.
 *
 * <pre>
 *   EventFd        an interrupt to wait on; DescriptorSet: many
 *   LentEvent      one that another process raises; PassedEvent: one of its own, to raise
 *   PinnedThread   a thread that stays on one of the Processors
 *   DmaArena       regions out of HugePageBlocks, or of blocks that others provide
 *   MappedRegisters, FileRegisters
 *   UnixSocket     bytes and descriptors to another process; MemoryFile: memory for both
 *     |
 *   Libc           one static method per system call, failures as negated error numbers
 *     |
 *   NativeCall     jffi: address of a function, up to six 64-bit arguments
 * </pre>
 *
 * <p>Read {@link org.jvirtio.linux.Libc} first.
 */
package org.jvirtio.linux;
