package org.jvirtio.vfio;

import java.util.List;
import org.jvirtio.linux.EventFd;
import org.jvirtio.memory.NativeMemory;

/** Fills in {@code struct vfio_irq_set}, see {@link IrqSetField}. */
final class IrqSet {

    private static final int DESCRIPTOR_BYTES = 4;

    private IrqSet() {}

    /** Delivers interrupts 0 and on to {@code events}, all in one step. */
    static NativeMemory deliver(IrqIndex index, List<EventFd> events) {
        NativeMemory set =
                irqSet(
                        index,
                        IrqSetField.DATA_EVENTFD | IrqSetField.ACTION_TRIGGER,
                        events.size(),
                        events.size() * DESCRIPTOR_BYTES);
        for (int i = 0; i < events.size(); i++) {
            set.write32(
                    IrqSetField.DATA.offset() + (long) i * DESCRIPTOR_BYTES, events.get(i).fd());
        }
        return set;
    }

    /** Turns off every interrupt of this kind. */
    static NativeMemory off(IrqIndex index) {
        return irqSet(index, IrqSetField.DATA_NONE | IrqSetField.ACTION_TRIGGER, 0, 0);
    }

    /** Lets the pin fire again, as often as {@code owner} wants, with whom it is freed. */
    static NativeMemory unmask(IrqIndex index, Object owner) {
        return filled(
                NativeMemory.allocateFor(owner, IrqSetField.LENGTH),
                index,
                IrqSetField.DATA_NONE | IrqSetField.ACTION_UNMASK,
                1);
    }

    private static NativeMemory irqSet(IrqIndex index, int flags, int count, int dataBytes) {
        return filled(
                NativeMemory.allocate((long) IrqSetField.LENGTH + dataBytes), index, flags, count);
    }

    private static NativeMemory filled(NativeMemory set, IrqIndex index, int flags, int count) {
        set.write32(IrqSetField.ARGSZ.offset(), (int) set.length());
        set.write32(IrqSetField.FLAGS.offset(), flags);
        set.write32(IrqSetField.INDEX.offset(), index.number());
        set.write32(IrqSetField.START.offset(), 0);
        set.write32(IrqSetField.COUNT.offset(), count);
        return set;
    }
}
