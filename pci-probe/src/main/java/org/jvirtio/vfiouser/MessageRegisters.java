package org.jvirtio.vfiouser;

import org.jvirtio.DeviceBrokenException;
import org.jvirtio.RegistersByWidth;
import org.jvirtio.linux.Errno;
import org.jvirtio.memory.NativeMemory;

/**
 * Registers in a region that is not mapped: each access is one message of exactly its width
 * (vfio-user, Read and Write Operations), unless the write is an event.
 *
 * <p>May be used from any thread: the doorbells of a device whose queues are of several threads are
 * here.
 */
final class MessageRegisters implements RegistersByWidth {

    private final ClientSession session;
    private final RegionEvents events;
    private final int region;
    private final long start;
    private final long length;

    /**
     * Describes registers.
     *
     * @param start of the first one in the region
     */
    MessageRegisters(
            ClientSession session, RegionEvents events, int region, long start, long length) {
        this.session = session;
        this.events = events;
        this.region = region;
        this.start = start;
        this.length = length;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public int read(int offset, int width) {
        check(offset, width);
        synchronized (session) {
            access(Command.REGION_READ, offset, width, 0, width);
            NativeMemory reply = session.reply();
            return switch (width) {
                case 1 -> reply.read8(RegionAccessField.DATA.offset());
                case 2 -> reply.read16(RegionAccessField.DATA.offset());
                default -> reply.read32(RegionAccessField.DATA.offset());
            };
        }
    }

    @Override
    public void write(int offset, int width, int value) {
        check(offset, width);
        long bits = value & (-1L >>> (Long.SIZE - 8 * width));
        if (events.raise(start + offset, width, bits)) {
            return;
        }
        synchronized (session) {
            session.out().write64(RegionAccessField.DATA.offset(), bits);
            access(Command.REGION_WRITE, offset, width, width, 0);
        }
    }

    private void access(Command command, int offset, int width, int sent, int answered) {
        NativeMemory out = session.out();
        out.write64(RegionAccessField.OFFSET.offset(), start + offset);
        out.write32(RegionAccessField.REGION.offset(), region);
        out.write32(RegionAccessField.COUNT.offset(), width);
        int error =
                session.request(
                        command,
                        RegionAccessField.LENGTH + sent,
                        RegionAccessField.LENGTH + answered);
        if (error != 0) {
            throw refused(command, offset, width, error);
        }
        NativeMemory reply = session.reply();
        if (reply.read32(RegionAccessField.COUNT.offset()) != width
                || reply.read32(RegionAccessField.REGION.offset()) != region
                || reply.read64(RegionAccessField.OFFSET.offset()) != start + offset) {
            throw answeredElse(command, offset, width);
        }
    }

    private DeviceBrokenException refused(Command command, int offset, int width, int error) {
        return new DeviceBrokenException(
                String.format(
                        "%s of %d bytes at 0x%x of region %d of %s: it answers %s. Look what the"
                                + " server printed; the device may not decode this BAR.",
                        command,
                        width,
                        start + offset,
                        region,
                        session.name(),
                        Errno.describe(-error)));
    }

    private RuntimeException answeredElse(Command command, int offset, int width) {
        NativeMemory reply = session.reply();
        return session.fail(
                String.format(
                        "%s of 0x%x bytes at 0x%x of region %d, in answer to 0x%x at 0x%x of %d",
                        command,
                        reply.read32(RegionAccessField.COUNT.offset()),
                        reply.read64(RegionAccessField.OFFSET.offset()),
                        reply.read32(RegionAccessField.REGION.offset()),
                        width,
                        start + offset,
                        region));
    }

    private void check(int offset, int width) {
        if (offset < 0 || offset > length - width || (offset & width - 1) != 0) {
            throw new IndexOutOfBoundsException(
                    String.format(
                            "%d-byte access at 0x%x of registers that have 0x%x bytes",
                            width, offset, length));
        }
        if (width > session.server().maxDataXferSize()) {
            throw new DeviceBrokenException(
                    String.format(
                            "accessing %d bytes at 0x%x of %s: it takes messages of at most %d"
                                    + " bytes of data. Use a server that takes 4.",
                            width, offset, session.name(), session.server().maxDataXferSize()));
        }
    }
}
