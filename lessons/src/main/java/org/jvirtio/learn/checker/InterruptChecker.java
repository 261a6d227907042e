package org.jvirtio.learn.checker;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jvirtio.learn.check.Checker;
import org.jvirtio.learn.check.Trial;
import org.jvirtio.learn.exercise.LegacyInterrupts;
import org.jvirtio.learn.exercise.LegacyInterrupts.Reason;

/** Lesson 7: the checker is an old disk whose configuration moves, and whose ISR forgets. */
public final class InterruptChecker implements Checker<LegacyInterrupts> {

    private static final String LAYOUT = "virtio 1.4 section 4.1.4.10";
    private static final String ISR = "virtio 1.4 section 4.1.4.5";
    private static final String VECTORS = "virtio 1.4 section 4.1.5.1.2";
    private static final String AGREE = "virtio 1.4 section 2.5.4";
    private static final int NO_VECTOR = 0xffff;
    private static final String REFUSED = "an exception";

    @Override
    public Class<LegacyInterrupts> asked() {
        return LegacyInterrupts.class;
    }

    @Override
    public List<Trial> trials(LegacyInterrupts code) {
        return List.of(
                Trial.of(
                                "MSI-X off, 131072 sectors",
                                LAYOUT,
                                131072L,
                                () -> code.capacity(new OldDisk(false, 0, 131072)))
                        .hint("Without MSI-X the configuration starts at byte 20, behind the ISR."),
                Trial.of(
                                "MSI-X on, 131072 sectors",
                                LAYOUT,
                                131072L,
                                () -> code.capacity(new OldDisk(true, 0, 131072)))
                        .mistake(
                                562949953486848L,
                                "You read the two vectors as the low half: with MSI-X"
                                        + " everything moves to byte 24.")
                        .hint("The two vectors at 20 and 22 push the configuration to byte 24."),
                Trial.of(
                                "0x1_8000_0000 sectors",
                                LAYOUT,
                                0x1_8000_0000L,
                                () -> code.capacity(new OldDisk(false, 0, 0x1_8000_0000L)))
                        .hint("Two reads of 32 bits; the low half is unsigned: & 0xffffffffL."),
                Trial.of(
                                "the disk grows between your two reads",
                                AGREE,
                                0x1_0000_0000L,
                                () -> code.capacity(new GrowingDisk()))
                        .mistake(
                                0x1_ffff_ffffL,
                                "One half is old, the other new: such a disk never was."
                                        + " Read until two readings agree.")
                        .mistake(
                                0L,
                                "One half is old, the other new: such a disk never was. Read until"
                                        + " two readings agree.")
                        .hint("Old layouts have no generation: read until two readings agree."),
                Trial.of(
                                "it grows again while you read it again",
                                AGREE,
                                0x2_0000_0000L,
                                () -> code.capacity(new GrowingTwice()))
                        .mistake(
                                0x2_ffff_ffffL,
                                "The second reading may be torn as the first was: the last two"
                                        + " have to agree.")
                        .hint("Read until two readings, one after the other, agree."),
                Trial.of(
                                "every reading is another one",
                                AGREE,
                                REFUSED,
                                () -> refusal(code, new RestlessDisk()))
                        .hint(
                                "A loop over what a device says needs a bound: throw an exception"
                                        + " after MOST_READINGS."),
                reasons("ISR 01", 1, "[QUEUE]", code).hint("Bit 0 is a queue."),
                reasons("ISR 02", 2, "[CONFIGURATION]", code).hint("Bit 1 is the configuration."),
                reasons("ISR 03", 3, "[QUEUE, CONFIGURATION]", code)
                        .mistake(
                                "[QUEUE]",
                                "Both bits may be set, and reading clears both: read once,"
                                        + " look at the copy twice.")
                        .hint("Read once into a variable; then test both bits."),
                reasons("ISR 00: the line is shared, another device interrupted", 0, "[]", code)
                        .hint("No bit: not ours."),
                vector("vector 1 written, 1 read back", 1, 1, true, code).hint("It was taken."),
                vector("vector 1 written, 0xffff read back", 1, NO_VECTOR, false, code)
                        .hint("NO_VECTOR: the device had none left."),
                vector("vector 1 written, 0 read back", 1, 0, false, code)
                        .hint("Not what was written."));
    }

    /** Any exception will do: no capacity is better than a wrong one. */
    private static String refusal(LegacyInterrupts code, OldDisk disk) {
        try {
            return "0x" + Long.toHexString(code.capacity(disk));
        } catch (RuntimeException refused) {
            return REFUSED;
        }
    }

    private static Trial reasons(String input, int isr, String expected, LegacyInterrupts code) {
        return Trial.of(
                input, ISR, expected, () -> sorted(code.reasons(new OldDisk(false, isr, 8))));
    }

    private static String sorted(Set<Reason> reasons) {
        return new TreeSet<>(reasons).toString();
    }

    private static Trial vector(
            String input, int written, int read, boolean has, LegacyInterrupts code) {
        return Trial.of(input, VECTORS, has, () -> code.hasVector(written, read));
    }

    /** Ports of a disk, byte by byte. */
    private static class OldDisk implements LegacyInterrupts.Ports {

        private final boolean msix;
        private int isr;
        long capacity;

        OldDisk(boolean msix, int isr, long capacity) {
            this.msix = msix;
            this.isr = isr;
            this.capacity = capacity;
        }

        @Override
        public int read8(int offset) {
            if (offset == 19) {
                int before = isr;
                isr = 0;
                return before;
            }
            int config = offset - (msix ? 24 : 20);
            if (config >= 0 && config < 8) {
                return (int) (capacity >>> (8 * config)) & 0xff;
            }
            // The vectors: configuration 0, queue 1.
            return offset == 22 ? 1 : 0;
        }

        @Override
        public int read32(int offset) {
            return read8(offset)
                    | read8(offset + 1) << 8
                    | read8(offset + 2) << 16
                    | read8(offset + 3) << 24;
        }

        @Override
        public boolean msixEnabled() {
            return msix;
        }
    }

    /** From 0xffffffff to 0x100000000 sectors, after the first half was read. */
    private static final class GrowingDisk extends OldDisk {

        GrowingDisk() {
            super(false, 0, 0xffff_ffffL);
        }

        @Override
        public int read32(int offset) {
            int value = super.read32(offset);
            capacity = 0x1_0000_0000L;
            return value;
        }
    }

    /** Grows after the first half of the first reading, and after that of the second. */
    private static final class GrowingTwice extends OldDisk {

        private int reads;

        GrowingTwice() {
            super(false, 0, 0xffff_ffffL);
        }

        @Override
        public int read32(int offset) {
            int value = super.read32(offset);
            reads++;
            if (reads == 1) {
                capacity = 0x1_ffff_ffffL;
            } else if (reads == 3) {
                capacity = 0x2_0000_0000L;
            }
            return value;
        }
    }

    /** Both halves are others after every read of one. */
    private static final class RestlessDisk extends OldDisk {

        RestlessDisk() {
            super(false, 0, 0);
        }

        @Override
        public int read32(int offset) {
            capacity += 0x1_0000_0001L;
            return super.read32(offset);
        }
    }
}
