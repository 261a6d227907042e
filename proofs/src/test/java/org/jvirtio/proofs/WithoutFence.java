package org.jvirtio.proofs;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * {@link LostDoorbell.Split} with both sides looking without a fence: shows that these proofs can
 * fail, because then the wake-up is lost, on x86 too.
 */
@JCStressTest
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the doorbell rings")
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "the device finds it")
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "both")
@Outcome(id = "0, 0", expect = ACCEPTABLE_INTERESTING, desc = "the lost wake-up, as expected here")
@State
public class WithoutFence extends QueuePair {

    private static final int FLAGS = 0;
    private static final int INDEX = 2;
    private static final int NO_NOTIFY = 1;

    public WithoutFence() {
        super(Formats.SPLIT, 4, 64);
        device.suppressDoorbell();
        queue.offerWritable(0x1000, 16, 1);
    }

    @Actor
    public void publishes(II_Result result) {
        queue.publish();
        result.r1 = (areas.device().read16(FLAGS) & NO_NOTIFY) == 0 ? 1 : 0;
    }

    @Actor
    public void fallsAsleep(II_Result result) {
        areas.device().write16(FLAGS, 0);
        result.r2 = areas.driver().readAcquire16(INDEX) != 0 ? 1 : 0;
    }
}
