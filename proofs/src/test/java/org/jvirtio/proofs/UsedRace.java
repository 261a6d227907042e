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
 * The device uses two requests while the driver harvests (virtio 1.4 sections 2.7.14 and 2.8.22):
 * what is harvested has its token, its length, and the bytes that the device wrote.
 */
abstract class UsedRace extends QueuePair {

    private final int first;
    private final int second;

    UsedRace(FeatureSet features) {
        super(features, 4, 64);
        queue.offerWritable(buffers.address(), 8, 41);
        queue.offerWritable(buffers.address() + 8, 8, 42);
        queue.publish();
        device.take();
        first = device.id();
        device.take();
        second = device.id();
    }

    final void device() {
        buffers.write32(0, 0x11);
        device.use(first, 5);
        buffers.write32(8, 0x22);
        device.use(second, 6);
        device.publish();
    }

    final void driver(JJJJ_Result result) {
        if (queue.poll()) {
            result.r1 = queue.token() << 8 | queue.usedLength();
            result.r2 = buffers.read32(0);
            if (queue.poll()) {
                result.r3 = queue.token() << 8 | queue.usedLength();
                result.r4 = buffers.read32(8);
            }
        }
    }

    @JCStressTest
    @Outcome(id = "0, 0, 0, 0", expect = ACCEPTABLE, desc = "nothing yet")
    @Outcome(id = "10501, 17, 10758, 34", expect = ACCEPTABLE, desc = "both, whole")
    @Outcome(expect = FORBIDDEN, desc = "contents older than what shows them")
    @State
    public static class Split extends UsedRace {
        public Split() {
            super(Formats.SPLIT);
        }

        @Actor
        public void uses() {
            device();
        }

        @Actor
        public void harvests(JJJJ_Result result) {
            driver(result);
        }
    }

    @JCStressTest
    @Outcome(id = "0, 0, 0, 0", expect = ACCEPTABLE, desc = "nothing yet")
    @Outcome(id = "10501, 17, 10758, 34", expect = ACCEPTABLE, desc = "both, whole")
    @Outcome(expect = FORBIDDEN, desc = "contents older than what shows them")
    @State
    public static class Packed extends UsedRace {
        public Packed() {
            super(Formats.PACKED);
        }

        @Actor
        public void uses() {
            device();
        }

        @Actor
        public void harvests(JJJJ_Result result) {
            driver(result);
        }
    }
}
