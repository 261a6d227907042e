/**
 * Drivers, one per device type, over a queue and a device configuration. They must never know which
 * layout or reach is below.
 *
 * <pre>
 *   BlockChannel    bytes at any position, as java.nio knows them
 *   BlockDriver     one request of any length, waited for
 *   BlockQueue      many requests in flight
 *   BlockRules, BlockSlots    what may be asked; header and status of each request
 *
 *   NetDriver       raw frames
 *   NetTransmitQueue, NetReceiveQueue    many frames in flight
 *   NetControl, NetLink    commands to the device; whether the link is up
 *   NetFraming, NetBuffers    which header the features mean; where header and frame lie
 *
 *   ConsoleDriver   ports that come and go, heard of on a control queue
 *   ConsolePort     bytes both ways, as calls or as streams; many threads
 *   ConsoleControl, ConsoleReceiver, ConsoleTransmitter    its queues
 * </pre>
 *
 * <p>Read {@link org.jvirtio.device.EntropyDriver} first: it fits on a page. {@link
 * org.jvirtio.device.BlockDriver} is the full-sized one.
 */
package org.jvirtio.device;
