package org.jvirtio;

import java.util.List;
import java.util.Optional;

/**
 * What a {@link DriverLoop} does while there is no work.
 *
 * @param waiting what was asked for, or polling if the interrupts cannot be slept on together
 * @param set what is slept on; nothing if the loop polls
 * @param decision one sentence, with the reason
 */
record IdlePlan(Waiting waiting, Optional<InterruptSet> set, String decision) {

    static IdlePlan of(String loop, Waiting wanted, List<? extends Turn> turns) {
        if (wanted.mode() == Waiting.Mode.POLL) {
            return poll(loop, "it was asked to");
        }
        Optional<InterruptSet> made = turns.get(0).interrupt().newSet();
        if (made.isEmpty()) {
            return poll(loop, "no interrupt on the reach of its turn 0");
        }
        InterruptSet set = made.get();
        for (int i = 0; i < turns.size(); i++) {
            if (!set.add(turns.get(i).interrupt())) {
                set.close();
                return poll(
                        loop,
                        "the interrupt of its turn "
                                + i
                                + " cannot be slept on together with that of turn 0: there is"
                                + " none, or it is of another reach");
            }
        }
        return new IdlePlan(
                wanted, made, "loop " + loop + " " + wanted.sentence("their interrupts"));
    }

    private static IdlePlan poll(String loop, String reason) {
        Waiting polling = Waiting.poll();
        return new IdlePlan(
                polling,
                Optional.empty(),
                "loop " + loop + " " + polling.sentence("") + ": " + reason);
    }
}
