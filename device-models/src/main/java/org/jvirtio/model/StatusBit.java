package org.jvirtio.model;

/** Device status as the device keeps it (virtio 1.4 section 2.1). */
enum StatusBit {
    ACKNOWLEDGE(0x01),
    DRIVER(0x02),
    DRIVER_OK(0x04),
    FEATURES_OK(0x08),
    DEVICE_NEEDS_RESET(0x40),
    FAILED(0x80);

    final int mask;

    StatusBit(int mask) {
        this.mask = mask;
    }

    boolean in(int status) {
        return (status & mask) != 0;
    }
}
