package org.jvirtio.memory;

/**
 * Memory that the device sees: mapped bytes, and the address by which the device knows them. Both
 * are contiguous.
 *
 * <p>Whoever allocated a region closes it, and only after the device can no longer write to it.
 */
public final class DmaRegion implements AutoCloseable {

    private final NativeMemory memory;
    private final long deviceAddress;
    private final Runnable release;

    /**
     * Describes a region.
     *
     * @param release gives the bytes back to the {@link DmaMemory} they came from; called once at
     *     most
     */
    public DmaRegion(NativeMemory memory, long deviceAddress, Runnable release) {
        this.memory = memory;
        this.deviceAddress = deviceAddress;
        this.release = release;
    }

    public NativeMemory memory() {
        return memory;
    }

    public long deviceAddress() {
        return deviceAddress;
    }

    /** The device address of the byte at {@code offset}. */
    public long deviceAddress(long offset) {
        return deviceAddress + offset;
    }

    /** Bytes. */
    public long length() {
        return memory.length();
    }

    @Override
    public void close() {
        release.run();
    }
}
