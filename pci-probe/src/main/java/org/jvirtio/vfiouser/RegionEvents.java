package org.jvirtio.vfiouser;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.linux.PassedDescriptors;
import org.jvirtio.linux.PassedEvent;
import org.jvirtio.memory.NativeMemory;

/**
 * The writes to a region that raise an event descriptor, where others are messages (vfio-user,
 * VFIO_USER_DEVICE_GET_REGION_IO_FDS). A doorbell costs one system call of ours then, and no
 * answer.
 *
 * <p>The server has that descriptor, too, and can make a write(2) to it wait for ever, whatever was
 * looked at before. So it is raised by {@link PassedEvent}: that costs 0.17 us more and holds a
 * lock of the process meanwhile, but never waits, and is a fraction of what a message costs.
 *
 * <p>Finding one allocates nothing. May be used from any thread.
 */
final class RegionEvents implements AutoCloseable {

    private final ClientSession session;
    private final List<PassedEvent> events = new ArrayList<>();
    private final Event[] writes;
    private final String whyNone;

    /** One write that is an event: where, how wide (0: any width), of which value (if one). */
    private record Event(long offset, long width, boolean oneValue, long value, PassedEvent event) {

        boolean isMeant(long at, int bytes, long bits) {
            return at == offset && (width == 0 || width == bytes) && (!oneValue || value == bits);
        }
    }

    private RegionEvents(ClientSession session, int count, String whyNone) {
        this.session = session;
        this.whyNone = whyNone;
        writes = new Event[count];
    }

    /** Every write is a message. */
    static RegionEvents none(ClientSession session, String why) {
        return new RegionEvents(session, 0, why);
    }

    /**
     * Reads the reply that a session has.
     *
     * @param size bytes of the region
     * @throws org.jvirtio.DeviceBrokenException if it cannot be; the session is over then
     */
    static RegionEvents read(ClientSession session, long size) {
        NativeMemory reply = session.reply();
        int count = reply.read32(RegionIoFdsField.COUNT.offset());
        int room = session.replyLength() - RegionIoFdsField.LENGTH;
        if (count < 0 || count > room / SubRegionField.LENGTH) {
            throw session.fail(
                    (count & 0xffff_ffffL) + " sub-regions in " + room + " bytes of a reply");
        }
        // "currently this is 40 bytes for both IO FD types, but this is not to be relied on"
        int stride = count == 0 ? 0 : room / count & -Long.BYTES;
        RegionEvents read = new RegionEvents(session, count, "the server names none");
        try {
            read.take(session.descriptors(), reply, stride, size);
        } catch (RuntimeException e) {
            read.close();
            throw e;
        }
        return read;
    }

    private void take(PassedDescriptors passed, NativeMemory reply, int stride, long size) {
        PassedEvent[] adopted = new PassedEvent[passed.count()];
        for (int i = 0; i < writes.length; i++) {
            int at = RegionIoFdsField.LENGTH + i * stride;
            int type = reply.read32(at + SubRegionField.TYPE.offset());
            if (type == SubRegionField.TYPE_IOEVENTFD) {
                writes[i] = event(passed, adopted, reply, at, size);
            }
        }
    }

    private Event event(
            PassedDescriptors passed,
            PassedEvent[] adopted,
            NativeMemory reply,
            int at,
            long size) {
        long offset = reply.read64(at + SubRegionField.OFFSET.offset());
        long width = reply.read64(at + SubRegionField.SIZE.offset());
        int index = reply.read32(at + SubRegionField.FD_INDEX.offset());
        int flags = reply.read32(at + SubRegionField.FLAGS.offset());
        if (offset < 0 || width < 0 || width > Long.BYTES || offset > size - Math.max(1, width)) {
            throw session.fail(
                    String.format(
                            "a doorbell of 0x%x bytes at 0x%x of a region of 0x%x",
                            width, offset, size));
        }
        if (index < 0 || index >= adopted.length) {
            throw session.fail(
                    "a doorbell with descriptor " + index + " of " + adopted.length + " that came");
        }
        if (adopted[index] == null) {
            adopted[index] = adopt(passed, index);
        }
        boolean oneValue = (flags & SubRegionField.FLAG_DATAMATCH) != 0;
        long value = reply.read64(at + SubRegionField.DATAMATCH.offset());
        return new Event(offset, width, oneValue, value, adopted[index]);
    }

    private PassedEvent adopt(PassedDescriptors passed, int index) {
        PassedEvent event =
                PassedEvent.adopt(passed.take(index, "a doorbell of " + session.name()))
                        .orElseThrow(() -> session.fail("a doorbell that is no event descriptor"));
        events.add(event);
        return event;
    }

    /**
     * Does a write that is an event.
     *
     * @return false if it is none, and has to be a message
     */
    boolean raise(long offset, int width, long bits) {
        for (Event write : writes) {
            if (write != null && write.isMeant(offset, width, bits)) {
                session.requireOpen();
                write.event.signal();
                return true;
            }
        }
        return false;
    }

    /** How many writes are events. */
    int count() {
        int count = 0;
        for (Event write : writes) {
            count += write == null ? 0 : 1;
        }
        return count;
    }

    /** How doorbells are rung, and why. */
    String choice() {
        int count = count();
        return count == 0
                ? "doorbells are messages: " + whyNone
                : "doorbells are event descriptors: the server lends " + count;
    }

    @Override
    public void close() {
        events.forEach(PassedEvent::close);
    }
}
