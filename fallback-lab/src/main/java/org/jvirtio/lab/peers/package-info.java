/**
 * What other virtio-pci drivers make of the same configuration bytes. Each is one small class of
 * rules that was written from the driver's source; whoever made the device can see where it will be
 * refused, and by which line of reasoning.
 *
 * <pre>
 *   PeerFacts (bytes, BARs) --&gt; Peer.judge --&gt; PeerVerdict: decision, and every rule tried
 *                               LinuxPeer, DpdkPeer, SpdkPeer, LibblkioPeer,
 *                               RcorePeer, OsvPeer, HermitPeer, LibqosPeer
 * </pre>
 *
 * <p>The rules are facts about other programs, so they may contradict the specification and ours.
 * Must never be asked by our own choice. Read {@link org.jvirtio.lab.peers.Peer} first.
 */
package org.jvirtio.lab.peers;
