package org.jvirtio.transport;

import org.jvirtio.Register;

/**
 * Registers of the legacy layout (virtio 1.4 section 4.1.4.10), little-endian, from the start of
 * BAR0.
 *
 * <pre>
 *    0            4            8            12     14     16     18     19
 *   | dev. feat. | drv. feat. | queue PFN  | size | sel. | bell | stat | ISR |
 *   20     22     24
 *   | cfg. | q.   | device configuration ...      MSI-X enabled
 *   | device configuration ...                    MSI-X disabled
 * </pre>
 *
 * <p>The two vectors exist only while MSI-X is enabled; device configuration then starts at byte
 * 24, otherwise at byte 20, and is in the guest's own byte order.
 */
public enum LegacyRegister implements Register {
    DEVICE_FEATURES(0, 4),
    DRIVER_FEATURES(4, 4),
    /** The page number of the queue's memory: its guest-physical address shifted right by 12. */
    QUEUE_PFN(8, 4),
    QUEUE_SIZE(12, 2),
    QUEUE_SELECT(14, 2),
    QUEUE_NOTIFY(16, 2),
    DEVICE_STATUS(18, 1),
    ISR_STATUS(19, 1),
    CONFIG_MSIX_VECTOR(20, 2),
    QUEUE_MSIX_VECTOR(22, 2);

    private final int offset;
    private final int width;

    LegacyRegister(int offset, int width) {
        this.offset = offset;
        this.width = width;
    }

    /** Where the device configuration starts: right after the registers that exist. */
    public static int configOffset(boolean msixEnabled) {
        Register last = msixEnabled ? QUEUE_MSIX_VECTOR : ISR_STATUS;
        return last.offset() + last.width();
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
        return "virtio 1.4 section 4.1.4.10";
    }
}
