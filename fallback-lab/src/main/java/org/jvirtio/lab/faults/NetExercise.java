package org.jvirtio.lab.faults;

import java.util.Arrays;
import org.jvirtio.DriverNeeds;
import org.jvirtio.RequestException;
import org.jvirtio.Transport;
import org.jvirtio.device.NetDriver;
import org.jvirtio.device.NetFeature;
import org.jvirtio.device.NetMode;
import org.jvirtio.device.NetReceiveQueue;
import org.jvirtio.device.NetTransmitQueue;

/**
 * Sends frames to a device that gives them back, one at a time; what comes has to be one of those
 * that were sent, in order. Then a command, if the device takes any.
 */
final class NetExercise extends Exercise {

    /** The first has no byte to lose: it is as short as a frame can be. */
    private static final int[] LENGTHS = {14, 60, 1000, 1514};

    private static final long PATIENCE_NANOS = 200_000_000;

    private final Work work;

    NetExercise(Work work) {
        this.work = work;
    }

    @Override
    void run(Transport transport) {
        try (NetDriver driver = NetDriver.start(transport, needs())) {
            started();
            facts.remark("the address is " + driver.macOrigin());
            for (int length : LENGTHS) {
                send(driver, frame(length));
                receive(driver, frame(length));
                driver.refresh();
            }
            facts.droppedFrames(driver.receive(0).dropped());
            command(driver);
            facts.remark(driver.link().changes() + " changes of the link");
            facts.add(driver.device());
        }
    }

    /** All that the driver knows to use. */
    private static DriverNeeds needs() {
        return NetDriver.needsWithControl().wanting(NetFeature.CSUM, NetFeature.GUEST_CSUM);
    }

    private void command(NetDriver driver) {
        try {
            if (driver.device().has(NetFeature.CTRL_RX)) {
                driver.control().orElseThrow().set(NetMode.ALLMULTI, true);
            }
        } catch (RequestException refusal) {
            facts.refused(refusal);
        }
    }

    private static void send(NetDriver driver, byte[] frame) {
        NetTransmitQueue transmit = driver.transmit(0);
        int buffer = transmit.take();
        transmit.memory().copyFrom(transmit.frame(buffer), frame, 0, frame.length);
        transmit.offer(buffer, frame.length);
        transmit.submit();
        transmit.await();
    }

    /** Waits for it, unless it was dropped. */
    private void receive(NetDriver driver, byte[] sent) {
        NetReceiveQueue queue = driver.receive(0);
        long before = queue.dropped();
        long start = System.nanoTime();
        int count = 0;
        while (count == 0 && queue.dropped() == before) {
            count = queue.harvest(1);
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                count = queue.await(1);
            }
        }
        if (count > 0) {
            byte[] frame = new byte[queue.length(0)];
            queue.copyTo(0, frame, 0);
            if (!work.anyData() && !Arrays.equals(sent, frame)) {
                throw new WrongData(
                        frame.length + " bytes came that are not the " + sent.length + " sent");
            }
        }
        queue.refill();
    }

    private static byte[] frame(int length) {
        byte[] frame = new byte[length];
        for (int i = 0; i < length; i++) {
            frame[i] = (byte) (i + length);
        }
        return frame;
    }
}
