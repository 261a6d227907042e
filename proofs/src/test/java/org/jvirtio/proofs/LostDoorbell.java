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
 * The lost wake-up on the device's side (virtio 1.4 sections 2.7.10 and 2.8.10): the driver
 * publishes and then reads the device's wish, the device states its wish and then looks again. If
 * each missed what the other wrote, the device would sleep over a request for ever.
 */
abstract class LostDoorbell extends QueuePair {

    LostDoorbell(FeatureSet features) {
        super(features, 4, 64);
        device.suppressDoorbell();
    }

    final void driver(II_Result result) {
        queue.offerWritable(0x1000, 16, 1);
        queue.publish();
        result.r1 = queue.ringIfAsked() ? 1 : 0;
    }

    final void device(II_Result result) {
        result.r2 = device.askForDoorbell() ? 1 : 0;
    }

    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the doorbell rings")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "the device finds it")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "both")
    @Outcome(
            id = "0, 0",
            expect = FORBIDDEN,
            desc = "lost wake-up: the device sleeps over a request")
    @State
    public static class Split extends LostDoorbell {
        public Split() {
            super(Formats.SPLIT);
        }

        @Actor
        public void publishes(II_Result result) {
            driver(result);
        }

        @Actor
        public void fallsAsleep(II_Result result) {
            device(result);
        }
    }

    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the doorbell rings")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "the device finds it")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "both")
    @Outcome(
            id = "0, 0",
            expect = FORBIDDEN,
            desc = "lost wake-up: the device sleeps over a request")
    @State
    public static class SplitEvent extends LostDoorbell {
        public SplitEvent() {
            super(Formats.SPLIT_EVENT);
        }

        @Actor
        public void publishes(II_Result result) {
            driver(result);
        }

        @Actor
        public void fallsAsleep(II_Result result) {
            device(result);
        }
    }

    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the doorbell rings")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "the device finds it")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "both")
    @Outcome(
            id = "0, 0",
            expect = FORBIDDEN,
            desc = "lost wake-up: the device sleeps over a request")
    @State
    public static class Packed extends LostDoorbell {
        public Packed() {
            super(Formats.PACKED);
        }

        @Actor
        public void publishes(II_Result result) {
            driver(result);
        }

        @Actor
        public void fallsAsleep(II_Result result) {
            device(result);
        }
    }

    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the doorbell rings")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "the device finds it")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "both")
    @Outcome(
            id = "0, 0",
            expect = FORBIDDEN,
            desc = "lost wake-up: the device sleeps over a request")
    @State
    public static class PackedEvent extends LostDoorbell {
        public PackedEvent() {
            super(Formats.PACKED_EVENT);
        }

        @Actor
        public void publishes(II_Result result) {
            driver(result);
        }

        @Actor
        public void fallsAsleep(II_Result result) {
            device(result);
        }
    }
}
