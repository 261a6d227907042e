/**
 * One transport for each layout, each in a file of its own with its registers beside it. Knows what
 * the registers mean; must never know through which reach they are accessed.
 *
 * <pre>
 *   LegacyTransport        LegacyRegister                          LegacyQueues, LegacyConfig
 *   RegisterSetTransport   CommonRegister + RegisterSetRegister \
 *   Virtio1Transport       CommonRegister, Doorbells            /  CommonStructure
 *   all three              StatusRegister, InterruptLadder, Isr
 * </pre>
 *
 * <p>{@link org.jvirtio.transport.Transports} makes them. Read {@link
 * org.jvirtio.transport.LegacyTransport} first: it is the shortest.
 */
package org.jvirtio.transport;
