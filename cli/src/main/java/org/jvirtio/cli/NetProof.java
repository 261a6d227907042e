package org.jvirtio.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jvirtio.Transport;
import org.jvirtio.device.NetDriver;
import org.jvirtio.device.NetMac;
import org.jvirtio.device.NetReceiveQueue;
import org.jvirtio.device.NetTransmitQueue;

/**
 * Shows that two network devices which are connected bring frames to each other: frames of many
 * lengths, sent many at a time, arrive byte for byte and in order, in both directions.
 *
 * <pre>
 *   a frame   receiver (6) | sender (6) | type 0x88b5 (2) | bytes of the frame's own
 * </pre>
 */
final class NetProof {

    private static final int SHORTEST = 14;

    /** Every length up to here; then in larger and larger steps. */
    private static final int EVERY_LENGTH_TO = 80;

    private static final int AT_A_TIME = 32;

    /** "IEEE 802 Local Experimental": nobody takes these for something else. */
    private static final int TYPE = 0x88b5;

    private final NetDriver from;
    private final NetDriver to;
    private int pieces;

    private NetProof(NetDriver from, NetDriver to) {
        this.from = from;
        this.to = to;
    }

    static void run(Transport nearEnd, Transport farEnd, DriveOrder order, Drive drive) {
        try (NetDriver near = NetDriver.start(nearEnd);
                NetDriver far = NetDriver.start(farEnd)) {
            drive.started(near.device());
            drive.check(
                    Check.equal(
                            "the device gives its address",
                            order.identity(),
                            near.mac().toString()));
            drive.check(
                    Check.equal(
                            "the far end has that ring format too",
                            order.expected().ring().label(),
                            RingFormat.of(far.device()).label()));
            drive.fact("the longest payload", near.mtu() + " bytes");
            drive.fact("the header of each frame", near.headerBytes() + " bytes");
            drive.check(new NetProof(near, far).send("there", drive));
            drive.check(new NetProof(far, near).send("back", drive));
            drive.recorder().look(near.device().queue(0));
            drive.recorder().look(near.device().queue(1));
            drive.check(
                    Check.equal(
                            "no frame was dropped",
                            0L,
                            near.receive(0).dropped() + far.receive(0).dropped()));
        }
    }

    private Check send(String direction, Drive drive) {
        List<byte[]> frames = frames();
        int right = 0;
        int sent = 0;
        NetReceiveQueue receive = to.receive(0);
        for (int arrived = 0; arrived < frames.size(); ) {
            sent += offer(frames.subList(sent, Math.min(frames.size(), arrived + AT_A_TIME)));
            int count = receive.await(Math.min(AT_A_TIME, frames.size() - arrived));
            for (int i = 0; i < count; i++) {
                right += isReceived(frames.get(arrived + i), receive, i) ? 1 : 0;
            }
            arrived += count;
            receive.refill();
            from.transmit(0).harvest();
        }
        drive.fact("the most buffers of one frame " + direction, String.valueOf(pieces));
        return Check.equal(
                String.format(
                        "frames of %d to %d bytes arrive %s, byte for byte and in order",
                        SHORTEST, from.frameBytes(), direction),
                frames.size(),
                right);
    }

    /** Offers as many as there are buffers for; returns how many. */
    private int offer(List<byte[]> frames) {
        NetTransmitQueue transmit = from.transmit(0);
        int count = 0;
        for (byte[] frame : frames) {
            int buffer = transmit.take();
            if (buffer == NetTransmitQueue.NONE) {
                break;
            }
            transmit.memory().copyFrom(transmit.frame(buffer), frame, 0, frame.length);
            if (!transmit.offer(buffer, frame.length)) {
                transmit.putBack(buffer);
                break;
            }
            count++;
        }
        transmit.submit();
        return count;
    }

    private boolean isReceived(byte[] frame, NetReceiveQueue receive, int index) {
        byte[] seen = new byte[receive.length(index)];
        receive.copyTo(index, seen, 0);
        pieces = Math.max(pieces, receive.pieces(index));
        return Arrays.equals(frame, seen);
    }

    private List<byte[]> frames() {
        List<byte[]> frames = new ArrayList<>();
        int length = SHORTEST;
        while (length < from.frameBytes()) {
            frames.add(frame(length));
            length += length < EVERY_LENGTH_TO ? 1 : length / 16;
        }
        frames.add(frame(from.frameBytes()));
        return frames;
    }

    /** The rest is pseudo-random from the sender and the length, so that no two are alike. */
    private byte[] frame(int length) {
        byte[] frame = new byte[length];
        new Random(from.mac().bits() ^ length).nextBytes(frame);
        put(frame, 0, to.mac());
        put(frame, NetMac.BYTES, from.mac());
        frame[2 * NetMac.BYTES] = (byte) (TYPE >> Byte.SIZE);
        frame[2 * NetMac.BYTES + 1] = (byte) TYPE;
        return frame;
    }

    private static void put(byte[] frame, int at, NetMac mac) {
        for (int i = 0; i < NetMac.BYTES; i++) {
            frame[at + i] = (byte) mac.octet(i);
        }
    }
}
