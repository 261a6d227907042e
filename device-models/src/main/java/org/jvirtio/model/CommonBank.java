package org.jvirtio.model;

/** The common configuration structure over a device (virtio 1.4 section 4.1.4.3). */
final class CommonBank implements RegisterBank {

    private final ModelDevice device;
    private final FieldTable<CommonField> fields;

    CommonBank(ModelDevice device) {
        this.device = device;
        this.fields =
                new FieldTable<>("common configuration", CommonField.values(), device.complaints());
    }

    @Override
    public boolean resets(int offset, int width, int value) {
        return offset == CommonField.DEVICE_STATUS.offset() && width == 1 && value == 0;
    }

    @Override
    public int read(int offset, int width) {
        return fields.find("read", offset, width)
                .map(field -> read(field, offset - field.offset()))
                .orElse(0);
    }

    @Override
    public void write(int offset, int width, int value) {
        fields.find("write", offset, width)
                .ifPresent(field -> write(field, offset - field.offset(), value));
    }

    private int read(CommonField field, int half) {
        Negotiation features = device.negotiation();
        return switch (field) {
            case DEVICE_FEATURE_SELECT -> features.deviceSelect;
            case DEVICE_FEATURE ->
                    FeatureBits.window(features.offered(false), features.deviceSelect);
            case DRIVER_FEATURE_SELECT -> features.driverSelect;
            case DRIVER_FEATURE -> FeatureBits.window(device.accepted(), features.driverSelect);
            case CONFIG_MSIX_VECTOR -> device.interrupts().configVector();
            case NUM_QUEUES -> device.lies().queuesShown(device.queueCount());
            case DEVICE_STATUS -> device.readStatus();
            case CONFIG_GENERATION -> device.generation();
            case QUEUE_SELECT -> device.queueSelect;
            default -> device.selected() == null ? 0 : read(device.selected(), field, half);
        };
    }

    private int read(ModelQueue queue, CommonField field, int half) {
        return switch (field) {
            case QUEUE_SIZE -> device.lies().sizeShown(queue.size());
            case QUEUE_MSIX_VECTOR -> queue.vector;
            case QUEUE_ENABLE -> device.lies().enabledShown(queue.enabled) ? 1 : 0;
            case QUEUE_NOTIFY_OFF -> device.lies().notifyOffShown(queue.index);
            case QUEUE_DESC -> (int) (queue.descriptors >>> (8 * half));
            case QUEUE_DRIVER -> (int) (queue.available >>> (8 * half));
            case QUEUE_DEVICE -> (int) (queue.used >>> (8 * half));
            case QUEUE_NOTIF_CONFIG_DATA ->
                    device.has(RingBit.NOTIF_CONFIG_DATA) ? queue.notifyData() : 0;
            case QUEUE_RESET -> device.readQueueReset(queue);
            default -> 0; // Belongs to a feature that is not offered.
        };
    }

    private void write(CommonField field, int half, int value) {
        switch (field) {
            case DEVICE_FEATURE_SELECT -> device.negotiation().deviceSelect = value;
            case DRIVER_FEATURE_SELECT -> device.negotiation().driverSelect = value;
            case DRIVER_FEATURE -> device.writeFeatures(device.negotiation().driverSelect, value);
            case CONFIG_MSIX_VECTOR -> device.interrupts().mapConfig(value);
            case DEVICE_STATUS -> device.writeStatus(value);
            case QUEUE_SELECT -> device.queueSelect = value;
            default -> {
                if (device.selected() == null) {
                    complain(
                            "write to "
                                    + field
                                    + " of queue "
                                    + device.queueSelect
                                    + ", which does not exist");
                } else {
                    write(device.selected(), field, half, value);
                }
            }
        }
    }

    private void write(ModelQueue queue, CommonField field, int half, int value) {
        switch (field) {
            case QUEUE_SIZE -> resize(queue, value);
            case QUEUE_MSIX_VECTOR -> queue.vector = device.interrupts().mapped(value);
            case QUEUE_ENABLE -> enable(queue, value);
            case QUEUE_RESET -> reset(queue, value);
            case QUEUE_DESC -> queue.descriptors = merge(queue, queue.descriptors, half, value);
            case QUEUE_DRIVER -> queue.available = merge(queue, queue.available, half, value);
            case QUEUE_DEVICE -> queue.used = merge(queue, queue.used, half, value);
            default -> complain("write of " + value + " to the read-only " + field);
        }
    }

    private void resize(ModelQueue queue, int size) {
        if (queue.enabled || !queue.takesSize(size)) {
            complain(
                    String.format(
                            "size %d for queue %d, which has %d entries and is %senabled"
                                    + " (section 4.1.4.3.2)",
                            size, queue.index, queue.size(), queue.enabled ? "" : "not "));
        } else {
            queue.size(device.lies().sizeTaken(size));
        }
    }

    private void reset(ModelQueue queue, int value) {
        if (value != 1 || !device.has(RingBit.RING_RESET)) {
            complain(
                    String.format(
                            "queue_reset of queue %d written as %d; RING_RESET is %saccepted"
                                    + " (section 4.1.4.3.2)",
                            queue.index, value, device.has(RingBit.RING_RESET) ? "" : "not "));
        } else {
            device.resetQueue(queue);
        }
    }

    private void enable(ModelQueue queue, int value) {
        if (value != 1 || queue.enabled || !StatusBit.FEATURES_OK.in(device.status())) {
            complain(
                    String.format(
                            "queue_enable of queue %d written as %d; the queue is %senabled and"
                                    + " the status is 0x%02x (sections 3.1.1, 4.1.4.3.2)",
                            queue.index, value, queue.enabled ? "" : "not ", device.status()));
        } else {
            device.guarded(queue::enable);
        }
    }

    private long merge(ModelQueue queue, long address, int half, int value) {
        if (queue.enabled) {
            complain("address of queue " + queue.index + " written while it is enabled");
            return address;
        }
        long mask = 0xffffffffL << (8 * half);
        return (address & ~mask) | (Integer.toUnsignedLong(value) << (8 * half));
    }

    private void complain(String text) {
        device.complaints().add(text);
    }
}
