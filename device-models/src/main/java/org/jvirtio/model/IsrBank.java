package org.jvirtio.model;

/**
 * The ISR byte (virtio 1.4 section 4.1.4.5): bit 0 a queue, bit 1 the configuration; reading clears
 * it and releases the pin.
 */
final class IsrBank implements RegisterBank {

    private final ModelDevice device;

    IsrBank(ModelDevice device) {
        this.device = device;
    }

    @Override
    public int read(int offset, int width) {
        if (offset != 0) {
            return 0;
        }
        if (width != 1) {
            device.complaints().add("read of " + width + " bytes from the ISR, which has one");
        }
        return device.interrupts().readIsr();
    }

    @Override
    public void write(int offset, int width, int value) {
        device.complaints().add("write of " + value + " to the ISR, which is read-only");
    }
}
