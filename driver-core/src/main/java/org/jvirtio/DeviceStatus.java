package org.jvirtio;

import java.util.ArrayList;
import java.util.List;

/** The bits of the device status register (virtio 1.4 section 2.1). */
public enum DeviceStatus {
    ACKNOWLEDGE(1),
    DRIVER(2),
    DRIVER_OK(4),
    FEATURES_OK(8),
    SUSPEND(16),
    DEVICE_NEEDS_RESET(64),
    FAILED(128);

    private final int mask;

    DeviceStatus(int mask) {
        this.mask = mask;
    }

    public int mask() {
        return mask;
    }

    public boolean in(int status) {
        return (status & mask) != 0;
    }

    /** A status as people read it: {@code 0x0f ACKNOWLEDGE|DRIVER|DRIVER_OK|FEATURES_OK}. */
    public static String describe(int status) {
        List<String> names = new ArrayList<>();
        for (DeviceStatus bit : values()) {
            if (bit.in(status)) {
                names.add(bit.name());
            }
        }
        return String.format(
                "0x%02x%s", status, names.isEmpty() ? "" : " " + String.join("|", names));
    }
}
