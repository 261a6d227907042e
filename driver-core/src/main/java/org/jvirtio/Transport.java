package org.jvirtio;

import java.time.Duration;
import org.jvirtio.memory.DmaMemory;

/**
 * Drives one device through the registers of one layout. Everything above this interface is the
 * same whatever the layout is, and nothing above it may ask which one it is.
 *
 * <p>Calls are made in the order of section 3.1: {@link #reset}, {@link #addStatus} twice, {@link
 * #acceptFeatures}, {@link #enableInterrupts}, for each queue {@link #settleCapacity} and {@link
 * #enableQueue}, {@link #addStatus}(DRIVER_OK). {@link Handshake} does so.
 *
 * <p>Not thread-safe: one device, one thread.
 */
public interface Transport extends AutoCloseable {

    DeviceType deviceType();

    /** Which registers are used, on which function: printed, never decided upon. */
    String description();

    /** Writes 0 to the status and waits until it reads 0 (section 2.4.2), at most a limit. */
    void reset();

    /** The device status as it reads; 0xff, all bits, if nobody answers. */
    int status();

    /** Sets one more bit; bits are never cleared but by a reset (section 2.1.1). */
    void addStatus(DeviceStatus bit);

    FeatureSet offeredFeatures();

    /**
     * Tells the device what the driver will use, and makes sure that the device agrees, in the way
     * of the layout.
     *
     * @throws LayoutException if the device does not agree; writing FAILED is the caller's part
     */
    void acceptFeatures(FeatureSet accepted);

    /** The device-specific configuration. Valid at any time; where it lies may change meanwhile. */
    DeviceConfig config();

    /**
     * Where buffers and rings must be allocated for the features that were accepted (section 6.1:
     * without ACCESS_PLATFORM every address is guest-physical).
     */
    DmaMemory dmaMemory();

    /**
     * Goes down the ladder of interrupt modes, from {@code best} on, until one works for {@code
     * queues} queues.
     */
    InterruptPlan enableInterrupts(int queues, InterruptMode best);

    /**
     * Agrees with the device on the size of a queue.
     *
     * @param wanted entries, 1 to 32768
     * @return entries: {@code wanted} or the nearest the layout permits; 0 if there is no such
     *     queue
     */
    int settleCapacity(int queue, int wanted);

    /** Hands over a queue of the settled size; its doorbell works from DRIVER_OK on. */
    Doorbell enableQueue(int queue, QueueAddresses addresses);

    /**
     * Takes one queue from the device (section 2.6.1), which then touches neither its memory nor
     * its interrupt; the others go on. Afterwards {@link #settleCapacity} and {@link #enableQueue}
     * hand it over again. Only if RING_RESET was accepted.
     *
     * @throws DeviceTimeoutException if the device does not say that it is done: its memory is
     *     still the device's then
     */
    void resetQueue(int queue);

    /** What to wait on for used buffers of {@code queue}. */
    Interrupt queueInterrupt(int queue);

    /** What to wait on for a change of the device configuration or of the status. */
    Interrupt configInterrupt();

    /** How long a reset may take: {@code -Djvirtio.resetMillis}, 1000 by default. */
    static Duration resetLimit() {
        return Duration.ofMillis(Long.getLong("jvirtio.resetMillis", 1000));
    }

    /**
     * Resets the device, then takes bus mastering, interrupts, DMA mappings and memory from it, in
     * that order. Memory that the device may still write to is never reused: if the reset is not
     * confirmed it stays allocated and mapped.
     */
    @Override
    void close();
}
