package org.jvirtio.cli.bench.net;

import org.jvirtio.device.NetDriver;
import org.jvirtio.device.NetTransmitQueue;
import org.jvirtio.memory.NativeMemory;

/**
 * Our driver sending as testpmd does in its mode {@code txonly}: the headers of each frame are
 * written anew, the rest of it stays as it was. Allocates nothing. One thread.
 */
final class FrameSender {

    /** Ethernet, IPv4 and UDP, in whole words; the smallest frame has room for them. */
    private static final int HEADER_WORDS = 6;

    private static final long BROADCAST = -1L;

    private final NetTransmitQueue queue;
    private final NativeMemory memory;
    private final int bytes;
    private final int batch;
    private long sent;

    FrameSender(NetDriver driver, NetCell cell) {
        queue = driver.transmit(0);
        memory = queue.memory();
        bytes = cell.bytes();
        batch = cell.batch();
    }

    /** Sends for {@code nanos} by the clock; returns frames per second. */
    double run(long nanos) {
        long start = System.nanoTime();
        long before = sent;
        long now = start;
        while (now - start < nanos) {
            turn();
            now = System.nanoTime();
        }
        return (sent - before) * 1e9 / (now - start);
    }

    private void turn() {
        sent += queue.harvest();
        for (int i = 0; i < batch; i++) {
            int buffer = queue.take();
            if (buffer == NetTransmitQueue.NONE) {
                break;
            }
            writeHeaders(queue.frame(buffer));
            if (!queue.offer(buffer, bytes)) {
                queue.putBack(buffer);
                break;
            }
        }
        queue.submit();
    }

    private void writeHeaders(long frame) {
        for (int word = 0; word < HEADER_WORDS; word++) {
            memory.write64(frame + 8L * word, BROADCAST);
        }
    }
}
