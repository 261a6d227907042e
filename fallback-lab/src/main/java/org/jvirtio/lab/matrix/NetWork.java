package org.jvirtio.lab.matrix;

import java.util.Arrays;
import java.util.Random;
import org.jvirtio.Transport;
import org.jvirtio.device.NetDriver;
import org.jvirtio.device.NetMac;
import org.jvirtio.device.NetReceiveQueue;
import org.jvirtio.device.NetTransmitQueue;

/**
 * The work of a network: frames through both ends, byte for byte.
 *
 * <pre>
 *   a frame   receiver (6) | sender (6) | type 0x88b5 (2) | random bytes
 * </pre>
 */
final class NetWork {

    private static final int[] LENGTHS = {14, 60, 777, 1514};

    /** "IEEE 802 Local Experimental": nobody takes these for something else. */
    private static final int TYPE = 0x88b5;

    private final NetDriver from;
    private final NetDriver to;

    private NetWork(NetDriver from, NetDriver to) {
        this.from = from;
        this.to = to;
    }

    static void drive(Transport nearEnd, Transport farEnd, CellDrive drive) {
        try (NetDriver near = NetDriver.start(nearEnd, drive.needs(NetDriver.needs()));
                NetDriver far = NetDriver.start(farEnd, drive.needs(NetDriver.needs()))) {
            boolean started = drive.isStarted("", near.device());
            if (drive.isStarted(" of the far end", far.device()) && started) {
                drive.findings()
                        .equal("frames there", LENGTHS.length, new NetWork(near, far).send());
                drive.findings()
                        .equal("frames back", LENGTHS.length, new NetWork(far, near).send());
                drive.worked("", near.device().lostInterrupts());
                drive.worked(" of the far end", far.device().lostInterrupts());
            }
        }
    }

    /**
     * Sends one frame after the other; returns how many arrived as they were sent. The first to be
     * waited for is in turn that the frame arrives and that it was sent, for only the first is
     * surely slept for.
     */
    private int send() {
        int right = 0;
        boolean sentFirst = false;
        NetReceiveQueue receive = to.receive(0);
        for (int length : LENGTHS) {
            byte[] frame = frame(length);
            offer(frame);
            if (sentFirst) {
                from.transmit(0).await();
            }
            int count = receive.await(1);
            byte[] seen = new byte[receive.length(0)];
            receive.copyTo(0, seen, 0);
            right += count == 1 && Arrays.equals(frame, seen) ? 1 : 0;
            receive.refill();
            if (!sentFirst) {
                from.transmit(0).await();
            }
            sentFirst = !sentFirst;
        }
        return right;
    }

    private void offer(byte[] frame) {
        NetTransmitQueue transmit = from.transmit(0);
        int buffer = transmit.take();
        transmit.memory().copyFrom(transmit.frame(buffer), frame, 0, frame.length);
        if (!transmit.offer(buffer, frame.length)) {
            throw new IllegalStateException("no room for one frame in an idle queue");
        }
        transmit.submit();
    }

    private byte[] frame(int length) {
        byte[] frame = new byte[length];
        new Random(length).nextBytes(frame);
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
