package org.jvirtio.transport;

import java.util.HashMap;
import java.util.Map;
import org.jvirtio.Doorbell;
import org.jvirtio.LayoutException;
import org.jvirtio.Registers;
import org.jvirtio.pci.Window;

/**
 * The notification structure (virtio 1.4 section 4.1.4.4): the doorbell of a queue is at {@code
 * queue_notify_off} times the stride from its start. A stride of 0 makes all queues share one.
 */
final class Doorbells {

    private final String device;
    private final WindowOpener windows;
    private final Window structure;
    private final long stride;

    /** A queue that was reset is enabled again, and a function keeps what it opened. */
    private final Map<Window, Registers> opened = new HashMap<>();

    Doorbells(String device, WindowOpener windows, Window structure, long stride) {
        if ((stride & 1) != 0) {
            throw new LayoutException(
                    String.format(
                            "Opening the doorbells of %s: notify_off_multiplier is %d, which is"
                                    + " odd, and doorbells are two bytes wide. Choose another"
                                    + " layout, or repair the device model.",
                            device, stride));
        }
        this.device = device;
        this.windows = windows;
        this.structure = structure;
        this.stride = stride;
    }

    /** Opens the doorbell of one queue: a window of its register, which is all that is written. */
    Doorbell open(int queue, int notifyOffset, DoorbellWord word) {
        SingleRegister register =
                word.pick(SingleRegister.QUEUE_NOTIFY, SingleRegister.QUEUE_NOTIFY_DATA);
        long place = structure.offset() + place(queue, notifyOffset, register.width());
        requireAligned(queue, place, register.width());
        Window window = new Window(structure.bar(), place, register.width());
        return word.at(opened.computeIfAbsent(window, windows::open), register);
    }

    /** 4.1.4.4.1: with NOTIFICATION_DATA offset and multiplier are multiples of four. */
    private void requireAligned(int queue, long place, int width) {
        if (place % width != 0) {
            throw new LayoutException(
                    String.format(
                            "Finding the doorbell of queue %d of %s: its %d bytes are at 0x%x of"
                                    + " BAR %d, not at a multiple of %d. Do not accept"
                                    + " NOTIFICATION_DATA, or repair the device model.",
                            queue, device, width, place, structure.bar().index(), width));
        }
    }

    /** Bytes from the start of the structure; checked, since both factors come from the device. */
    private long place(int queue, int notifyOffset, int width) {
        long place = notifyOffset * stride;
        if (place > structure.length() - width) {
            throw new LayoutException(
                    String.format(
                            "Finding the doorbell of queue %d of %s: queue_notify_off %d times"
                                    + " notify_off_multiplier 0x%x is 0x%x, outside %s. Choose"
                                    + " another layout, or repair the device model.",
                            queue, device, notifyOffset, stride, place, structure));
        }
        return place;
    }
}
