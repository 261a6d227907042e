package org.jvirtio.net;

import java.util.ArrayList;
import java.util.List;

/**
 * Datagrams (RFC 768, RFC 1122 section 4.1).
 *
 * <pre>
 *   | source port 0 (2) | destination port 2 (2) | length 4 (2) | checksum 6 (2) | data 8 ... |
 * </pre>
 *
 * <p>Offsets are from the datagram's first byte.
 */
final class Udp {

    static final int HEADER_BYTES = 8;

    private static final int MOST_PORTS = 64;

    /** RFC 6335 section 6: ports that nobody registers. */
    private static final int FIRST_DYNAMIC = 49152;

    private static final int LAST = 65535;

    private static final int SOURCE_PORT = 0;
    private static final int DESTINATION_PORT = 2;
    private static final int LENGTH = 4;
    private static final int CHECKSUM = 6;

    private final Ipv4 ipv4;
    private final Link link;
    private final DropCounts drops;
    private final List<UdpPort> ports = new ArrayList<>();
    private final Datagram datagram = new Datagram();
    private int nextDynamic = FIRST_DYNAMIC;

    Udp(Ipv4 ipv4, Link link, DropCounts drops) {
        this.ipv4 = ipv4;
        this.link = link;
        this.drops = drops;
    }

    /** Bytes of the longest datagram's data. */
    int longestData() {
        return ipv4.longestPayload() - HEADER_BYTES;
    }

    /** Opens a port; 0 for any that is free. */
    UdpPort open(int number, UdpReceiver receiver) {
        int chosen = number == 0 ? free() : number;
        if (chosen < 0 || chosen > LAST || find(chosen) != null || ports.size() == MOST_PORTS) {
            throw new IllegalArgumentException(
                    String.format(
                            "opening UDP port %d: it has to be 0 to 65535 and not open yet, and %d"
                                    + " of at most %d are. Close one, or choose another.",
                            chosen, ports.size(), MOST_PORTS));
        }
        UdpPort port = new UdpPort(this, chosen, receiver);
        ports.add(port);
        return port;
    }

    void close(UdpPort port) {
        ports.remove(port);
    }

    private int free() {
        while (find(nextDynamic) != null) {
            nextDynamic = nextDynamic == LAST ? FIRST_DYNAMIC : nextDynamic + 1;
        }
        return nextDynamic;
    }

    private UdpPort find(int number) {
        for (int i = 0; i < ports.size(); i++) {
            if (ports.get(i).number() == number) {
                return ports.get(i);
            }
        }
        return null;
    }

    /** False if nobody has the port, of which its sender should be told. */
    boolean receive(Frame frame, int at, int room) {
        if (room < HEADER_BYTES) {
            drops.add(DropReason.UDP_SHORT);
            return true;
        }
        int length = frame.read16(at + LENGTH);
        if (length < HEADER_BYTES || length > room) {
            drops.add(DropReason.UDP_LENGTH);
            return true;
        }
        // RFC 768: "an all zero transmitted checksum value means that the transmitter generated no
        // checksum".
        if (frame.read16(at + CHECKSUM) != 0 && !Checksum.isRight(sum(frame, at, length))) {
            drops.add(DropReason.UDP_CHECKSUM);
            return true;
        }
        return deliver(frame, at, length);
    }

    private boolean deliver(Frame frame, int at, int length) {
        UdpPort port = find(frame.read16(at + DESTINATION_PORT));
        if (port == null) {
            drops.add(DropReason.UDP_NO_PORT);
            return false;
        }
        int source = frame.read32(Ipv4.SOURCE);
        int sourcePort = frame.read16(at + SOURCE_PORT);
        datagram.show(frame, at + HEADER_BYTES, length - HEADER_BYTES, source, sourcePort);
        port.receive(datagram);
        return true;
    }

    /** Sends bytes; false, counted, if there is no buffer. */
    boolean send(int sourcePort, int destination, int destinationPort, byte[] data, long now) {
        int buffer = link.take();
        if (buffer == Link.NONE) {
            return false;
        }
        Frame frame = link.outgoing();
        int at = Ipv4.PAYLOAD;
        int length = HEADER_BYTES + data.length;
        frame.write16(at + SOURCE_PORT, sourcePort);
        frame.write16(at + DESTINATION_PORT, destinationPort);
        frame.write16(at + LENGTH, length);
        frame.write16(at + CHECKSUM, 0);
        frame.copyFrom(at + HEADER_BYTES, data);
        int own = ipv4.settings() == null ? 0 : ipv4.settings().address().bits();
        frame.write32(Ipv4.SOURCE, own);
        frame.write32(Ipv4.DESTINATION, destination);
        int checksum = Checksum.of(sum(frame, at, length));
        // RFC 768: "if the computed checksum is zero, it is transmitted as all ones".
        frame.write16(at + CHECKSUM, checksum == 0 ? 0xffff : checksum);
        ipv4.send(buffer, Ipv4.UDP, destination, length, now);
        return true;
    }

    /** Over the pseudo header too: both addresses, the protocol and the length (RFC 768). */
    private static int sum(Frame frame, int at, int length) {
        int sum = Checksum.add(0, frame.read32(Ipv4.SOURCE));
        sum = Checksum.add(sum, frame.read32(Ipv4.DESTINATION));
        sum = Checksum.add(sum, Ipv4.UDP);
        sum = Checksum.add(sum, length);
        return Checksum.add(sum, frame, at, length);
    }
}
