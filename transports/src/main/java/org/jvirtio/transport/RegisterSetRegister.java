package org.jvirtio.transport;

import org.jvirtio.Register;

/**
 * What the "new virtio-pci" register set holds after the common structure.
 *
 * <pre>
 *   0x00 common structure of virtio 1.x ({@link CommonRegister})
 *   0x40 doorbell of every queue, 16 bits; 32 bits with NOTIFICATION_DATA
 *   0x44 ISR, reading clears; used only where there is no "new virtio-isr" set
 *   0x45 reserved, reads 0
 * </pre>
 *
 * <p>The mail of 2011 leaves the inside of the set open. These offsets are a decision of this
 * project: they let both new layouts share one model of their registers.
 */
public enum RegisterSetRegister implements Register {
    QUEUE_NOTIFY(0x40, 2),
    /** The same with NOTIFICATION_DATA. */
    QUEUE_NOTIFY_DATA(0x40, 4),
    ISR_STATUS(0x44, 1);

    /** Bytes of the set that are used. */
    static final int LENGTH = 0x48;

    private final int offset;
    private final int width;

    RegisterSetRegister(int offset, int width) {
        this.offset = offset;
        this.width = width;
    }

    @Override
    public int offset() {
        return offset;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public String source() {
        return "jvirtio: the register set of the mail of 2011, as decided here";
    }
}
