package org.jvirtio.vfiouser;

import java.util.List;
import org.jvirtio.EnvironmentException;
import org.jvirtio.linux.Errno;
import org.jvirtio.linux.LentEvent;
import org.jvirtio.memory.NativeMemory;
import org.jvirtio.vfio.IrqIndex;
import org.jvirtio.vfio.IrqInfoField;
import org.jvirtio.vfio.IrqSetField;
import org.jvirtio.vfio.RegionInfoField;

/** The device at the other end of a session: its regions, its interrupts, its reset. */
final class VfioUserDevice {

    private static final String REPORT = "Report the server: every one has to know this request.";

    /** The table of MSI-X has at most this many entries (PCI Local Bus 3.0 section 6.8.2). */
    private static final int MOST_INTERRUPTS = 2048;

    private static final int MASKED = IrqInfoField.FLAG_MASKABLE | IrqInfoField.FLAG_AUTOMASKED;

    private final ClientSession session;
    private final boolean resettable;

    /**
     * Interrupts of one kind.
     *
     * @param maskable whether one can be masked, and so may have to be let through again
     */
    record Interrupts(int count, boolean maskable) {}

    VfioUserDevice(ClientSession session) {
        this.session = session;
        synchronized (session) {
            NativeMemory out = cleared(DeviceInfoField.LENGTH);
            out.write32(DeviceInfoField.ARGSZ.offset(), DeviceInfoField.LENGTH);
            require(Command.DEVICE_GET_INFO, DeviceInfoField.LENGTH, DeviceInfoField.LENGTH);
            int flags = session.reply().read32(DeviceInfoField.FLAGS.offset());
            int regions = session.reply().read32(DeviceInfoField.NUM_REGIONS.offset());
            if ((flags & DeviceInfoField.FLAG_PCI) == 0 || regions <= RegionInfo.CONFIG) {
                throw session.fail(
                        String.format(
                                "a device with flags 0x%x and %d regions, which is no PCI function"
                                        + " (flag 2, configuration space in region 7)",
                                flags, regions & 0xffff_ffffL));
            }
            resettable = (flags & DeviceInfoField.FLAG_RESET) != 0;
        }
    }

    /** A region by its index; one of size 0 if the function has none. Whoever asks closes it. */
    RegionInfo region(int index) {
        synchronized (session) {
            int needed = askForRegion(index, (int) session.out().length());
            if (Integer.compareUnsigned(needed, ClientSession.LARGEST_INFO) > 0) {
                throw session.fail(
                        String.format(
                                "0x%x bytes of information about region %d; at most 0x%x",
                                needed, index, ClientSession.LARGEST_INFO));
            }
            if (needed > session.replyLength()) {
                askForRegion(index, needed);
            }
            return RegionInfo.read(session, index);
        }
    }

    private int askForRegion(int index, int room) {
        NativeMemory out = cleared(RegionInfoField.LENGTH);
        out.write32(RegionInfoField.ARGSZ.offset(), room);
        out.write32(RegionInfoField.INDEX.offset(), index);
        require(Command.DEVICE_GET_REGION_INFO, RegionInfoField.LENGTH, RegionInfoField.LENGTH);
        return session.reply().read32(RegionInfoField.ARGSZ.offset());
    }

    /** The doorbells of a region that are event descriptors; none if the server offers none. */
    RegionEvents events(int index, long size) {
        synchronized (session) {
            NativeMemory out = cleared(RegionIoFdsField.LENGTH);
            out.write32(RegionIoFdsField.ARGSZ.offset(), ClientSession.LARGEST_INFO);
            out.write32(RegionIoFdsField.INDEX.offset(), index);
            int error =
                    session.request(
                            Command.DEVICE_GET_REGION_IO_FDS,
                            RegionIoFdsField.LENGTH,
                            RegionIoFdsField.LENGTH);
            return error == 0
                    ? events(size)
                    : RegionEvents.none(
                            session,
                            "asked for event descriptors, the server answers "
                                    + Errno.describe(-error));
        }
    }

    /** None, too, if our kernel cannot raise them: the server takes messages as well. */
    private RegionEvents events(long size) {
        try {
            return RegionEvents.read(session, size);
        } catch (EnvironmentException e) {
            return RegionEvents.none(session, e.getMessage());
        }
    }

    /** How many interrupts there are at {@code index}; none if there is no such kind. */
    Interrupts interrupts(IrqIndex index) {
        synchronized (session) {
            NativeMemory out = cleared(IrqInfoField.LENGTH);
            out.write32(IrqInfoField.ARGSZ.offset(), IrqInfoField.LENGTH);
            out.write32(IrqInfoField.INDEX.offset(), index.number());
            int error =
                    session.request(
                            Command.DEVICE_GET_IRQ_INFO, IrqInfoField.LENGTH, IrqInfoField.LENGTH);
            if (error != 0) {
                return new Interrupts(0, false); // the server knows no such kind
            }
            int flags = session.reply().read32(IrqInfoField.FLAGS.offset());
            int count = session.reply().read32(IrqInfoField.COUNT.offset());
            if (count < 0 || count > MOST_INTERRUPTS) {
                throw session.fail((count & 0xffff_ffffL) + " interrupts of kind " + index);
            }
            return new Interrupts(
                    (flags & IrqInfoField.FLAG_EVENTFD) == 0 ? 0 : count, (flags & MASKED) != 0);
        }
    }

    /**
     * Delivers interrupts 0 and on to {@code events}, as many at a time as the server takes; none
     * if it refuses some.
     */
    void deliver(IrqIndex index, List<LentEvent> events) {
        int most = session.server().maxMsgFds();
        for (int first = 0; first < events.size(); first += most) {
            List<LentEvent> some = events.subList(first, Math.min(first + most, events.size()));
            try {
                deliver(index, first, some);
            } catch (EnvironmentException e) {
                if (first > 0) {
                    turnOff(index);
                }
                throw e;
            }
        }
    }

    private void deliver(IrqIndex index, int first, List<LentEvent> events) {
        synchronized (session) {
            events.forEach(event -> session.attach(event.fd()));
            setInterrupts(
                    IrqSetField.DATA_EVENTFD | IrqSetField.ACTION_TRIGGER,
                    index,
                    first,
                    events.size());
        }
    }

    /** Turns off every interrupt of this kind. */
    void turnOff(IrqIndex index) {
        setInterrupts(IrqSetField.DATA_NONE | IrqSetField.ACTION_TRIGGER, index, 0, 0);
    }

    /** Lets the pin fire again. */
    void unmask(IrqIndex index) {
        setInterrupts(IrqSetField.DATA_NONE | IrqSetField.ACTION_UNMASK, index, 0, 1);
    }

    private void setInterrupts(int flags, IrqIndex index, int start, int count) {
        synchronized (session) {
            NativeMemory out = cleared(IrqSetField.LENGTH);
            out.write32(IrqSetField.ARGSZ.offset(), IrqSetField.LENGTH);
            out.write32(IrqSetField.FLAGS.offset(), flags);
            out.write32(IrqSetField.INDEX.offset(), index.number());
            out.write32(IrqSetField.START.offset(), start);
            out.write32(IrqSetField.COUNT.offset(), count);
            require(Command.DEVICE_SET_IRQS, IrqSetField.LENGTH, 0);
        }
    }

    /** Resets the function by the means of PCI; false if it has none. */
    boolean reset() {
        if (resettable) {
            require(Command.DEVICE_RESET, 0, 0);
        }
        return resettable;
    }

    private NativeMemory cleared(int bytes) {
        NativeMemory out = session.out();
        out.fill(0, bytes, 0);
        return out;
    }

    private void require(Command command, int bytes, int least) {
        int error = session.request(command, bytes, least);
        if (error != 0) {
            throw session.refused(command.toString(), error, REPORT);
        }
    }
}
