package org.jvirtio.model;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jvirtio.EnvironmentException;

/**
 * A capture in the classic format of libpcap (pcap-savefile(5)), read from its beginning:
 *
 * <pre>
 *   | magic 0 | major 4 | minor 6 | zone 8 | accuracy 12 | snaplen 16 | link type 20 |
 *   | seconds 0 | micro- or nanoseconds 4 | bytes here 8 | bytes on the wire 12 | frame 16 ... |
 * </pre>
 *
 * <p>The magic number says the byte order and which fraction. For one thread.
 */
final class PcapFile implements AutoCloseable {

    static final int MICROSECONDS = 0xa1b2c3d4;
    static final int NANOSECONDS = 0xa1b23c4d;
    static final int HEADER_BYTES = 24;
    static final int RECORD_BYTES = 16;
    static final int LINK_TYPE = 20;
    static final int ETHERNET = 1;

    /** MAXIMUM_SNAPLEN of libpcap: no record has more. */
    static final int MOST_BYTES = 262144;

    /** The upper bits of the link type say how long a check sequence is. */
    private static final int LINK_TYPE_MASK = 0xffff;

    private static final int LENGTH = 8;

    private final Path path;
    private final DataInputStream in;
    private final ByteOrder order;
    private long position;

    private PcapFile(Path path, DataInputStream in) throws IOException {
        this.path = path;
        this.in = in;
        ByteBuffer header = ByteBuffer.wrap(bytes(HEADER_BYTES));
        order = order(header.getInt(0));
        int linkType = header.order(order).getInt(LINK_TYPE) & LINK_TYPE_MASK;
        if (linkType != ETHERNET) {
            throw bad("link type " + linkType + ", not 1, Ethernet");
        }
    }

    /**
     * Opens a capture.
     *
     * @throws EnvironmentException if it cannot be read, or is something else
     */
    static PcapFile open(Path path) {
        try {
            DataInputStream in =
                    new DataInputStream(new BufferedInputStream(Files.newInputStream(path)));
            try {
                return new PcapFile(path, in);
            } catch (IOException | EnvironmentException e) {
                in.close();
                throw e;
            }
        } catch (IOException e) {
            throw unreadable(path, e.toString(), e);
        }
    }

    /** Reads a capture to its end; how many frames it has. */
    static long check(Path path) {
        try (PcapFile file = open(path)) {
            long frames = 0;
            while (file.next() != null) {
                frames++;
            }
            return frames;
        }
    }

    /**
     * The bytes of the next frame; null at the end.
     *
     * @throws EnvironmentException if there is no frame where one should be
     */
    byte[] next() {
        try {
            int first = in.read();
            if (first < 0) {
                return null;
            }
            byte[] record = new byte[RECORD_BYTES];
            record[0] = (byte) first;
            in.readFully(record, 1, RECORD_BYTES - 1);
            long length =
                    Integer.toUnsignedLong(ByteBuffer.wrap(record).order(order).getInt(LENGTH));
            if (length > MOST_BYTES) {
                throw bad("a frame of " + length + " bytes, more than " + MOST_BYTES);
            }
            position += RECORD_BYTES;
            return bytes((int) length);
        } catch (EOFException e) {
            throw bad("the end, in the middle of a frame");
        } catch (IOException e) {
            throw unreadable(path, e.toString(), e);
        }
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            return; // Nothing was written.
        }
    }

    private byte[] bytes(int count) throws IOException {
        byte[] bytes = new byte[count];
        try {
            in.readFully(bytes);
        } catch (EOFException e) {
            throw bad("the end, where " + count + " bytes should be");
        }
        position += count;
        return bytes;
    }

    private ByteOrder order(int magic) {
        if (magic == MICROSECONDS || magic == NANOSECONDS) {
            return ByteOrder.BIG_ENDIAN;
        }
        int turned = Integer.reverseBytes(magic);
        if (turned == MICROSECONDS || turned == NANOSECONDS) {
            return ByteOrder.LITTLE_ENDIAN;
        }
        throw bad(String.format("magic number 0x%08x", magic));
    }

    private EnvironmentException bad(String found) {
        return unreadable(path, "at byte " + position + " is " + found, null);
    }

    private static EnvironmentException unreadable(Path path, String found, Exception cause) {
        return new EnvironmentException(
                String.format(
                        "reading the capture %s: %s. Use a pcap file of Ethernet frames, such as"
                                + " 'tcpdump -w' writes; editcap -F pcap converts pcapng.",
                        path, found),
                cause);
    }
}
