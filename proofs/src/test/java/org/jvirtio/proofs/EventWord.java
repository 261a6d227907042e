package org.jvirtio.proofs;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Of a packed queue the driver's event is two fields (virtio 1.4 section 2.8.14): the device never
 * sees the flags of one wish with the slot of another.
 */
@JCStressTest
@Outcome(id = "65536", expect = ACCEPTABLE, desc = "disabled")
@Outcome(id = "163840", expect = ACCEPTABLE, desc = "at slot 0 of the first lap")
@Outcome(expect = FORBIDDEN, desc = "flags and slot of two wishes")
@State
public class EventWord extends QueuePair {

    public EventWord() {
        super(Formats.PACKED_EVENT, 4, 64);
    }

    @Actor
    public void wishes() {
        queue.enableInterrupts();
    }

    @Actor
    public void looks(I_Result result) {
        result.r1 = areas.driver().read32(0);
    }
}
