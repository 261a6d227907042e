/**
 * Protocols over the raw frames of a network driver, as small as they can be and still be right.
 * Knows {@link org.jvirtio.device.NetDriver} as a way for frames in and out; must never know
 * layouts, reaches, models, or the kernel.
 *
 * <pre>
 *   DhcpClient            UdpPort          Ping
 *        \------- Udp -------/              |
 *                  |                       Icmp
 *                 Ipv4 ---------------------/
 *                  |
 *   Arp ------- Ethernet
 *                  |
 *                 Link --> FrameWatch: PcapWriter
 *                  |
 *              NetDriver                 FrameRelay: frames to and from a kernel, for TCP
 * </pre>
 *
 * <p>Parsers read where the device wrote, by offset, and the device may write there meanwhile: a
 * length is checked and used from one reading. Nothing is allocated for a frame. Whatever a frame
 * holds it is handled or dropped, and each {@link org.jvirtio.net.DropReason} is counted. Read
 * {@link org.jvirtio.net.NetStack} first.
 */
package org.jvirtio.net;
