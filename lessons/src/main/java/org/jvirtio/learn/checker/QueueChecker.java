package org.jvirtio.learn.checker;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jvirtio.learn.check.Checker;
import org.jvirtio.learn.check.Trial;
import org.jvirtio.learn.exercise.SmallQueue;

/** Lesson 5: the checker is the device at the other end of the ring. */
public final class QueueChecker implements Checker<SmallQueue> {

    private static final String AVAILABLE = "virtio 1.4 section 2.7.6";
    private static final String USED = "virtio 1.4 section 2.7.8";
    private static final String INDEX = "virtio 1.4 section 2.7.13.3";

    @Override
    public Class<SmallQueue> asked() {
        return SmallQueue.class;
    }

    @Override
    public List<Trial> trials(SmallQueue code) {
        return List.of(
                Trial.of(
                                "publish(2) on a new queue",
                                AVAILABLE,
                                "ring[0] 2, idx 1",
                                () -> first(code))
                        .mistake(
                                "ring[0] 0, idx 1",
                                "The head has to be in the ring before idx moves: at byte"
                                        + " 64 + 4 + 2 * (idx % 4).")
                        .mistake(
                                "ring[0] 0, idx 0",
                                "Nothing was written. The ring is at byte 68, idx at byte 66.")
                        .mistake(
                                "ring[0] 2, idx 0",
                                "The head is there, but idx tells the device that it is.")
                        .mistake(
                                "ring[0] 512, idx 256",
                                "Your bytes are the wrong way round: set the buffer's order to"
                                        + " LITTLE_ENDIAN.")
                        .hint("The slot is idx % 4, before idx is raised."),
                Trial.of(
                                "publish(0), (1), (2), (3), (3)",
                                AVAILABLE,
                                "ring 3 1 2 3, idx 5",
                                () -> fifth(code))
                        .mistake(
                                "ring 3 1 2 3, idx 1",
                                "idx is not a slot: it counts on, only the slot is idx % 4.")
                        .hint("The fifth entry goes to slot 0 again: 4 % 4."),
                Trial.of("poll() on a new queue", USED, -1, () -> fresh(code).code.poll())
                        .mistake(0, "The used idx is 0, as your own count: nothing has been used.")
                        .hint("Compare the used idx, byte 4098, with what you have taken so far."),
                Trial.of(
                                "the device uses 3, then 1, then nothing",
                                USED,
                                "[3, 1, -1]",
                                () -> outOfOrder(code))
                        .mistake(
                                "[1, 3, -1]",
                                "Take the used elements in the order of the used ring: slot 0 first.")
                        .mistake(
                                "[0, 0, -1]",
                                "An element is 8 bytes: id at byte 4100 + 8 * slot, length at + 4.")
                        .hint("A device may use chains in any order; the id says which."),
                Trial.of(
                                "one request, 70000 times: idx wraps from 65535 to 0",
                                INDEX,
                                "70000 answers",
                                () -> many(code, 70_000))
                        .hint(
                                "idx has 16 bits. Count in an int if you like, but compare and store"
                                        + " it & 0xffff: after 65535 comes 0."),
                Trial.of(
                                "four in flight, 20000 times, answered in reverse",
                                INDEX,
                                "20000 answers",
                                () -> reversed(code, 20_000))
                        .hint("Each poll takes one element; your own count goes up by one."));
    }

    private static String first(SmallQueue code) {
        Device device = fresh(code);
        code.publish(2);
        return "ring[0] " + device.head(0) + ", idx " + device.availableIndex();
    }

    private static String fifth(SmallQueue code) {
        Device device = fresh(code);
        for (int head : new int[] {0, 1, 2, 3, 3}) {
            code.publish(head);
        }
        return String.format(
                "ring %d %d %d %d, idx %d",
                device.head(0),
                device.head(1),
                device.head(2),
                device.head(3),
                device.availableIndex());
    }

    private static List<Integer> outOfOrder(SmallQueue code) {
        Device device = fresh(code);
        code.publish(1);
        code.publish(3);
        device.use(3);
        device.use(1);
        List<Integer> polled = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            polled.add(code.poll());
        }
        return polled;
    }

    private static String many(SmallQueue code, int requests) {
        Device device = fresh(code);
        for (int i = 0; i < requests; i++) {
            code.publish(i % 4);
            if (device.takeAll().size() != 1) {
                return "request " + i + ": the device sees idx " + device.availableIndex();
            }
            device.use(i % 4);
            int polled = code.poll();
            if (polled != i % 4) {
                return "request " + i + ": poll gave " + polled + " instead of " + i % 4;
            }
        }
        return requests + " answers";
    }

    private static String reversed(SmallQueue code, int rounds) {
        Device device = fresh(code);
        int answers = 0;
        for (int i = 0; i < rounds / 4; i++) {
            for (int head = 0; head < 4; head++) {
                code.publish(head);
            }
            ArrayDeque<Integer> taken = new ArrayDeque<>(device.takeAll());
            while (!taken.isEmpty()) {
                device.use(taken.removeLast());
            }
            for (int head = 3; head >= 0; head--) {
                int polled = code.poll();
                if (polled != head) {
                    return "after " + answers + " answers poll gave " + polled + ", not " + head;
                }
                answers++;
            }
        }
        return answers + " answers";
    }

    private static Device fresh(SmallQueue code) {
        ByteBuffer memory = ByteBuffer.allocate(8192).order(ByteOrder.LITTLE_ENDIAN);
        code.start(memory.duplicate().order(ByteOrder.LITTLE_ENDIAN));
        return new Device(code, memory);
    }

    /** The other end of the queue, as section 2.7 has it. */
    private static final class Device {

        private static final int AVAILABLE_AT = 64;
        private static final int USED_AT = 4096;

        private final SmallQueue code;
        private final ByteBuffer memory;
        private int taken;
        private int used;

        Device(SmallQueue code, ByteBuffer memory) {
            this.code = code;
            this.memory = memory;
        }

        int availableIndex() {
            return memory.getShort(AVAILABLE_AT + 2) & 0xffff;
        }

        int head(int slot) {
            return memory.getShort(AVAILABLE_AT + 4 + 2 * slot) & 0xffff;
        }

        /** The heads that are new, at most four. */
        Queue<Integer> takeAll() {
            Queue<Integer> heads = new ArrayDeque<>();
            while (taken != availableIndex() && heads.size() < 4) {
                heads.add(head(taken % 4));
                taken = (taken + 1) & 0xffff;
            }
            return heads;
        }

        void use(int id) {
            memory.putInt(USED_AT + 4 + 8 * (used % 4), id);
            memory.putInt(USED_AT + 8 + 8 * (used % 4), 16);
            used = (used + 1) & 0xffff;
            memory.putShort(USED_AT + 2, (short) used);
        }
    }
}
