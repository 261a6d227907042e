package org.jvirtio.model;

/** What a device model may ask of the function around it, from any thread. */
public interface ModelHost {

    /** Runs {@code action} while neither driver nor model runs. */
    void locked(Runnable action);

    /**
     * Tells the driver that the configuration is a different one now: new generation, interrupt
     * (virtio 1.4 section 2.5). To be called {@link #locked}.
     */
    void configChanged();

    /**
     * Completes requests of a queue although no doorbell rang, if the device is running: for what
     * comes from outside. To be called {@link #locked}.
     */
    void serveNow(int queue, Runnable action);
}
