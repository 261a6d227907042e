package org.jvirtio.model;

/**
 * The notification structure (virtio 1.4 section 4.1.4.4). What a driver writes depends on two
 * features (section 4.1.5.2):
 *
 * <pre>
 *   16 bits   | queue |                              queue: its index or, with NOTIF_CONFIG_DATA,
 *   32 bits   | queue 0-15 | next 16-30 | wrap 31 |         its queue_notif_config_data
 * </pre>
 */
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
        boolean tells = device.has(RingBit.NOTIFICATION_DATA);
        int queue = device.queueOf(value & 0xffff);
        boolean own = stride == 0 ? offset == 0 : offset == queue * stride;
        if (width != (tells ? 4 : 2) || queue < 0 || !own) {
            complain(offset, width, value, tells);
        } else if (tells) {
            device.doorbell(queue, value >>> 16);
        } else {
            device.doorbell(queue);
        }
    }

    private void complain(int offset, int width, int value, boolean tells) {
        device.complaints()
                .add(
                        String.format(
                                "doorbell write of 0x%x, %d bytes, at offset 0x%x; a queue is"
                                        + " notified with its %s, %s, at %d times the index"
                                        + " (section 4.1.5.2)",
                                value,
                                width,
                                offset,
                                device.has(RingBit.NOTIF_CONFIG_DATA)
                                        ? "queue_notif_config_data"
                                        : "index",
                                tells ? "4 bytes with what is next" : "2 bytes",
                                stride));
    }
}
