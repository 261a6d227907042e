package org.jvirtio.vfio;

import org.jvirtio.linux.Descriptor;
import org.jvirtio.linux.FileRegisters;
import org.jvirtio.memory.NativeMemory;

/** The device file of one function: its regions, its interrupts, its reset. */
final class VfioDevice implements AutoCloseable {

    private static final String REPORT =
            "This kernel's VFIO does not answer as documented; its log (dmesg) may say why.";

    /** Room for capabilities behind an info structure; larger answers are asked for anew. */
    private static final int INFO_BYTES = 512;

    /** More than any answer of VFIO; what the kernel says it needs is not allocated unseen. */
    private static final int MOST_INFO_BYTES = 1 << 16;

    private final VfioFile file;
    private final boolean resettable;

    VfioDevice(VfioFile file) {
        this.file = file;
        try (NativeMemory info = NativeMemory.allocate(DeviceInfoField.LENGTH)) {
            info.write32(DeviceInfoField.ARGSZ.offset(), DeviceInfoField.LENGTH);
            file.request(VfioRequest.DEVICE_GET_INFO, info, REPORT);
            resettable =
                    (info.read32(DeviceInfoField.FLAGS.offset()) & DeviceInfoField.FLAG_RESET) != 0;
        }
    }

    Descriptor descriptor() {
        return file.descriptor();
    }

    /** A region by its index; one of size 0 if the function has none. */
    Region region(int index) {
        return region(index, INFO_BYTES);
    }

    private Region region(int index, int bytes) {
        try (NativeMemory info = NativeMemory.allocate(bytes)) {
            info.write32(RegionInfoField.ARGSZ.offset(), bytes);
            info.write32(RegionInfoField.INDEX.offset(), index);
            file.request(VfioRequest.DEVICE_GET_REGION_INFO, info, REPORT);
            int needed = info.read32(RegionInfoField.ARGSZ.offset());
            boolean again = bytes == INFO_BYTES && needed > bytes && needed <= MOST_INFO_BYTES;
            return again ? region(index, needed) : Region.of(info);
        }
    }

    /** A region through reads and writes of its file. */
    FileRegisters registers(Region region, long offset, long length) {
        return new FileRegisters(file.descriptor(), region.position() + offset, length, true);
    }

    /** How many interrupts there are at {@code index}; 0 if there is no such kind. */
    int interruptCount(IrqIndex index) {
        try (NativeMemory info = NativeMemory.allocate(IrqInfoField.LENGTH)) {
            info.write32(IrqInfoField.ARGSZ.offset(), IrqInfoField.LENGTH);
            info.write32(IrqInfoField.INDEX.offset(), index.number());
            if (file.tryRequest(VfioRequest.DEVICE_GET_IRQ_INFO, info) < 0) {
                return 0; // the kernel knows no such kind
            }
            int flags = info.read32(IrqInfoField.FLAGS.offset());
            int count = info.read32(IrqInfoField.COUNT.offset());
            return (flags & IrqInfoField.FLAG_EVENTFD) == 0 ? 0 : count;
        }
    }

    /** Makes a request that {@link IrqSet} filled in. */
    void setInterrupts(NativeMemory irqSet, String next) {
        file.request(VfioRequest.DEVICE_SET_IRQS, irqSet, next);
    }

    /** Resets the function by the means of PCI; false if it has none. */
    boolean reset() {
        if (!resettable) {
            return false;
        }
        int result = file.tryRequest(VfioRequest.DEVICE_RESET, 0);
        if (result < 0) {
            throw file.failure(VfioRequest.DEVICE_RESET, result, REPORT);
        }
        return true;
    }

    @Override
    public void close() {
        file.close();
    }
}
