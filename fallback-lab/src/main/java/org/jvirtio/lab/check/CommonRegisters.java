package org.jvirtio.lab.check;

import org.jvirtio.QueueAddresses;
import org.jvirtio.Registers;
import org.jvirtio.transport.CommonRegister;

/** The registers of both new layouts: the common structure, and where the rest lies. */
final class CommonRegisters implements BareRegisters {

    private final Registers common;
    private final Registers isr;
    private final int isrOffset;
    private final Registers doorbells;
    private final DoorbellPlace place;
    private final Registers deviceConfig;

    /** Where among the doorbells that of the selected queue lies, in bytes. */
    interface DoorbellPlace {
        long offset(int queueNotifyOff);
    }

    CommonRegisters(
            Registers common,
            Registers isr,
            int isrOffset,
            Registers doorbells,
            DoorbellPlace place,
            Registers deviceConfig) {
        this.common = common;
        this.isr = isr;
        this.isrOffset = isrOffset;
        this.doorbells = doorbells;
        this.place = place;
        this.deviceConfig = deviceConfig;
    }

    /** The structure itself, for checks of single fields. */
    Registers common() {
        return common;
    }

    Registers selected(int queue) {
        common.write(CommonRegister.QUEUE_SELECT, queue);
        return common;
    }

    int notifyOff(int queue) {
        return selected(queue).read(CommonRegister.QUEUE_NOTIFY_OFF);
    }

    int generation() {
        return common.read(CommonRegister.CONFIG_GENERATION);
    }

    @Override
    public int status() {
        return common.read(CommonRegister.DEVICE_STATUS);
    }

    @Override
    public void writeStatus(int value) {
        common.write(CommonRegister.DEVICE_STATUS, value);
    }

    @Override
    public int offered(int window) {
        common.write(CommonRegister.DEVICE_FEATURE_SELECT, window);
        return common.read(CommonRegister.DEVICE_FEATURE);
    }

    @Override
    public void accept(int window, int bits) {
        common.write(CommonRegister.DRIVER_FEATURE_SELECT, window);
        common.write(CommonRegister.DRIVER_FEATURE, bits);
    }

    @Override
    public int accepted(int window) {
        common.write(CommonRegister.DRIVER_FEATURE_SELECT, window);
        return common.read(CommonRegister.DRIVER_FEATURE);
    }

    @Override
    public int queueCount() {
        return common.read(CommonRegister.NUM_QUEUES);
    }

    @Override
    public int queueSize(int queue) {
        return selected(queue).read(CommonRegister.QUEUE_SIZE);
    }

    @Override
    public void writeQueueSize(int queue, int entries) {
        selected(queue).write(CommonRegister.QUEUE_SIZE, entries);
    }

    @Override
    public void enableQueue(int queue, QueueAddresses addresses) {
        Registers registers = selected(queue);
        registers.write64(CommonRegister.QUEUE_DESC, addresses.descriptors());
        registers.write64(CommonRegister.QUEUE_DRIVER, addresses.driver());
        registers.write64(CommonRegister.QUEUE_DEVICE, addresses.device());
        registers.write(CommonRegister.QUEUE_ENABLE, 1);
    }

    @Override
    public boolean isQueueEnabled(int queue) {
        return selected(queue).read(CommonRegister.QUEUE_ENABLE) != 0;
    }

    @Override
    public void doorbell(int queue) {
        doorbells.write16((int) place.offset(notifyOff(queue)), queue);
    }

    @Override
    public int isr() {
        return isr.read8(isrOffset);
    }

    @Override
    public int mapConfig(int vector) {
        common.write(CommonRegister.CONFIG_MSIX_VECTOR, vector);
        return configVector();
    }

    @Override
    public int configVector() {
        return common.read(CommonRegister.CONFIG_MSIX_VECTOR);
    }

    @Override
    public int mapQueue(int queue, int vector) {
        selected(queue).write(CommonRegister.QUEUE_MSIX_VECTOR, vector);
        return common.read(CommonRegister.QUEUE_MSIX_VECTOR);
    }

    @Override
    public int queueVector(int queue) {
        return selected(queue).read(CommonRegister.QUEUE_MSIX_VECTOR);
    }

    @Override
    public Registers deviceConfig() {
        return deviceConfig;
    }

    @Override
    public boolean isLegacy() {
        return false;
    }
}
