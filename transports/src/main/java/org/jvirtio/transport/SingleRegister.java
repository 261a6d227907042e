package org.jvirtio.transport;

import org.jvirtio.Register;

/** The structures that are one register each, alone in a window of their own. */
public enum SingleRegister implements Register {
    /** The doorbell of one queue. */
    QUEUE_NOTIFY(2, "virtio 1.4 section 4.1.4.4"),
    /** The same with NOTIFICATION_DATA. */
    QUEUE_NOTIFY_DATA(4, "virtio 1.4 section 4.1.5.2"),
    ISR_STATUS(1, "virtio 1.4 section 4.1.4.5");

    private final int width;
    private final String source;

    SingleRegister(int width, String source) {
        this.width = width;
        this.source = source;
    }

    @Override
    public int offset() {
        return 0;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public String source() {
        return source;
    }
}
