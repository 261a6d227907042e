package org.jvirtio;

/**
 * The notification write of one queue: tells the device that there are buffers (section 4.1.5.2).
 */
public interface Doorbell {

    /**
     * Rings. Whatever was published before is visible to the device first; the caller's full fence
     * has seen to that.
     *
     * @param next where the next entry will be made available, in 16 bits, for devices that asked
     *     to be told (NOTIFICATION_DATA): split, the available index; packed, the slot with the
     *     wrap counter in bit 15
     */
    void ring(int next);
}
