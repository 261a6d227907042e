package org.jvirtio.net;

/** An open port of UDP, made by {@link NetStack#open}. For the thread that turns the stack. */
public final class UdpPort implements AutoCloseable {

    private final Udp udp;
    private final int number;
    private final UdpReceiver receiver;

    UdpPort(Udp udp, int number, UdpReceiver receiver) {
        this.udp = udp;
        this.number = number;
        this.receiver = receiver;
    }

    public int number() {
        return number;
    }

    /**
     * Bytes of the longest data that can be sent. What comes may be longer: nobody keeps a sender
     * or its device to our MTU, so who answers with what came compares first.
     */
    public int longestData() {
        return udp.longestData();
    }

    /**
     * Sends a datagram; it leaves with the stack's next turn, or once the next hop has answered
     * ARP.
     *
     * @return false if every transmit buffer is in use: turn the stack, then try again
     * @throws IllegalArgumentException if it is longer than {@link #longestData}: nothing is
     *     fragmented
     */
    public boolean send(Ipv4Address destination, int destinationPort, byte[] data) {
        if (data.length > longestData()) {
            throw new IllegalArgumentException(
                    String.format(
                            "sending a UDP datagram of %d bytes: a frame of this device holds %d,"
                                    + " and nothing is fragmented. Send it in pieces.",
                            data.length, longestData()));
        }
        return udp.send(number, destination.bits(), destinationPort, data, System.nanoTime());
    }

    void receive(Datagram datagram) {
        receiver.receive(this, datagram);
    }

    @Override
    public void close() {
        udp.close(this);
    }
}
