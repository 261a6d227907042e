/**
 * PCI functions of a QEMU that runs no guest: we are the processor, over QEMU's qtest socket.
 * Ports, memory-mapped registers and configuration space are commands on that socket; DMA memory is
 * QEMU's own, in a file that both map. Must never know the meaning of a virtio register.
 *
 * <pre>
 *   QtestFunction
 *     |-- QtestInterrupts   MSI-X as words in that memory, the pin as lines of the socket
 *     \-- QtestMachine      one QEMU, shared by its functions
 *           |-- QtestSocket   one command, one answer, a limit
 *           |-- QtestMemory   the file, cut into blocks
 *           \-- QtestBus      finds functions, gives BARs that have no address one, as firmware would
 * </pre>
 *
 * <p>{@link org.jvirtio.qtest.QtestFunction} first.
 */
package org.jvirtio.qtest;
