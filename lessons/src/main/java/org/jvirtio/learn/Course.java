package org.jvirtio.learn;

import java.util.List;
import java.util.Optional;
import org.jvirtio.learn.check.Checker;
import org.jvirtio.learn.check.Exercise;
import org.jvirtio.learn.checker.CapabilityChecker;
import org.jvirtio.learn.checker.HandshakeChecker;
import org.jvirtio.learn.checker.HeaderChecker;
import org.jvirtio.learn.checker.InterruptChecker;
import org.jvirtio.learn.checker.LayoutChecker;
import org.jvirtio.learn.checker.OrderChecker;
import org.jvirtio.learn.checker.PingChecker;
import org.jvirtio.learn.checker.QueueChecker;
import org.jvirtio.learn.checker.SectorChecker;
import org.jvirtio.learn.checker.UsedGuardChecker;

/** The lessons in their order. */
public final class Course {

    private static final List<Lesson> LESSONS =
            List.of(
                    lesson(
                            1,
                            25,
                            "DecodeHeader",
                            new HeaderChecker(),
                            "Each answer is a Java number or true or false; hexadecimal is 0x98."),
                    lesson(
                            2,
                            35,
                            "WalkCapabilities",
                            new CapabilityChecker(),
                            "walk returns a List<Integer> of offsets, commonCfg one offset."),
                    lesson(
                            3,
                            35,
                            "DecideLayout",
                            new LayoutChecker(),
                            "decide returns one of Decision.VIRTIO1, REGISTER_SET, LEGACY, NONE, BROKEN."),
                    lesson(
                            4,
                            30,
                            "OrderHandshake",
                            new HandshakeChecker(),
                            "Steps are written Step.RESET, and lists List.of(a, b, c)."),
                    lesson(
                            5,
                            40,
                            "FourEntries",
                            new QueueChecker(),
                            "putShort takes a short: (short) value."),
                    lesson(
                            6,
                            30,
                            "ReadSector",
                            new SectorChecker(),
                            "header returns byte[]; outcome one of Outcome.DONE, FAILED,"
                                    + " UNSUPPORTED, NONSENSE."),
                    lesson(
                            7,
                            30,
                            "MovingRegisters",
                            new InterruptChecker(),
                            "read8 and read32 take the offset from the start of BAR 0."),
                    lesson(
                            8,
                            35,
                            "AnswerPing",
                            new PingChecker(),
                            "A byte is signed: (byte) 0xff is -1, and bytes[i] & 0xff is 255."),
                    lesson(
                            9,
                            30,
                            "OrderStores",
                            new OrderChecker(),
                            "Fences are memory.releaseFence(), acquireFence() and fullFence()."),
                    lesson(
                            10,
                            35,
                            "DistrustUsed",
                            new UsedGuardChecker(),
                            "id and length are long; an array index is an int: (int) id."));

    private Course() {}

    public static List<Lesson> lessons() {
        return LESSONS;
    }

    public static Optional<Lesson> lesson(int number) {
        return LESSONS.stream().filter(each -> each.number() == number).findFirst();
    }

    private static Lesson lesson(
            int number, int minutes, String exercise, Checker<?> checker, String hint) {
        return new Lesson(number, minutes, new Exercise(exercise, hint), checker);
    }
}
