package org.jvirtio.proofs;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.jvirtio.FeatureSet;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJJ_Result;

/**
 * The driver publishes two requests while the device looks (virtio 1.4 sections 2.7.13 and 2.8.21):
 * it sees neither, or both with all that is in their descriptors.
 */
abstract class PublishRace extends QueuePair {

    PublishRace(FeatureSet features) {
        super(features, 4, 64);
    }

    final void driver() {
        queue.offerWritable(0x1000, 0x10, 1);
        queue.offerWritable(0x2000, 0x20, 2);
        queue.publish();
    }

    final void device(JJJJ_Result result) {
        if (device.take()) {
            device.nextBuffer();
            result.r1 = device.address();
            result.r2 = device.length();
            if (device.take()) {
                device.nextBuffer();
                result.r3 = device.address();
                result.r4 = device.length();
            }
        }
    }

    @JCStressTest
    @Outcome(id = "0, 0, 0, 0", expect = ACCEPTABLE, desc = "nothing yet")
    @Outcome(id = "4096, 16, 8192, 32", expect = ACCEPTABLE, desc = "both, whole")
    @Outcome(expect = FORBIDDEN, desc = "one alone, or contents older than what shows them")
    @State
    public static class Split extends PublishRace {
        public Split() {
            super(Formats.SPLIT);
        }

        @Actor
        public void offers() {
            driver();
        }

        @Actor
        public void takes(JJJJ_Result result) {
            device(result);
        }
    }

    @JCStressTest
    @Outcome(id = "0, 0, 0, 0", expect = ACCEPTABLE, desc = "nothing yet")
    @Outcome(id = "4096, 16, 8192, 32", expect = ACCEPTABLE, desc = "both, whole")
    @Outcome(expect = FORBIDDEN, desc = "one alone, or contents older than what shows them")
    @State
    public static class Packed extends PublishRace {
        public Packed() {
            super(Formats.PACKED);
        }

        @Actor
        public void offers() {
            driver();
        }

        @Actor
        public void takes(JJJJ_Result result) {
            device(result);
        }
    }
}
