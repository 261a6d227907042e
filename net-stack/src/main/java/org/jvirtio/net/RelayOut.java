package org.jvirtio.net;

import java.util.concurrent.atomic.AtomicLong;
import org.jvirtio.device.NetDriver;
import org.jvirtio.device.NetTransmitQueue;

/**
 * The half of a {@link FrameRelay} that sends: reads as many frames as there are, up to a batch,
 * then shows them to the device at once.
 */
final class RelayOut implements Runnable {

    private static final int BATCH = 32;

    /** The longest sleep without a look at whether to stop. */
    private static final int WAIT_MILLIS = 100;

    private final NetTransmitQueue transmit;
    private final FrameSource source;
    private final FrameWatch watch;
    private final int frameBytes;
    private final Frame frame = new Frame();
    private volatile boolean stopped;
    private final AtomicLong sent = new AtomicLong();
    private int offered;

    RelayOut(NetDriver driver, FrameSource source, FrameWatch watch) {
        transmit = driver.transmit(0);
        frameBytes = driver.frameBytes();
        this.source = source;
        this.watch = watch;
    }

    long sent() {
        return sent.get();
    }

    void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        while (!stopped) {
            transmit.harvest();
            int buffer = transmit.take();
            if (buffer == NetTransmitQueue.NONE) {
                submit();
                transmit.await();
            } else if (!fill(buffer) || offered == BATCH) {
                submit();
            }
        }
    }

    /** False if there was no frame, and the buffer went back. */
    private boolean fill(int buffer) {
        long offset = transmit.frame(buffer);
        int wait = offered > 0 ? 0 : WAIT_MILLIS;
        int length = source.read(transmit.memory(), offset, frameBytes, wait);
        if (length < Ethernet.PAYLOAD) {
            transmit.putBack(buffer);
            return false;
        }
        watch.saw(frame.at(transmit.memory(), offset, length), length);
        if (!transmit.offer(buffer, length)) {
            // The pool is no larger than the ring, so a buffer in hand has its place there.
            throw new IllegalStateException(
                    "no room for buffer " + buffer + " of " + transmit.capacity());
        }
        offered++;
        return true;
    }

    private void submit() {
        if (offered > 0) {
            transmit.submit();
            sent.addAndGet(offered);
            offered = 0;
        }
    }
}
