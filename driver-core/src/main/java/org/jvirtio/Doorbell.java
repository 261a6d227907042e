package org.jvirtio;

/**
 * The notification write of one queue: tells the device that there are buffers (section 4.1.5.2).
 */
public interface Doorbell {

    /**
     * Rings. Whatever was published before is visible to the device first; the caller's full fence
     * has seen to that.
     */
    void ring();
}
