package org.jvirtio.cli.bench.net;

import org.jvirtio.device.NetDriver;
import org.jvirtio.device.NetReceiveQueue;

/**
 * Our driver receiving as testpmd does in its mode {@code rxonly}: frames are counted and given
 * back. Allocates nothing. One thread.
 */
final class FrameReceiver {

    private final NetReceiveQueue queue;
    private final int batch;
    private long received;

    FrameReceiver(NetDriver driver, NetCell cell) {
        queue = driver.receive(0);
        batch = cell.batch();
        queue.refill();
    }

    /** Receives for {@code nanos} by the clock; returns frames per second. */
    double run(long nanos) {
        long start = System.nanoTime();
        long before = received;
        long now = start;
        while (now - start < nanos) {
            turn();
            now = System.nanoTime();
        }
        return (received - before) * 1e9 / (now - start);
    }

    private void turn() {
        int count = queue.harvest(batch);
        if (count > 0) {
            received += count;
            queue.refill();
        }
    }
}
