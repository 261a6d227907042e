package org.jvirtio.model;

import org.jvirtio.memory.NativeMemory;

/**
 * The three areas of a virtqueue in this process's memory (virtio 1.4 section 2.6), of {@code size}
 * entries:
 *
 * <pre>
 *                split ring                        packed ring
 *   descriptors  table, 16 * size, aligned to 16   ring, 16 * size, aligned to 16
 *   driver       available ring, 6 + 2 * size, 2   event suppression, 4 bytes, 4
 *   device       used ring, 6 + 8 * size, 4        event suppression, 4 bytes, 4
 * </pre>
 *
 * @param descriptors read by the device; written too, if the ring is packed
 * @param driver written by the driver
 * @param device written by the device
 */
public record RingAreas(NativeMemory descriptors, NativeMemory driver, NativeMemory device) {

    /** Flags and index before a split ring, the event word after it. */
    private static final int WORDS_AROUND = 6;

    private static final int EVENT_BYTES = 4;

    /** Bytes of the descriptor area. */
    public static long descriptorBytes(int size) {
        return (long) DescriptorBits.BYTES * size;
    }

    /** Bytes of the driver area. */
    public static long driverBytes(boolean packed, int size) {
        return packed ? EVENT_BYTES : WORDS_AROUND + 2L * size;
    }

    /** Bytes of the device area. */
    public static long deviceBytes(boolean packed, int size) {
        return packed ? EVENT_BYTES : WORDS_AROUND + 8L * size;
    }

    /** Refuses areas that are shorter than a ring of this size needs. */
    void requireRoom(boolean packed, int size) {
        if (descriptors.length() < descriptorBytes(size)
                || driver.length() < driverBytes(packed, size)
                || device.length() < deviceBytes(packed, size)) {
            throw new IllegalArgumentException(
                    String.format(
                            "areas of %d, %d and %d bytes for a %s ring of %d entries, which takes"
                                    + " %d, %d and %d",
                            descriptors.length(),
                            driver.length(),
                            device.length(),
                            packed ? "packed" : "split",
                            size,
                            descriptorBytes(size),
                            driverBytes(packed, size),
                            deviceBytes(packed, size)));
        }
    }

    /** The areas of a driver's queue, each of which is mapped. */
    static RingAreas find(DriverMemory memory, boolean packed, int size, long[] addresses) {
        return new RingAreas(
                memory.find(addresses[0], descriptorBytes(size)),
                memory.find(addresses[1], driverBytes(packed, size)),
                memory.find(addresses[2], deviceBytes(packed, size)));
    }

    /** False if one of the areas can only be copied. */
    static boolean areMapped(DriverMemory memory, boolean packed, int size, long[] addresses) {
        return memory.find(addresses[0], descriptorBytes(size)) != null
                && memory.find(addresses[1], driverBytes(packed, size)) != null
                && memory.find(addresses[2], deviceBytes(packed, size)) != null;
    }

    /** Refuses areas that do not lie inside one DMA region each, or are not aligned. */
    static void require(DriverMemory memory, boolean packed, int size, long[] addresses) {
        require(memory, "descriptor table", addresses[0], descriptorBytes(size), 16);
        require(
                memory,
                packed ? "driver event suppression" : "available ring",
                addresses[1],
                driverBytes(packed, size),
                packed ? EVENT_BYTES : 2);
        require(
                memory,
                packed ? "device event suppression" : "used ring",
                addresses[2],
                deviceBytes(packed, size),
                EVENT_BYTES);
    }

    private static void require(
            DriverMemory memory, String name, long address, long length, int alignment) {
        boolean there = memory.find(address, length) != null || memory.isCopied(address, length);
        if (!there || address % alignment != 0) {
            throw new ProtocolFault(
                    String.format(
                            "%s at device address 0x%x, 0x%x bytes: not inside one DMA region of"
                                    + " %s, or not aligned to %d",
                            name, address, length, memory.description(), alignment));
        }
    }
}
