package org.jvirtio.net;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import org.jvirtio.EnvironmentException;

/**
 * Writes frames of both directions as a capture that Wireshark and tcpdump read, with nanoseconds
 * (pcap-savefile(5)).
 *
 * <pre>
 *   | 0xa1b23c4d 0 | major 4 (2) | minor 6 (2) | zone 8 | accuracy 12 | snaplen 16 | link type 20 |
 *   | seconds 0 | nanoseconds 4 | bytes here 8 | bytes on the wire 12 | frame 16 ... |
 * </pre>
 *
 * <p>Little-endian, which the magic number tells. Nothing is allocated for a frame. One thread at a
 * time: every frame is whole, and their times never run backwards.
 */
public final class PcapWriter implements FrameWatch, AutoCloseable {

    private static final int NANOSECONDS = 0xa1b23c4d;
    private static final int HEADER_BYTES = 24;
    private static final int RECORD_BYTES = 16;
    private static final int ETHERNET = 1;

    /** MAXIMUM_SNAPLEN of libpcap: whole frames, however long. */
    private static final int SNAPLEN = 262144;

    private static final long SECOND = 1_000_000_000L;

    private final OutputStream out;
    private final ByteBuffer buffer =
            ByteBuffer.allocate(RECORD_BYTES + SNAPLEN).order(ByteOrder.LITTLE_ENDIAN);
    private final long epochNanos;
    private final long origin;
    private long frames;

    /**
     * Begins a capture.
     *
     * @param out should be buffered; closed with this
     * @throws EnvironmentException if it cannot be written, as from {@link #saw}
     */
    public PcapWriter(OutputStream out) {
        this.out = out;
        Instant now = Instant.now();
        origin = System.nanoTime();
        epochNanos = now.getEpochSecond() * SECOND + now.getNano();
        buffer.putInt(NANOSECONDS).putShort((short) 2).putShort((short) 4);
        buffer.putInt(0).putInt(0).putInt(SNAPLEN).putInt(ETHERNET);
        write(HEADER_BYTES);
    }

    /** Frames so far. */
    public synchronized long frames() {
        return frames;
    }

    @Override
    public synchronized void saw(Frame frame, int length) {
        // One clock that never steps: a capture shows what came first.
        long time = epochNanos + (System.nanoTime() - origin);
        int here = Math.min(length, SNAPLEN);
        buffer.clear();
        buffer.putInt((int) (time / SECOND)).putInt((int) (time % SECOND));
        buffer.putInt(here).putInt(length);
        frame.copyTo(0, buffer.array(), RECORD_BYTES, here);
        write(RECORD_BYTES + here);
        frames++;
    }

    @Override
    public synchronized void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void write(int count) {
        try {
            out.write(buffer.array(), 0, count);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private EnvironmentException failed(IOException cause) {
        return new EnvironmentException(
                "writing a capture after "
                        + frames
                        + " frames: "
                        + cause
                        + ". Make room where it is written, or go without a capture.",
                cause);
    }
}
