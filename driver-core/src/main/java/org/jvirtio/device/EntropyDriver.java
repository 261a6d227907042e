package org.jvirtio.device;

import java.util.Objects;
import org.jvirtio.DeviceType;
import org.jvirtio.DriverNeeds;
import org.jvirtio.Handshake;
import org.jvirtio.RunningDevice;
import org.jvirtio.Transport;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.queue.Virtqueue;

/**
 * Random bytes from an entropy device (virtio 1.4 section 5.4): one queue, no features, no
 * configuration; the driver gives it memory, the device fills some of it. Not thread-safe.
 */
public final class EntropyDriver implements AutoCloseable {

    private static final int BUFFER_BYTES = 4096;
    private static final int EMPTY_ANSWERS_TOLERATED = 8;

    private final RunningDevice device;
    private final Virtqueue queue;
    private final DmaRegion buffer;

    private EntropyDriver(RunningDevice device) {
        this.device = device;
        this.queue = device.queue(0);
        this.buffer = device.allocate(BUFFER_BYTES, BUFFER_BYTES);
    }

    public static DriverNeeds needs() {
        return DriverNeeds.of(DeviceType.ENTROPY);
    }

    /** Starts the device; closing the driver closes the transport. */
    public static EntropyDriver start(Transport transport) {
        return start(transport, needs());
    }

    /** Starts the device with needs of the caller's own, made from {@link #needs}. */
    public static EntropyDriver start(Transport transport, DriverNeeds needs) {
        RunningDevice device = Handshake.run(transport, needs);
        try {
            return new EntropyDriver(device);
        } catch (RuntimeException | Error failure) {
            device.abandon(failure);
            throw failure;
        }
    }

    public RunningDevice device() {
        return device;
    }

    /** Fills {@code target} with random bytes, however many requests that takes. */
    public void fill(byte[] target) {
        for (int filled = 0; filled < target.length; ) {
            filled += read(target, filled, target.length - filled);
        }
    }

    /**
     * Makes one request.
     *
     * @return bytes the device wrote, 1 to {@code count}; nothing else is handed out
     */
    public int read(byte[] target, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, target.length);
        if (count == 0) {
            return 0;
        }
        for (int i = 0; i < EMPTY_ANSWERS_TOLERATED; i++) {
            int got = ask(Math.min(count, BUFFER_BYTES));
            if (got > 0) {
                buffer.memory().copyTo(0, target, offset, got);
                buffer.memory().fill(0, got, 0); // nobody gets these bytes a second time
                return got;
            }
        }
        // 5.4.6.2: "The device MUST place one or more random bytes into the buffer".
        throw queue.breakWith(
                String.format(
                        "reading entropy: %d answers in a row without a byte. Look at the device's"
                                + " source of entropy, or use another device.",
                        EMPTY_ANSWERS_TOLERATED));
    }

    private int ask(int wanted) {
        queue.offerWritable(buffer.deviceAddress(), wanted, 0);
        queue.publish();
        queue.ringIfAsked();
        device.awaitUsed(0, "entropy");
        return (int) queue.usedLength();
    }

    @Override
    public void close() {
        device.close();
    }
}
