package org.jvirtio.proofs;

import java.nio.charset.StandardCharsets;
import org.jvirtio.memory.NativeMemory;
import org.jvirtio.vfiouser.Command;
import org.jvirtio.vfiouser.DeviceInfoField;
import org.jvirtio.vfiouser.HeaderField;
import org.jvirtio.vfiouser.RegionAccessField;
import org.jvirtio.vfiouser.RegionIoFdsField;
import org.jvirtio.vfiouser.SubRegionField;

/** What a good vfio-user server answers to a command, from where spoiling it begins. */
final class HonestAnswers implements AutoCloseable {

    /** What goes along with the answer that was written last. */
    enum Passed {
        NONE,
        FILE,
        EVENT,
        TWIN
    }

    private static final int CONFIG = 7;
    private static final int BAR = 1;
    private static final int BAR_LENGTH = 0x3000;
    private static final int PAYLOAD = HeaderField.LENGTH;
    private static final int REGION_LENGTH = 32;

    private final NativeMemory in;
    private final NativeMemory out;
    private final boolean twin;
    private final boolean mapped;
    private final boolean events;
    private final boolean withoutDescriptors;
    private final NativeMemory config = NativeMemory.allocate(256);
    private final NativeMemory bar = NativeMemory.allocate(BAR_LENGTH);
    private Passed passed = Passed.NONE;

    /**
     * Describes a server.
     *
     * @param in the command, with its header
     * @param out the answer, with its header
     * @param offers a bit for each thing that it offers
     */
    HonestAnswers(NativeMemory in, NativeMemory out, int offers) {
        this.in = in;
        this.out = out;
        twin = (offers & 1) != 0;
        mapped = (offers & 2) != 0;
        events = (offers & 4) != 0;
        withoutDescriptors = (offers & 8) != 0;
        config.write32(0, 0x1041_1af4);
        config.write8(6, 0x10);
        config.write8(0x34, 0x40);
        config.write8(0x3d, 1);
        config.write32(0x40, 3 << 16 | 0x11);
    }

    boolean offersTwin() {
        return twin;
    }

    Passed descriptor() {
        return passed;
    }

    /** Writes the answer; its length. */
    int write() {
        passed = Passed.NONE;
        Command command = Command.of(in.read16(HeaderField.COMMAND.offset()));
        int payload =
                switch (command) {
                    case VERSION -> version();
                    case DEVICE_GET_INFO -> deviceInfo();
                    case DEVICE_GET_REGION_INFO -> region();
                    case DEVICE_GET_REGION_IO_FDS -> events ? doorbell() : -1;
                    case DEVICE_GET_IRQ_INFO -> interrupts();
                    case REGION_READ, REGION_WRITE -> access(command == Command.REGION_READ);
                    case DMA_UNMAP -> echo(24);
                    default -> 0;
                };
        return payload < 0 ? error(95) : header(payload, HeaderField.TYPE_REPLY, 0);
    }

    /** Writes an error in its place. */
    int error(int number) {
        passed = Passed.NONE;
        return header(0, HeaderField.TYPE_REPLY | HeaderField.FLAG_ERROR, number);
    }

    private int header(int payload, int flags, int error) {
        out.write32(0, in.read32(0));
        out.write32(HeaderField.SIZE.offset(), PAYLOAD + payload);
        out.write32(HeaderField.FLAGS.offset(), flags);
        out.write32(HeaderField.ERROR.offset(), error);
        return PAYLOAD + payload;
    }

    private int version() {
        String text =
                "{\"capabilities\":{\"max_msg_fds\":"
                        + (withoutDescriptors ? 0 : 2)
                        + (twin ? ",\"twin_socket\":{\"supported\":true,\"fd_index\":0}" : "")
                        + "}}\0";
        byte[] json = text.getBytes(StandardCharsets.UTF_8);
        out.write32(PAYLOAD, 2 << 16);
        out.copyFrom(PAYLOAD + 4, json, 0, json.length);
        passed = twin ? Passed.TWIN : Passed.NONE;
        return 4 + json.length;
    }

    private int deviceInfo() {
        out.write32(PAYLOAD + DeviceInfoField.ARGSZ.offset(), DeviceInfoField.LENGTH);
        out.write32(PAYLOAD + DeviceInfoField.FLAGS.offset(), 3);
        out.write32(PAYLOAD + DeviceInfoField.NUM_REGIONS.offset(), 9);
        out.write32(PAYLOAD + DeviceInfoField.NUM_IRQS.offset(), 5);
        return DeviceInfoField.LENGTH;
    }

    /** {@code struct vfio_region_info}, with one area of one page. */
    private int region() {
        int index = in.read32(PAYLOAD + 8);
        boolean areas = mapped && index == BAR;
        int length = REGION_LENGTH + (areas ? 32 : 0);
        out.fill(PAYLOAD, length, 0);
        out.write32(PAYLOAD, length);
        out.write32(PAYLOAD + 4, areas ? 15 : 3);
        out.write32(PAYLOAD + 8, index);
        out.write64(PAYLOAD + 16, index == BAR ? BAR_LENGTH : index == CONFIG ? 256 : 0);
        if (areas) {
            out.write32(PAYLOAD + 12, REGION_LENGTH);
            out.write32(PAYLOAD + REGION_LENGTH, 1 << 16 | 1);
            out.write32(PAYLOAD + REGION_LENGTH + 8, 1);
            out.write64(PAYLOAD + REGION_LENGTH + 16, 0x1000);
            out.write64(PAYLOAD + REGION_LENGTH + 24, 0x1000);
            passed = Passed.FILE;
        }
        return length;
    }

    private int doorbell() {
        int length = RegionIoFdsField.LENGTH + SubRegionField.LENGTH;
        out.fill(PAYLOAD, length, 0);
        out.write32(PAYLOAD, length);
        out.write32(PAYLOAD + RegionIoFdsField.INDEX.offset(), BAR);
        out.write32(PAYLOAD + RegionIoFdsField.COUNT.offset(), 1);
        int at = PAYLOAD + RegionIoFdsField.LENGTH;
        out.write64(at + SubRegionField.OFFSET.offset(), 0x2000);
        out.write64(at + SubRegionField.SIZE.offset(), 2);
        passed = Passed.EVENT;
        return length;
    }

    /** {@code struct vfio_irq_info}: the pin, or four vectors. */
    private int interrupts() {
        int index = in.read32(PAYLOAD + 8);
        out.write32(PAYLOAD, 16);
        out.write32(PAYLOAD + 4, 3);
        out.write32(PAYLOAD + 8, index);
        out.write32(PAYLOAD + 12, index == 0 ? 1 : 4);
        return 16;
    }

    private int access(boolean read) {
        long offset = in.read64(PAYLOAD + RegionAccessField.OFFSET.offset());
        int count = in.read32(PAYLOAD + RegionAccessField.COUNT.offset());
        int region = in.read32(PAYLOAD + RegionAccessField.REGION.offset());
        NativeMemory memory = region == CONFIG ? config : bar;
        int data = PAYLOAD + RegionAccessField.DATA.offset();
        echo(RegionAccessField.LENGTH);
        if (read) {
            out.copyFrom(data, memory, offset, count);
            return RegionAccessField.LENGTH + count;
        }
        memory.copyFrom(offset, in, data, count);
        return RegionAccessField.LENGTH;
    }

    private int echo(int count) {
        out.copyFrom(PAYLOAD, in, PAYLOAD, count);
        return count;
    }

    @Override
    public void close() {
        config.close();
        bar.close();
    }
}
