package org.jvirtio.learn.checker;

import static org.jvirtio.learn.exercise.HandshakeOrder.Step.CHECK_FEATURES_OK;
import static org.jvirtio.learn.exercise.HandshakeOrder.Step.HAND_OVER_QUEUES;
import static org.jvirtio.learn.exercise.HandshakeOrder.Step.READ_FEATURES;
import static org.jvirtio.learn.exercise.HandshakeOrder.Step.RESET;
import static org.jvirtio.learn.exercise.HandshakeOrder.Step.SET_ACKNOWLEDGE;
import static org.jvirtio.learn.exercise.HandshakeOrder.Step.SET_DRIVER;
import static org.jvirtio.learn.exercise.HandshakeOrder.Step.SET_DRIVER_OK;
import static org.jvirtio.learn.exercise.HandshakeOrder.Step.SET_FEATURES_OK;
import static org.jvirtio.learn.exercise.HandshakeOrder.Step.WRITE_FEATURES;

import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jvirtio.learn.check.Checker;
import org.jvirtio.learn.check.Trial;
import org.jvirtio.learn.exercise.HandshakeOrder;
import org.jvirtio.learn.exercise.HandshakeOrder.Step;

/** Lesson 4: one rule after the other, so that the first one broken is named. */
public final class HandshakeChecker implements Checker<HandshakeOrder> {

    private static final String STEPS = "virtio 1.4 section 3.1.1";
    private static final String LEGACY = "virtio 1.4 section 3.1.2";
    private static final String STATUS = "virtio 1.4 section 2.1";
    private static final String HOLDS = "yes";

    @Override
    public Class<HandshakeOrder> asked() {
        return HandshakeOrder.class;
    }

    @Override
    public List<Trial> trials(HandshakeOrder code) {
        return List.of(
                Trial.of(
                                "virtio 1.x: each of the nine steps once",
                                STEPS,
                                HOLDS,
                                () ->
                                        holds(
                                                code.virtio1().size() == 9
                                                        && new HashSet<>(code.virtio1()).size()
                                                                == 9))
                        .hint("List.of(RESET, ...) with all nine."),
                before("virtio 1.x: RESET first", STEPS, code::virtio1, RESET, SET_ACKNOWLEDGE)
                        .hint(
                                "The firmware may have used the device: nothing is known before a reset."),
                before(
                                "virtio 1.x: ACKNOWLEDGE before DRIVER",
                                STEPS,
                                code::virtio1,
                                SET_ACKNOWLEDGE,
                                SET_DRIVER)
                        .hint("\"I have seen you\" comes before \"I know how to drive you\"."),
                before(
                                "virtio 1.x: DRIVER before the features are read",
                                STEPS,
                                code::virtio1,
                                SET_DRIVER,
                                READ_FEATURES)
                        .hint("Step 3, then step 4."),
                before(
                                "virtio 1.x: read before write",
                                STEPS,
                                code::virtio1,
                                READ_FEATURES,
                                WRITE_FEATURES)
                        .hint("A driver writes a subset of what it has read."),
                before(
                                "virtio 1.x: the features before FEATURES_OK",
                                STEPS,
                                code::virtio1,
                                WRITE_FEATURES,
                                SET_FEATURES_OK)
                        .hint("After FEATURES_OK \"the driver MUST NOT accept new feature bits\"."),
                before(
                                "virtio 1.x: FEATURES_OK, then look whether it stayed",
                                STEPS,
                                code::virtio1,
                                SET_FEATURES_OK,
                                CHECK_FEATURES_OK)
                        .hint("The device takes the bit back if it does not like the subset."),
                before(
                                "virtio 1.x: queues after the features are settled",
                                STEPS,
                                code::virtio1,
                                CHECK_FEATURES_OK,
                                HAND_OVER_QUEUES)
                        .hint("The format of a queue depends on the features."),
                before(
                                "virtio 1.x: DRIVER_OK last",
                                STEPS,
                                code::virtio1,
                                HAND_OVER_QUEUES,
                                SET_DRIVER_OK)
                        .hint("DRIVER_OK says: all is ready, use it."),
                Trial.of("legacy: seven steps", LEGACY, 7, () -> code.legacy().size())
                        .mistake(9, "Legacy has no FEATURES_OK: neither setting it nor looking.")
                        .hint("Take two of the nine away."),
                Trial.of(
                                "legacy: the same order without FEATURES_OK",
                                LEGACY,
                                List.of(
                                        RESET,
                                        SET_ACKNOWLEDGE,
                                        SET_DRIVER,
                                        READ_FEATURES,
                                        WRITE_FEATURES,
                                        HAND_OVER_QUEUES,
                                        SET_DRIVER_OK),
                                code::legacy)
                        .hint("Nothing else is different."),
                Trial.of(
                                "virtio 1.x: what is written to the status",
                                STATUS,
                                List.of(0, 1, 3, 11, 15),
                                code::statusesOfVirtio1)
                        .mistake(
                                List.of(0, 1, 2, 8, 4),
                                "Bits are added: a driver \"MUST NOT clear\" one but by a reset.")
                        .mistake(
                                List.of(0, 1, 3, 7, 15),
                                "FEATURES_OK is 8, and comes before DRIVER_OK, which is 4.")
                        .hint(
                                "ACKNOWLEDGE 1, DRIVER 2, DRIVER_OK 4, FEATURES_OK 8: add them up in order."),
                Trial.of(
                                "legacy: what is written to the status",
                                STATUS,
                                List.of(0, 1, 3, 7),
                                code::statusesOfLegacy)
                        .hint("The same without FEATURES_OK."),
                Trial.of(
                                "it reads 0x0b: does the driver go on?",
                                STEPS,
                                true,
                                () -> code.goesOn(0x0b))
                        .hint("0x0b has bit 8: the device agrees."),
                Trial.of("it reads 0x03", STEPS, false, () -> code.goesOn(0x03))
                        .hint("FEATURES_OK is gone: the device does not support this subset."),
                Trial.of(
                                "it reads 0x4b: DEVICE_NEEDS_RESET",
                                STATUS,
                                false,
                                () -> code.goesOn(0x4b))
                        .hint("Bit 64: the device has met an error and needs a reset."),
                Trial.of("it reads 0xff: nobody is there", STATUS, false, () -> code.goesOn(0xff))
                        .hint(
                                "All ones is what a bus answers when nobody does; bit 64 is in it, too."));
    }

    private static Trial before(
            String input, String clause, Callable<List<Step>> order, Step first, Step second) {
        return Trial.of(
                input,
                clause,
                HOLDS,
                () -> {
                    List<Step> steps = order.call();
                    int at = steps.indexOf(first);
                    return holds(at >= 0 && at < steps.indexOf(second));
                });
    }

    private static String holds(boolean rule) {
        return rule ? HOLDS : "no";
    }
}
