package org.jvirtio.learn.checker;

import static org.jvirtio.learn.exercise.LayoutDecider.Decision.BROKEN;
import static org.jvirtio.learn.exercise.LayoutDecider.Decision.LEGACY;
import static org.jvirtio.learn.exercise.LayoutDecider.Decision.NONE;
import static org.jvirtio.learn.exercise.LayoutDecider.Decision.REGISTER_SET;
import static org.jvirtio.learn.exercise.LayoutDecider.Decision.VIRTIO1;

import java.util.List;
import java.util.Optional;
import org.jvirtio.learn.check.Checker;
import org.jvirtio.learn.check.Trial;
import org.jvirtio.learn.exercise.LayoutDecider;
import org.jvirtio.learn.exercise.LayoutDecider.Decision;
import org.jvirtio.learn.exercise.LayoutDecider.Seen;

/** Lesson 3: twenty functions, from the ordinary to those on which drivers have failed. */
public final class LayoutChecker implements Checker<LayoutDecider> {

    private static final String VIRTIO = "virtio 1.4 section 4.1.5.1.1";
    private static final String LEGACY_IDS = "virtio 1.4 section 4.1.2.3";
    private static final String MAIL = "mail of 2011";
    private static final String NO_GUESS =
            "BAR 1 holds the MSI-X table of every device that has one. Its length says nothing.";

    private static final int MODERN_DISK = 0x1042;
    private static final int OLD_DISK = 0x1001;

    private static final List<Integer> ALL = List.of(1, 3, 4, 2, 5);
    private static final List<Integer> NOTHING = List.of();
    private static final Optional<int[]> NO_SETS = Optional.empty();

    /** The three devices of the mail. */
    private static final Optional<int[]> WITH_LEGACY =
            sets(0x80000000, 0x81000000, 0x81000100, 0x80000013);

    private static final Optional<int[]> FAST_ISR = sets(0, 0x81000000, 0x81000100, 0x80000000);
    private static final Optional<int[]> SLOW_ISR = sets(0, 0x80000000, 0x80000100, 0);

    /** The first of them with bit 31 clear everywhere: then the other bits mean nothing. */
    private static final Optional<int[]> NONE_PRESENT = sets(0, 0x01000000, 0x01000100, 0x13);

    @Override
    public Class<LayoutDecider> asked() {
        return LayoutDecider.class;
    }

    @Override
    public List<Trial> trials(LayoutDecider code) {
        return List.of(
                modern(
                                "modern-only: id 0x1042, all structures",
                                seen(MODERN_DISK, 1, false, 0x1000, ALL, NO_SETS),
                                VIRTIO1,
                                code)
                        .hint("Common, notify and ISR are there: use them."),
                modern(
                                "transitional: id 0x1001, all structures, BAR 0 is I/O",
                                seen(OLD_DISK, 0, true, 0x1000, ALL, NO_SETS),
                                VIRTIO1,
                                code)
                        .mistake(
                                LEGACY,
                                "A driver that knows the new layout prefers it, on any id."),
                old(
                                "legacy-only: id 0x1001, revision 0, BAR 0 is I/O",
                                seen(OLD_DISK, 0, true, 0, NOTHING, NO_SETS),
                                LEGACY,
                                code)
                        .hint(
                                "A transitional id, revision 0, I/O at BAR 0, nothing newer: legacy."),
                old(
                                "the same with a BAR 1 of 4096 bytes",
                                seen(OLD_DISK, 0, true, 0x1000, NOTHING, NO_SETS),
                                LEGACY,
                                code)
                        .mistake(VIRTIO1, NO_GUESS)
                        .mistake(REGISTER_SET, NO_GUESS)
                        .mistake(NONE, NO_GUESS)
                        .hint("As the one before."),
                mail(
                                "the mail's first device: every dword present",
                                seen(OLD_DISK, 0, true, 0x1000, NOTHING, WITH_LEGACY),
                                REGISTER_SET,
                                code)
                        .mistake(
                                LEGACY,
                                "Bit 31 of the second dword is set: the new virtio-pci is there.")
                        .hint("The second dword is new virtio-pci; bit 31 says present."),
                mail(
                                "the mail's second device: no legacy",
                                seen(MODERN_DISK, 1, true, 0x1000, NOTHING, FAST_ISR),
                                REGISTER_SET,
                                code)
                        .hint("virtio-pci is present, in BAR 1."),
                mail(
                                "the mail's third device: neither legacy nor ISR",
                                seen(MODERN_DISK, 1, false, 0, NOTHING, SLOW_ISR),
                                REGISTER_SET,
                                code)
                        .hint("A device may leave the ISR set out; virtio-pci is what counts."),
                modern(
                                "virtio 1.x and the mail's capability, both good",
                                seen(OLD_DISK, 0, true, 0x1000, ALL, WITH_LEGACY),
                                VIRTIO1,
                                code)
                        .hint("What became the standard goes first."),
                modern(
                                "no DEVICE_CFG, of an entropy device",
                                seen(0x1044, 1, false, 0x1000, List.of(1, 2, 3), NO_SETS),
                                VIRTIO1,
                                code)
                        .hint(
                                "An entropy device has no configuration: only 1, 2 and 3 are needed."),
                modern(
                                "structures in another order: 2, 3, 1",
                                seen(MODERN_DISK, 1, false, 0, List.of(2, 3, 1), NO_SETS),
                                VIRTIO1,
                                code)
                        .hint("The order is the device's own."),
                modern(
                                "common without notify",
                                seen(MODERN_DISK, 1, false, 0x1000, List.of(1, 3, 4), NO_SETS),
                                BROKEN,
                                code)
                        .mistake(VIRTIO1, "Without NOTIFY_CFG there are no doorbells.")
                        .mistake(NONE, "It does say that it is virtio 1.x; say that it is broken.")
                        .hint("A mandatory structure is missing."),
                modern(
                                "transitional, common without ISR",
                                seen(OLD_DISK, 0, true, 0x1000, List.of(1, 2, 4), NO_SETS),
                                BROKEN,
                                code)
                        .mistake(
                                LEGACY,
                                "Absent falls back, broken refuses: a fallback would hide the defect.")
                        .hint("A mandatory structure is missing."),
                modern(
                                "notify and ISR without common, id 0x1001, BAR 0 is I/O",
                                seen(OLD_DISK, 0, true, 0x1000, List.of(2, 3), NO_SETS),
                                LEGACY,
                                code)
                        .mistake(BROKEN, "Without COMMON_CFG virtio 1.x is absent, not broken.")
                        .hint("Only COMMON_CFG announces virtio 1.x."),
                old(
                                "id 0x1042 and no capability at all",
                                seen(MODERN_DISK, 1, false, 0x1000, NOTHING, NO_SETS),
                                NONE,
                                code)
                        .mistake(LEGACY, "From 0x1040 on there is no legacy layout.")
                        .hint("Nothing here."),
                old(
                                "id 0x1042, no capability, but BAR 0 is I/O",
                                seen(MODERN_DISK, 0, true, 0, NOTHING, NO_SETS),
                                NONE,
                                code)
                        .mistake(
                                LEGACY, "The id decides first: 0x1040 and above never have legacy.")
                        .hint("Nothing here."),
                old(
                                "id 0x1001, revision 1, BAR 0 is I/O",
                                seen(OLD_DISK, 1, true, 0, NOTHING, NO_SETS),
                                NONE,
                                code)
                        .mistake(LEGACY, "A legacy device has revision 0.")
                        .hint("Look at the revision."),
                old(
                                "id 0x1001, BAR 0 is memory",
                                seen(OLD_DISK, 0, false, 0, NOTHING, NO_SETS),
                                NONE,
                                code)
                        .mistake(LEGACY, "Legacy registers are in I/O space at BAR 0.")
                        .hint("Look at BAR 0."),
                mail(
                                "id 0x1001, the mail's capability with every present bit clear",
                                seen(OLD_DISK, 0, true, 0, NOTHING, NONE_PRESENT),
                                NONE,
                                code)
                        .mistake(
                                LEGACY,
                                "The capability denies legacy: its first dword is not present.")
                        .mistake(
                                REGISTER_SET,
                                "With bit 31 clear the other bits of a dword mean nothing.")
                        .hint("Look at bit 31 of each dword."),
                mail(
                                "only its legacy dword is present",
                                seen(OLD_DISK, 0, true, 0, NOTHING, sets(0x80000000, 0, 0, 0)),
                                LEGACY,
                                code)
                        .mistake(REGISTER_SET, "Its virtio-pci dword has bit 31 clear: absent.")
                        .hint("Look at bit 31 of each dword."),
                mail(
                                "virtio-pci names BAR 7, legacy is present",
                                seen(
                                        OLD_DISK,
                                        0,
                                        true,
                                        0,
                                        NOTHING,
                                        sets(0x80000000, 0x87000000, 0x81000100, 0)),
                                LEGACY,
                                code)
                        .mistake(
                                REGISTER_SET,
                                "Bits 26 to 24 are the BAR: 7. There is none; the set is absent.")
                        .hint("Look at bits 26 to 24."));
    }

    private static Optional<int[]> sets(int legacy, int pci, int config, int isr) {
        return Optional.of(new int[] {legacy, pci, config, isr});
    }

    private static Seen seen(
            int id, int revision, boolean io, long bar1, List<Integer> caps, Optional<int[]> sets) {
        return new Seen(id, revision, io, bar1, caps, sets);
    }

    private static Trial modern(String input, Seen seen, Decision expected, LayoutDecider code) {
        return Trial.of(input, VIRTIO, expected, () -> code.decide(seen));
    }

    private static Trial old(String input, Seen seen, Decision expected, LayoutDecider code) {
        return Trial.of(input, LEGACY_IDS, expected, () -> code.decide(seen));
    }

    private static Trial mail(String input, Seen seen, Decision expected, LayoutDecider code) {
        return Trial.of(input, MAIL, expected, () -> code.decide(seen));
    }
}
