package org.jvirtio.serve;

import org.jvirtio.EnvironmentException;
import org.jvirtio.linux.Descriptor;
import org.jvirtio.linux.Errno;
import org.jvirtio.memory.NativeMemory;
import org.jvirtio.model.ModelFunction;
import org.jvirtio.vfio.IrqInfoField;
import org.jvirtio.vfio.IrqSetField;
import org.jvirtio.vfio.RegionInfoField;
import org.jvirtio.vfiouser.Capabilities;
import org.jvirtio.vfiouser.Command;
import org.jvirtio.vfiouser.DeviceInfoField;
import org.jvirtio.vfiouser.DmaMapField;
import org.jvirtio.vfiouser.DmaUnmapField;
import org.jvirtio.vfiouser.MessageSocket;
import org.jvirtio.vfiouser.RegionAccessField;
import org.jvirtio.vfiouser.RegionIoFdsField;
import org.jvirtio.vfiouser.WriteMultipleField;

/**
 * The commands of a client once it was greeted (vfio-user, Commands): each is checked, carried out
 * and answered, or refused.
 */
final class DeviceCommands {

    /** QEMU 11.1 ends the session of a server that takes more. */
    private static final int MOST_DESCRIPTORS = 16;

    /** What this end takes. */
    static final Capabilities OURS =
            new Capabilities(
                    MOST_DESCRIPTORS,
                    1 << 20,
                    DmaMap.MOST,
                    DmaMap.PAGE,
                    false,
                    Capabilities.NONE,
                    true);

    private static final int MOST_WRITES = 1024;

    private final ModelFunction function;
    private final ServedDriver driver;
    private final ServedRegions regions;
    private final IrqCommands irqs;
    private final Doorbells doorbells;
    private final MessageSocket socket;
    private final Capabilities theirs;

    DeviceCommands(
            ModelFunction function,
            ServedDriver driver,
            Doorbells doorbells,
            MessageSocket socket,
            Capabilities theirs) {
        this.function = function;
        this.driver = driver;
        this.regions = new ServedRegions(function);
        this.irqs = new IrqCommands(function, driver.interrupts());
        this.doorbells = doorbells;
        this.socket = socket;
        this.theirs = theirs;
    }

    /** Carries out the message that was received last. */
    void perform(Command command) throws Refusal {
        switch (command) {
            case DMA_MAP -> map(payload(DmaMapField.LENGTH));
            case DMA_UNMAP -> unmap(payload(DmaUnmapField.LENGTH));
            case DEVICE_GET_INFO -> deviceInfo(payload(DeviceInfoField.LENGTH));
            case DEVICE_GET_REGION_INFO -> regionInfo(payload(RegionInfoField.LENGTH));
            case DEVICE_GET_REGION_IO_FDS -> regionDoorbells(payload(RegionIoFdsField.LENGTH));
            case DEVICE_GET_IRQ_INFO -> irqInfo(payload(IrqInfoField.LENGTH));
            case DEVICE_SET_IRQS -> setIrqs(payload(IrqSetField.LENGTH));
            case REGION_READ -> read(payload(RegionAccessField.LENGTH));
            case REGION_WRITE -> write(payload(RegionAccessField.LENGTH));
            case REGION_WRITE_MULTI -> writeMany(payload(WriteMultipleField.LENGTH));
            case DEVICE_RESET -> reset();
            case VERSION -> throw Refusal.invalid("a second version");
            default -> throw new Refusal(Errno.EOPNOTSUPP, "there is no " + command + " here");
        }
    }

    private NativeMemory payload(int least) throws Refusal {
        if (socket.received().payloadLength() < least) {
            throw Refusal.invalid(
                    String.format(
                            "a payload of %d bytes, which takes %d",
                            socket.received().payloadLength(), least));
        }
        return socket.received().payload();
    }

    private void map(NativeMemory payload) throws Refusal {
        int flags = payload.read32(DmaMapField.FLAGS.offset());
        long position = payload.read64(DmaMapField.OFFSET.offset());
        long address = payload.read64(DmaMapField.ADDRESS.offset());
        long size = payload.read64(DmaMapField.SIZE.offset());
        int both = DmaMapField.FLAG_READ | DmaMapField.FLAG_WRITE;
        if (socket.received().descriptors().count() > 1 || (flags & both) == 0) {
            throw Refusal.invalid(
                    String.format(
                            "mapping with %d descriptors and flags 0x%x",
                            socket.received().descriptors().count(), flags));
        }
        if (socket.received().descriptors().count() == 0 || (flags & both) != both) {
            boolean readable = (flags & DmaMapField.FLAG_READ) != 0;
            boolean writable = (flags & DmaMapField.FLAG_WRITE) != 0;
            guarded(() -> driver.memory().addAsked(address, size, readable, writable));
        } else {
            try (Descriptor file = socket.received().descriptors().take(0, "the client's memory")) {
                guarded(() -> driver.memory().add(address, size, file, position));
            }
        }
        socket.sendReply(0);
    }

    /** "The server must release all references to that DMA region before replying." */
    private void unmap(NativeMemory payload) throws Refusal {
        long address = payload.read64(DmaUnmapField.ADDRESS.offset());
        long size = payload.read64(DmaUnmapField.SIZE.offset());
        guarded(
                () -> {
                    DmaRange range = driver.memory().remove(address, size);
                    driver.memory().release(range, function.releasing(address, size));
                });
        echo(payload, DmaUnmapField.LENGTH);
    }

    private void deviceInfo(NativeMemory payload) throws Refusal {
        requireRoom(payload.read32(DeviceInfoField.ARGSZ.offset()), DeviceInfoField.LENGTH);
        NativeMemory out = socket.out();
        out.write32(DeviceInfoField.ARGSZ.offset(), DeviceInfoField.LENGTH);
        out.write32(
                DeviceInfoField.FLAGS.offset(),
                DeviceInfoField.FLAG_RESET | DeviceInfoField.FLAG_PCI);
        out.write32(DeviceInfoField.NUM_REGIONS.offset(), ServedRegions.COUNT);
        out.write32(DeviceInfoField.NUM_IRQS.offset(), IrqCommands.COUNT);
        socket.sendReply(DeviceInfoField.LENGTH);
    }

    private void regionInfo(NativeMemory payload) throws Refusal {
        requireRoom(payload.read32(RegionInfoField.ARGSZ.offset()), RegionInfoField.LENGTH);
        int index = index(payload, RegionInfoField.INDEX.offset(), ServedRegions.COUNT);
        long length = regions.length(index);
        NativeMemory out = socket.out();
        out.write32(RegionInfoField.ARGSZ.offset(), RegionInfoField.LENGTH);
        out.write32(
                RegionInfoField.FLAGS.offset(),
                length == 0 ? 0 : RegionInfoField.FLAG_READ | RegionInfoField.FLAG_WRITE);
        out.write32(RegionInfoField.INDEX.offset(), index);
        out.write32(RegionInfoField.CAP_OFFSET.offset(), 0);
        out.write64(RegionInfoField.SIZE.offset(), length);
        out.write64(RegionInfoField.OFFSET.offset(), 0);
        socket.sendReply(RegionInfoField.LENGTH);
    }

    private void regionDoorbells(NativeMemory payload) throws Refusal {
        int room = payload.read32(RegionIoFdsField.ARGSZ.offset());
        requireRoom(room, RegionIoFdsField.LENGTH);
        int index = index(payload, RegionIoFdsField.INDEX.offset(), ServedRegions.COUNT);
        try {
            doorbells.answer(socket, index, room);
        } catch (EnvironmentException e) { // Its doorbells can be messages as well.
            throw new Refusal(Errno.EMFILE, e.getMessage());
        }
    }

    private void irqInfo(NativeMemory payload) throws Refusal {
        requireRoom(payload.read32(IrqInfoField.ARGSZ.offset()), IrqInfoField.LENGTH);
        int index = index(payload, IrqInfoField.INDEX.offset(), IrqCommands.COUNT);
        NativeMemory out = socket.out();
        out.write32(IrqInfoField.ARGSZ.offset(), IrqInfoField.LENGTH);
        out.write32(IrqInfoField.FLAGS.offset(), irqs.flags(index));
        out.write32(IrqInfoField.INDEX.offset(), index);
        out.write32(IrqInfoField.COUNT.offset(), irqs.lines(index));
        socket.sendReply(IrqInfoField.LENGTH);
    }

    private void setIrqs(NativeMemory payload) throws Refusal {
        irqs.set(payload, socket.received().payloadLength(), socket.received().descriptors());
        socket.sendReply(0);
    }

    private void read(NativeMemory payload) throws Refusal {
        // Room for the answer is made before anything else is known of the access.
        int count = count(payload, Math.min(theirs.maxDataXferSize(), OURS.maxDataXferSize()));
        NativeMemory out = socket.out(RegionAccessField.LENGTH + count);
        regions.read(
                payload.read32(RegionAccessField.REGION.offset()),
                payload.read64(RegionAccessField.OFFSET.offset()),
                count,
                out,
                RegionAccessField.LENGTH);
        out.copyFrom(0, payload, 0, RegionAccessField.LENGTH);
        socket.sendReply(RegionAccessField.LENGTH + count);
    }

    private void write(NativeMemory payload) throws Refusal {
        int count = count(payload, OURS.maxDataXferSize());
        if (count > socket.received().payloadLength() - RegionAccessField.LENGTH) {
            throw Refusal.invalid(
                    String.format(
                            "writing %d bytes with %d bytes of data",
                            count, socket.received().payloadLength() - RegionAccessField.LENGTH));
        }
        regions.write(
                payload.read32(RegionAccessField.REGION.offset()),
                payload.read64(RegionAccessField.OFFSET.offset()),
                count,
                payload,
                RegionAccessField.LENGTH);
        echo(payload, RegionAccessField.LENGTH);
    }

    /** Those before one that is refused are done. */
    private void writeMany(NativeMemory payload) throws Refusal {
        long writes = payload.read64(WriteMultipleField.COUNT.offset());
        long room = (long) socket.received().payloadLength() - WriteMultipleField.LENGTH;
        if (writes < 0 || writes > MOST_WRITES || writes * WriteMultipleField.WRITE_LENGTH > room) {
            throw Refusal.invalid(String.format("%d writes in %d bytes", writes, room));
        }
        for (int i = 0; i < writes; i++) {
            long at = WriteMultipleField.LENGTH + (long) i * WriteMultipleField.WRITE_LENGTH;
            writeOne(payload.slice(at, WriteMultipleField.WRITE_LENGTH));
        }
        echo(payload, WriteMultipleField.LENGTH);
    }

    private void writeOne(NativeMemory write) throws Refusal {
        regions.write(
                write.read32(RegionAccessField.REGION.offset()),
                write.read64(RegionAccessField.OFFSET.offset()),
                count(write, Long.BYTES),
                write,
                RegionAccessField.LENGTH);
    }

    private void reset() {
        function.reset();
        socket.sendReply(0);
    }

    private void echo(NativeMemory payload, int bytes) {
        socket.out().copyFrom(0, payload, 0, bytes);
        socket.sendReply(bytes);
    }

    private static int count(NativeMemory access, int most) throws Refusal {
        int count = access.read32(RegionAccessField.COUNT.offset());
        if (count < 0 || count > most) {
            throw Refusal.invalid(
                    String.format(
                            "an access of %d bytes, where %d can be", count & 0xffff_ffffL, most));
        }
        return count;
    }

    private static int index(NativeMemory payload, int offset, int count) throws Refusal {
        int index = payload.read32(offset);
        if (index < 0 || index >= count) {
            throw Refusal.invalid(String.format("index %d of %d", index, count));
        }
        return index;
    }

    private static void requireRoom(int room, int needed) throws Refusal {
        if (room >= 0 && room < needed) {
            throw Refusal.invalid(
                    String.format("room for %d bytes of an answer of %d", room, needed));
        }
    }

    /** What may be refused, under the function's lock. */
    private interface Step {
        void run() throws Refusal;
    }

    private void guarded(Step step) throws Refusal {
        Refusal[] refusal = new Refusal[1];
        function.locked(
                () -> {
                    try {
                        step.run();
                    } catch (Refusal e) {
                        refusal[0] = e;
                    }
                });
        if (refusal[0] != null) {
            throw refusal[0];
        }
    }
}
