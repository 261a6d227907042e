package org.jvirtio.learn.checker;

import java.util.List;
import org.jvirtio.learn.check.Checker;
import org.jvirtio.learn.check.Trial;
import org.jvirtio.learn.exercise.OrderedQueue;

/** Lesson 9: the same calls on a memory that reorders as much as it may. */
public final class OrderChecker implements Checker<OrderedQueue> {

    private static final String PUBLISH = "virtio 1.4 section 2.7.13.3";
    private static final String TAKE = "virtio 1.4 section 2.7.14";
    private static final String NOTIFY = "virtio 1.4 section 2.7.13.4.1";
    private static final String PLATFORM = "virtio 1.4 section 6.1";

    private static final int USED_FLAGS = 4096;
    private static final int USED_IDX = 4098;
    private static final int FIRST_ELEMENT = 4100;
    private static final long GUEST = 0x7f000;
    private static final long IO = 0x20_0000_0000L;

    @Override
    public Class<OrderedQueue> asked() {
        return OrderedQueue.class;
    }

    @Override
    public List<Trial> trials(OrderedQueue code) {
        return List.of(
                Trial.of(
                                "publish(3): what the device sees first with idx 1",
                                PUBLISH,
                                "idx 1, slot 3",
                                () -> published(code))
                        .mistake(
                                "idx 1, slot 0",
                                "The device saw the new idx before the head: it will use chain 0, which"
                                        + " is not its. Between the two stores a release fence is"
                                        + " missing.")
                        .hint(
                                "The head to byte 68 + 2 * (idx % 4), a release fence, idx + 1 to byte 66."),
                Trial.of("publish: its fences", PUBLISH, "release", () -> fencesOfPublish(code))
                        .mistake("full", "A full fence does it, too, and costs what this need not.")
                        .hint("One release fence between the two stores is enough."),
                Trial.of(
                                "poll: the device has just used chain 2; before, the element said 9",
                                TAKE,
                                2,
                                () -> code.poll(justUsed(), 0))
                        .mistake(
                                9,
                                "The element was loaded before idx: 9 is what stood there before. Between"
                                        + " the two loads an acquire fence is missing. In Linux it was"
                                        + " missing for years, on the other side (vhost): \"id N is not a"
                                        + " head\".")
                        .hint("Load idx, acquire fence, load the element."),
                Trial.of("poll: its fences", TAKE, "acquire", () -> fencesOfPoll(code))
                        .mistake("full", "A full fence does it, too, and costs what this need not.")
                        .hint("One acquire fence between the two loads is enough."),
                Trial.of("poll: nothing used", TAKE, -1, () -> code.poll(new ReorderingMemory(), 0))
                        .hint("idx equals what was taken: -1."),
                Trial.of(
                                "publishAndAsk: the device was busy, and has just cleared its flag to be"
                                        + " rung for",
                                NOTIFY,
                                true,
                                () -> code.publishAndAsk(flag(1, 0), 3, 0))
                        .mistake(
                                false,
                                "The flag was loaded before idx was seen. The device looked at the old idx,"
                                        + " cleared the flag, and sleeps; you saw the old flag, and do not"
                                        + " ring. Nobody ever wakes up. Only a full fence keeps a load"
                                        + " behind a store.")
                        .hint("idx, full fence, then the flag."),
                Trial.of(
                                "publishAndAsk: the device says that it is awake",
                                NOTIFY,
                                false,
                                () -> code.publishAndAsk(flag(1, 1), 3, 0))
                        .hint("Bit 0 of the used flags is set: no doorbell."),
                Trial.of(
                                "publishAndAsk: what the device sees first with idx 1",
                                PUBLISH,
                                "idx 1, slot 3",
                                () -> publishedAndAsked(code))
                        .hint("It publishes as publish does."),
                Trial.of(
                                "publishAndAsk: its fences",
                                NOTIFY,
                                "release, full",
                                () -> fencesOfAsking(code))
                        .hint("The one of publish, and one full fence before the flag."),
                address("without ACCESS_PLATFORM", false, GUEST, code)
                        .mistake(
                                "0x2000000000",
                                "This device goes round the IOMMU: an I/O-virtual address"
                                        + " is somewhere else for it, and it answers nothing, silently.")
                        .hint("Without the feature every address is guest-physical."),
                address("with ACCESS_PLATFORM", true, IO, code)
                        .mistake(
                                "0x7f000",
                                "The IOMMU knows no such address: \"DMA fault\" in its log, and"
                                        + " nothing moves.")
                        .hint("With the feature addresses go through the IOMMU."));
    }

    private static String published(OrderedQueue code) {
        ReorderingMemory memory = new ReorderingMemory();
        code.publish(memory, 3, 0);
        return memory.firstWithIndex();
    }

    private static String fencesOfPublish(OrderedQueue code) {
        ReorderingMemory memory = new ReorderingMemory();
        code.publish(memory, 3, 0);
        return memory.fences();
    }

    private static String fencesOfPoll(OrderedQueue code) {
        ReorderingMemory memory = justUsed();
        code.poll(memory, 0);
        return memory.fences();
    }

    private static String fencesOfAsking(OrderedQueue code) {
        ReorderingMemory memory = flag(0, 0);
        code.publishAndAsk(memory, 3, 0);
        return memory.fences();
    }

    private static String publishedAndAsked(OrderedQueue code) {
        ReorderingMemory memory = flag(0, 0);
        code.publishAndAsk(memory, 3, 0);
        return memory.firstWithIndex();
    }

    private static ReorderingMemory justUsed() {
        return new ReorderingMemory().holding(USED_IDX, 0, 1).holding(FIRST_ELEMENT, 9, 2);
    }

    private static ReorderingMemory flag(int before, int now) {
        return new ReorderingMemory().holding(USED_FLAGS, before, now);
    }

    private static Trial address(String input, boolean platform, long expected, OrderedQueue code) {
        return Trial.of(
                input,
                PLATFORM,
                String.format("0x%x", expected),
                () -> String.format("0x%x", code.deviceAddress(platform, GUEST, IO)));
    }
}
