package org.jvirtio.net;

import java.util.concurrent.atomic.AtomicLong;
import org.jvirtio.QueueTurn;
import org.jvirtio.device.NetDriver;
import org.jvirtio.device.NetTransmitQueue;

/**
 * The half of a {@link FrameRelay} that sends: reads as many frames as there are, up to a batch,
 * then shows them to the device at once.
 */
final class RelayOut extends QueueTurn {

    private static final int BATCH = 32;

    private final NetTransmitQueue transmit;
    private final FrameSource source;
    private final FrameWatch watch;
    private final int frameBytes;
    private final Frame frame = new Frame();
    private final AtomicLong sent = new AtomicLong();

    /** The device has every buffer, so frames wait at their source. */
    private boolean full;

    RelayOut(NetDriver driver, FrameSource source, FrameWatch watch) {
        super(driver.device(), 1, "frames to be sent");
        transmit = driver.transmit(0);
        frameBytes = driver.frameBytes();
        this.source = source;
        this.watch = watch;
    }

    long sent() {
        return sent.get();
    }

    @Override
    protected boolean work() {
        transmit.harvest();
        int offered = 0;
        while (offered < BATCH && offerNext()) {
            offered++;
        }
        if (offered > 0) {
            transmit.submit();
            sent.addAndGet(offered);
        }
        return offered > 0;
    }

    /**
     * A device may keep frames while its own network takes none; one that has all is waited for.
     */
    @Override
    protected boolean isAnswerDue() {
        return full;
    }

    /** Whoever has a buffer left need not hear that one came back. */
    @Override
    protected boolean isInterruptWanted() {
        return full;
    }

    /** False if there is no frame, or no buffer for one. */
    private boolean offerNext() {
        int buffer = transmit.take();
        full = buffer == NetTransmitQueue.NONE;
        return !full && fill(buffer);
    }

    /** False if there was no frame, and the buffer went back. */
    private boolean fill(int buffer) {
        long offset = transmit.frame(buffer);
        int length = source.read(transmit.memory(), offset, frameBytes);
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
        return true;
    }
}
