package org.jvirtio.net;

/**
 * What came to a {@link UdpPort}, seen where the device wrote it; the same object each time. Valid
 * until {@link UdpReceiver#receive} returns.
 */
public final class Datagram {

    private Frame frame;
    private int offset;
    private int length;
    private int source;
    private int sourcePort;

    Datagram() {}

    void show(Frame in, int at, int bytes, int from, int fromPort) {
        frame = in;
        offset = at;
        length = bytes;
        source = from;
        sourcePort = fromPort;
    }

    /** Bytes of data; 0 is possible. */
    public int length() {
        return length;
    }

    public Ipv4Address source() {
        return new Ipv4Address(source);
    }

    public int sourcePort() {
        return sourcePort;
    }

    /** A copy of the data. */
    public byte[] bytes() {
        byte[] bytes = new byte[length];
        frame.copyTo(offset, bytes, 0, length);
        return bytes;
    }
}
