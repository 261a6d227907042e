package org.jvirtio.model;

/**
 * The legacy header with the device configuration behind it (virtio 1.4 section 4.1.4.10). While
 * MSI-X is enabled two vectors lie between them, and the configuration starts at byte 24 instead of
 * 20.
 */
final class LegacyBank implements RegisterBank {

    private static final int PAGE_SHIFT = 12;

    private final ModelDevice device;
    private final FieldTable<LegacyField> fields;

    LegacyBank(ModelDevice device) {
        this.device = device;
        this.fields = new FieldTable<>("legacy header", LegacyField.values(), device.complaints());
    }

    @Override
    public boolean resets(int offset, int width, int value) {
        return offset == LegacyField.DEVICE_STATUS.offset() && width == 1 && value == 0;
    }

    @Override
    public int read(int offset, int width) {
        int config = configOffset();
        if (offset >= config) {
            // Any width gives what the natural one would (section 4.1.4.10).
            return (int) device.model().config().read(offset - config, width);
        }
        return fields.find("read", offset, width).map(this::read).orElse(0);
    }

    @Override
    public void write(int offset, int width, int value) {
        int config = configOffset();
        if (offset >= config) {
            device.writeConfig(offset - config, width, value);
        } else {
            fields.find("write", offset, width).ifPresent(field -> write(field, value));
        }
    }

    private int configOffset() {
        return device.platform().msixEnabled()
                ? LegacyField.CONFIG_WITH_MSIX
                : LegacyField.CONFIG_WITHOUT_MSIX;
    }

    private int read(LegacyField field) {
        ModelQueue queue = device.selected();
        return switch (field) {
            case DEVICE_FEATURES -> FeatureBits.window(device.negotiation().offered(true), 0);
            case DRIVER_FEATURES -> FeatureBits.window(device.accepted(), 0);
            case QUEUE_ADDRESS -> queue == null ? 0 : page(queue);
            case QUEUE_SIZE -> queue == null ? 0 : device.lies().sizeShown(queue.size());
            case QUEUE_SELECT -> device.queueSelect;
            case QUEUE_NOTIFY -> 0;
            case DEVICE_STATUS -> device.readStatus();
            case ISR_STATUS -> device.interrupts().readIsr();
            case CONFIG_MSIX_VECTOR -> device.interrupts().configVector();
            case QUEUE_MSIX_VECTOR -> queue == null ? ModelInterrupts.NO_VECTOR : queue.vector;
        };
    }

    private int page(ModelQueue queue) {
        int page = (int) (queue.descriptors >>> PAGE_SHIFT);
        return page == 0 && device.lies().enabledShown(false) ? 1 : page;
    }

    private void write(LegacyField field, int value) {
        switch (field) {
            case DRIVER_FEATURES -> device.writeFeatures(0, value);
            case QUEUE_ADDRESS -> place(value);
            case QUEUE_SELECT -> device.queueSelect = value;
            case QUEUE_NOTIFY -> device.doorbell(value);
            case DEVICE_STATUS -> device.writeStatus(value);
            case CONFIG_MSIX_VECTOR -> device.interrupts().mapConfig(value);
            case QUEUE_MSIX_VECTOR -> map(value);
            default -> complain("write of " + value + " to the read-only " + field);
        }
    }

    private void map(int vector) {
        if (device.selected() == null) {
            complain("vector for queue " + device.queueSelect + ", which does not exist");
        } else {
            device.selected().vector = device.interrupts().mapped(vector);
        }
    }

    /** Takes the page number of a queue and finds its three areas (section 2.7.2); 0 disables. */
    private void place(int page) {
        ModelQueue queue = device.selected();
        if (queue == null) {
            complain("address for queue " + device.queueSelect + ", which does not exist");
            return;
        }
        queue.disable();
        if (page == 0) {
            return;
        }
        long descriptors = Integer.toUnsignedLong(page) << PAGE_SHIFT;
        int size = queue.size();
        long available = descriptors + 16L * size;
        long availableEnd = available + 6 + 2L * size;
        queue.descriptors = descriptors;
        queue.available = available;
        queue.used = (availableEnd + 4095) & -4096L;
        device.guarded(queue::enable);
    }

    private void complain(String text) {
        device.complaints().add(text);
    }
}
