package org.jvirtio.model;

/** The notification structure (virtio 1.4 section 4.1.4.4): one 16-bit register per queue. */
final class DoorbellBank implements RegisterBank {

    private final ModelDevice device;
    private final int stride;

    /**
     * Makes the doorbells.
     *
     * @param stride notify_off_multiplier: bytes between two queues; 0 means that all share one
     */
    DoorbellBank(ModelDevice device, int stride) {
        this.device = device;
        this.stride = stride;
    }

    /** Doorbells are for writing; a device may answer a read with anything. */
    @Override
    public int read(int offset, int width) {
        return 0;
    }

    @Override
    public void write(int offset, int width, int value) {
        int own = stride == 0 ? value : offset / stride;
        boolean onRegister = stride == 0 ? offset == 0 : offset % stride == 0;
        if (!onRegister || width != 2 || own != value) {
            device.complaints()
                    .add(
                            String.format(
                                    "doorbell write of %d, %d bytes, at offset 0x%x; a queue is"
                                            + " notified with its index, 2 bytes, at %d times the"
                                            + " index (section 4.1.5.2)",
                                    value, width, offset, stride));
        } else {
            device.doorbell(value);
        }
    }
}
