package org.jvirtio.lab.check;

import java.util.function.BooleanSupplier;
import org.jvirtio.QueueAddresses;
import org.jvirtio.Registers;
import org.jvirtio.transport.LegacyRegister;

/** The registers of the legacy layout. */
final class LegacyRegisters implements BareRegisters {

    /** Queues of a device that are looked for; no type without MQ has more. */
    private static final int MOST_QUEUES = 64;

    private static final int PAGE_SHIFT = 12;

    private final Registers header;
    private final BooleanSupplier msixEnabled;

    LegacyRegisters(Registers header, BooleanSupplier msixEnabled) {
        this.header = header;
        this.msixEnabled = msixEnabled;
    }

    /** All of BAR0. */
    Registers header() {
        return header;
    }

    /** Where the device configuration starts now. */
    int configOffset() {
        return msixEnabled.getAsBoolean()
                ? LegacyRegister.QUEUE_MSIX_VECTOR.offset() + 2
                : LegacyRegister.CONFIG_MSIX_VECTOR.offset();
    }

    @Override
    public int status() {
        return header.read(LegacyRegister.DEVICE_STATUS);
    }

    @Override
    public void writeStatus(int value) {
        header.write(LegacyRegister.DEVICE_STATUS, value);
    }

    @Override
    public int offered(int window) {
        return window == 0 ? header.read(LegacyRegister.DEVICE_FEATURES) : 0;
    }

    @Override
    public void accept(int window, int bits) {
        if (window == 0) {
            header.write(LegacyRegister.DRIVER_FEATURES, bits);
        }
    }

    @Override
    public int accepted(int window) {
        return window == 0 ? header.read(LegacyRegister.DRIVER_FEATURES) : 0;
    }

    @Override
    public int queueCount() {
        int count = 0;
        while (count < MOST_QUEUES && queueSize(count) != 0) {
            count++;
        }
        return count;
    }

    @Override
    public int queueSize(int queue) {
        header.write(LegacyRegister.QUEUE_SELECT, queue);
        return header.read(LegacyRegister.QUEUE_SIZE);
    }

    @Override
    public void writeQueueSize(int queue, int entries) {
        // The size is the device's (section 2.7.2).
    }

    @Override
    public void enableQueue(int queue, QueueAddresses addresses) {
        header.write(LegacyRegister.QUEUE_SELECT, queue);
        header.write(LegacyRegister.QUEUE_PFN, (int) (addresses.descriptors() >>> PAGE_SHIFT));
    }

    @Override
    public boolean isQueueEnabled(int queue) {
        header.write(LegacyRegister.QUEUE_SELECT, queue);
        return header.read(LegacyRegister.QUEUE_PFN) != 0;
    }

    @Override
    public void doorbell(int queue) {
        header.write(LegacyRegister.QUEUE_NOTIFY, queue);
    }

    @Override
    public int isr() {
        return header.read(LegacyRegister.ISR_STATUS);
    }

    @Override
    public int mapConfig(int vector) {
        header.write(LegacyRegister.CONFIG_MSIX_VECTOR, vector);
        return configVector();
    }

    @Override
    public int configVector() {
        return header.read(LegacyRegister.CONFIG_MSIX_VECTOR);
    }

    @Override
    public int mapQueue(int queue, int vector) {
        header.write(LegacyRegister.QUEUE_SELECT, queue);
        header.write(LegacyRegister.QUEUE_MSIX_VECTOR, vector);
        return header.read(LegacyRegister.QUEUE_MSIX_VECTOR);
    }

    @Override
    public int queueVector(int queue) {
        header.write(LegacyRegister.QUEUE_SELECT, queue);
        return header.read(LegacyRegister.QUEUE_MSIX_VECTOR);
    }

    @Override
    public Registers deviceConfig() {
        return new Shifted(header, configOffset());
    }

    @Override
    public boolean isLegacy() {
        return true;
    }
}
