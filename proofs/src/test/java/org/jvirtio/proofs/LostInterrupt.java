package org.jvirtio.proofs;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.jvirtio.FeatureSet;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * The lost wake-up on the driver's side (virtio 1.4 sections 2.7.7, 2.7.14 and 2.8.10): the device
 * shows what it used and then reads the driver's wish, the driver states its wish and then looks
 * again. If each missed what the other wrote, the driver would sleep over an answer for ever.
 */
abstract class LostInterrupt extends QueuePair {

    private final int id;

    LostInterrupt(FeatureSet features) {
        super(features, 4, 64);
        queue.offerWritable(0x1000, 16, 1);
        queue.publish();
        device.take();
        id = device.id();
    }

    final void device(II_Result result) {
        device.use(id, 1);
        device.publish();
        result.r1 = device.wantsInterrupt() ? 1 : 0;
    }

    final void driver(II_Result result) {
        result.r2 = queue.enableInterrupts() ? 1 : 0;
    }

    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the device interrupts")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "the driver finds it")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "both")
    @Outcome(
            id = "0, 0",
            expect = FORBIDDEN,
            desc = "lost wake-up: the driver sleeps over an answer")
    @State
    public static class Split extends LostInterrupt {
        public Split() {
            super(Formats.SPLIT);
        }

        @Actor
        public void uses(II_Result result) {
            device(result);
        }

        @Actor
        public void fallsAsleep(II_Result result) {
            driver(result);
        }
    }

    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the device interrupts")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "the driver finds it")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "both")
    @Outcome(
            id = "0, 0",
            expect = FORBIDDEN,
            desc = "lost wake-up: the driver sleeps over an answer")
    @State
    public static class SplitEvent extends LostInterrupt {
        public SplitEvent() {
            super(Formats.SPLIT_EVENT);
        }

        @Actor
        public void uses(II_Result result) {
            device(result);
        }

        @Actor
        public void fallsAsleep(II_Result result) {
            driver(result);
        }
    }

    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the device interrupts")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "the driver finds it")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "both")
    @Outcome(
            id = "0, 0",
            expect = FORBIDDEN,
            desc = "lost wake-up: the driver sleeps over an answer")
    @State
    public static class Packed extends LostInterrupt {
        public Packed() {
            super(Formats.PACKED);
        }

        @Actor
        public void uses(II_Result result) {
            device(result);
        }

        @Actor
        public void fallsAsleep(II_Result result) {
            driver(result);
        }
    }

    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the device interrupts")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "the driver finds it")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "both")
    @Outcome(
            id = "0, 0",
            expect = FORBIDDEN,
            desc = "lost wake-up: the driver sleeps over an answer")
    @State
    public static class PackedEvent extends LostInterrupt {
        public PackedEvent() {
            super(Formats.PACKED_EVENT);
        }

        @Actor
        public void uses(II_Result result) {
            device(result);
        }

        @Actor
        public void fallsAsleep(II_Result result) {
            driver(result);
        }
    }
}
