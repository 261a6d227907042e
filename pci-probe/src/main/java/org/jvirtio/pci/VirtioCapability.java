package org.jvirtio.pci;

/**
 * A virtio 1.x capability that says where a structure lies (virtio 1.4 section 4.1.4). Its numbers
 * are the device's, unchecked.
 */
public record VirtioCapability(CapabilityBytes bytes, StructureType type) implements Capability {

    @Override
    public String label() {
        return type.label();
    }

    /** Bytes, as the capability says. */
    public int capLen() {
        return bytes.read(VirtioField.CAP_LEN);
    }

    /** 0 to 5; other values are reserved. */
    public int bar() {
        return bytes.read(VirtioField.BAR);
    }

    /** Tells several of one type apart; of a shared memory region it is the shmid. */
    public int instance() {
        return bytes.read(VirtioField.ID);
    }

    /** Bytes from the BAR's start, 32 bits wide; of shared memory 64, which may read negative. */
    public long offset() {
        return wide(VirtioField.OFFSET, VirtioField.OFFSET_HI);
    }

    /** Bytes, 32 bits wide; of shared memory 64, which may read negative. */
    public long length() {
        return wide(VirtioField.LENGTH, VirtioField.LENGTH_HI);
    }

    /** notify_off_multiplier: bytes between the doorbells of two queues; 0 for other types. */
    public long notifyOffMultiplier() {
        return type == StructureType.NOTIFY
                ? bytes.readUnsigned(VirtioField.NOTIFY_OFF_MULTIPLIER)
                : 0;
    }

    private long wide(VirtioField low, VirtioField high) {
        long value = bytes.readUnsigned(low);
        return type == StructureType.SHARED_MEMORY ? bytes.readUnsigned(high) << 32 | value : value;
    }
}
