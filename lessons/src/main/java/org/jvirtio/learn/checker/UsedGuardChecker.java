package org.jvirtio.learn.checker;

import java.util.List;
import org.jvirtio.learn.check.Checker;
import org.jvirtio.learn.check.Trial;
import org.jvirtio.learn.exercise.UsedGuard;

/** Lesson 10: honest answers first, then the lies. */
public final class UsedGuardChecker implements Checker<UsedGuard> {

    private static final String RING = "virtio 1.4 section 2.7.8";
    private static final String LENGTH = "virtio 1.4 section 2.7.8.2";
    private static final long LARGEST = 0xffffffffL;

    @Override
    public Class<UsedGuard> asked() {
        return UsedGuard.class;
    }

    @Override
    public List<Trial> trials(UsedGuard code) {
        return List.of(
                index("idx 7, taken 7, 3 in flight", 7, 7, 3, 0, code)
                        .hint("Equal means nothing new. That is no lie."),
                index("idx 9, taken 7, 3 in flight", 9, 7, 3, 2, code).hint("9 - 7 are new."),
                index("idx 1, taken 65535, 2 in flight: the index wrapped", 1, 65535, 2, 2, code)
                        .mistake(
                                -65534, "Take the difference modulo 65536: (idx - taken) & 0xffff.")
                        .hint("After 65535 comes 0. The difference is (idx - taken) & 0xffff."),
                index("idx 11, taken 7, 3 in flight: it jumped", 11, 7, 3, -1, code)
                        .mistake(
                                4,
                                "More answers than questions. Your loop would read stale elements.")
                        .hint("Compare with what is in flight."),
                index("idx 6, taken 7, 3 in flight: it went back", 6, 7, 3, -1, code)
                        .mistake(
                                65535,
                                "Modulo 65536 a step back is 65535 forward: an almost endless loop.")
                        .hint("(6 - 7) & 0xffff is 65535, and only 3 are in flight."),
                one("id 1, 16 bytes, of a chain with room for 16", 1, 16, 16, code)
                        .hint("An honest answer: 16."),
                one("id 1, 0 bytes", 1, 0, 0, code)
                        .hint("Nothing written is allowed; hand out nothing."),
                one("id 4 of a queue of 4", 4, 16, -1, code)
                        .hint(
                                "Heads are 0 to 3. Check before you use it as an index: \"id N out of"
                                        + " range\" is what Linux says."),
                one("id 0xffffffff", LARGEST, 16, -1, code)
                        .hint(
                                "As an int this is -1, and passes 'id < 4'. It is unsigned: keep it in"
                                        + " a long."),
                one(
                                "id 0x100000001: cannot be, but your cast would make it 1",
                                0x100000001L,
                                16,
                                -1,
                                code)
                        .mistake(16, "Compare first, cast afterwards.")
                        .hint("Compare as a long, then cast."),
                one("id 2, which is not in flight", 2, 16, -1, code)
                        .mistake(16, "Whose buffer is this? writable[2] is -1.")
                        .hint("writable says which chains the device has."),
                one("id 1, 17 bytes, of a chain with room for 16", 1, 17, -1, code)
                        .mistake(
                                17,
                                "You would hand out a byte that is not of this buffer: the"
                                        + " class of CVE-2021-47352.")
                        .mistake(
                                16,
                                "Cutting is what legacy devices need; here the device is to be refused.")
                        .hint(
                                "\"The device MUST write at least len bytes\": there is no room for 17."),
                one("id 1, 0xffffffff bytes", 1, LARGEST, -1, code)
                        .hint("As an int this is -1, and -1 > 16 is false."),
                Trial.of("id 1 twice", RING, "16, then -1", () -> twice(code))
                        .mistake(
                                "16, then 16",
                                "The second one was answered already: set writable[id] to -1.")
                        .hint("An answered chain is not in flight any more."),
                Trial.of(
                                "a lie about id 1, then an honest answer for id 3",
                                RING,
                                "-1, then 8",
                                () -> afterALie(code))
                        .hint("Change writable only when you accept."));
    }

    private static long[] writable() {
        return new long[] {-1, 16, -1, 512};
    }

    private static Trial index(
            String input, int idx, int taken, int inFlight, long expected, UsedGuard code) {
        return Trial.of(input, RING, expected, () -> code.newElements(idx, taken, inFlight));
    }

    private static Trial one(String input, long id, long length, long expected, UsedGuard code) {
        String clause = id == 1 ? LENGTH : RING;
        return Trial.of(input, clause, expected, () -> code.bytes(id, length, writable()));
    }

    private static String twice(UsedGuard code) {
        long[] writable = writable();
        return code.bytes(1, 16, writable) + ", then " + code.bytes(1, 16, writable);
    }

    private static String afterALie(UsedGuard code) {
        long[] writable = writable();
        return code.bytes(1, 17, writable) + ", then " + code.bytes(3, 8, writable);
    }
}
