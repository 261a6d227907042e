package org.jvirtio.lab.check;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jvirtio.DeviceStatus;
import org.jvirtio.Feature;
import org.jvirtio.device.NetFeature;

/** A running network device with receive buffers, and what comes back over its network. */
final class Wire {

    /** A frame of the longest kind with the longest header (section 5.1.9.3.1). */
    static final int WHOLE = 1526;

    private static final int RECEIVE = 0;
    private static final int TRANSMIT = 1;
    private static final int CONTROL = 2;
    private static final int BUFFERS = 8;
    private static final long ANSWER_MILLIS = 300;
    private static final int NO_ACK = 0xa5;

    private final Bench bench;
    private final Frames frames;
    private final BareQueue receive;
    private final BareQueue transmit;
    private final BareQueue control;
    private final List<Buffer> buffers = new ArrayList<>();
    private int taken;

    /** What came. */
    static final class Received {

        private final List<Long> lengths;
        private final byte[] bytes;

        private Received(List<Long> lengths, byte[] bytes) {
            this.lengths = lengths;
            this.bytes = bytes;
        }

        /** Used lengths of its buffers. */
        List<Long> lengths() {
            return lengths;
        }

        /** Of all buffers, the header first. */
        byte[] bytes() {
            return bytes.clone();
        }

        int flags() {
            return bytes[0] & 0xff;
        }

        int gsoType() {
            return bytes[1] & 0xff;
        }

        /** Only the longer header has it. */
        int numBuffers() {
            return (bytes[10] & 0xff) | ((bytes[11] & 0xff) << 8);
        }
    }

    /** Starts the device; each receive buffer has {@code bufferLength} bytes. */
    Wire(Bench bench, int bufferLength, Feature... features) {
        this.bench = bench;
        bench.negotiate(features);
        this.frames = new Frames(bench);
        this.receive = bench.openQueue(RECEIVE);
        this.transmit = bench.openQueue(TRANSMIT);
        boolean commands = List.of(features).contains(NetFeature.CTRL_VQ);
        this.control = commands ? bench.openQueue(CONTROL) : null;
        int count = receive.room(BUFFERS, 1);
        for (int i = 0; i < count; i++) {
            Buffer buffer = bench.buffer(bufferLength);
            buffers.add(buffer);
            receive.offer(List.of(buffer.writable()));
        }
        bench.addStatus(DeviceStatus.DRIVER_OK);
        bench.registers().doorbell(RECEIVE);
    }

    Frames frames() {
        return frames;
    }

    /** Of a device without RING_PACKED. */
    BareSplitQueue transmitQueue() {
        return (BareSplitQueue) transmit;
    }

    /** Sends a frame behind a header of zeros. */
    void send(byte[] frame) {
        send(frames.header(), frame);
    }

    void send(Buffer header, byte[] frame) {
        Buffer data = bench.buffer(frame.length).put(frame);
        bench.request(transmit, TRANSMIT, Chains.of(List.of(header, data), List.of()));
    }

    /** The next frame that is received within the time that an answer takes. */
    Optional<Received> next() {
        List<BareQueue.Used> first = new ArrayList<>();
        if (!Waiting.within(ANSWER_MILLIS, () -> receive.poll().map(first::add).isPresent())) {
            return Optional.empty();
        }
        List<Long> lengths = new ArrayList<>();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        add(first.get(0), lengths, bytes);
        // All buffers of a frame are shown at once (section 5.1.9.4.1).
        for (Optional<BareQueue.Used> more = receive.poll();
                more.isPresent();
                more = receive.poll()) {
            add(more.get(), lengths, bytes);
        }
        requireHeader(bytes.size());
        return Optional.of(new Received(lengths, bytes.toByteArray()));
    }

    private void requireHeader(int length) {
        if (length < frames.headerLength()) {
            throw new EndedException(
                    Finding.fail(
                            "a frame is received with %d bytes in all, shorter than its header of"
                                    + " %d",
                            length, frames.headerLength()));
        }
    }

    private void add(BareQueue.Used used, List<Long> lengths, ByteArrayOutputStream bytes) {
        if (taken == buffers.size()) {
            throw new EndedException(
                    Finding.fail("more receive buffers are used than the %d there are", taken));
        }
        Buffer buffer = buffers.get(taken++);
        lengths.add(used.length());
        bytes.write(buffer.bytes(), 0, (int) Math.min(used.length(), buffer.length()));
    }

    /** Asks and takes the answer; without one the check ends, since nobody is there to answer. */
    Received answer() {
        send(Frames.question(Frames.everybody(), frames.own()));
        return next().orElseThrow(
                        () -> new EndedException(Finding.skip("nobody answers on its network")));
    }

    /** True if a frame that is addressed to somebody else comes in. */
    boolean receivesFor(byte[] address) {
        send(Frames.question(address, address));
        return next().isPresent();
    }

    /** Sends a command (section 5.1.9.5) and returns its acknowledgement, 0 for done. */
    int command(int kind, int command, byte[] data) {
        Buffer head = bench.buffer(2).put(new byte[] {(byte) kind, (byte) command});
        Buffer ack = bench.buffer(1).fill(NO_ACK);
        List<Buffer> sent =
                data.length == 0
                        ? List.of(head)
                        : List.of(head, bench.buffer(data.length).put(data));
        bench.request(control, CONTROL, Chains.of(sent, List.of(ack)));
        return ack.memory().read8(0);
    }
}
