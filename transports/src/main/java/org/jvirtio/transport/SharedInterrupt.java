package org.jvirtio.transport;

import java.util.Arrays;
import java.util.Optional;
import org.jvirtio.Interrupt;
import org.jvirtio.InterruptSet;

/**
 * One line with several waiters: what one of them learns while it waits is kept for the others.
 *
 * <pre>
 *   line --QUEUE---> the waiter of every queue    (nothing tells the queues apart)
 *        --CONFIG--> the waiter of the configuration
 * </pre>
 */
final class SharedInterrupt {

    /** What raises the interrupt. */
    interface Line {

        /** What {@link #await} returns if the limit passed. */
        int LIMIT_PASSED = -1;

        /** Waits, and returns why the line was raised: {@link IsrBit}s, or 0 if nobody says. */
        int await(long nanos);

        /** What the platform delivers the line by. */
        Interrupt source();

        /**
         * After somebody else's wait: returns why the line was raised, or 0, and lets it be raised
         * again. Never waits.
         */
        int acknowledge();
    }

    private final Line line;

    /** One for each queue, and the last for the configuration. */
    private final boolean[] pending;

    SharedInterrupt(Line line, int queues) {
        this.line = line;
        this.pending = new boolean[queues + 1];
    }

    Interrupt queue(int queue) {
        return new Waiter(queue);
    }

    Interrupt config() {
        return new Waiter(pending.length - 1);
    }

    private void spread(int causes) {
        if (IsrBit.QUEUE.in(causes)) {
            Arrays.fill(pending, 0, pending.length - 1, true);
        }
        if (IsrBit.CONFIG.in(causes)) {
            pending[pending.length - 1] = true;
        }
    }

    private final class Waiter implements Interrupt {

        private final int slot;

        Waiter(int slot) {
            this.slot = slot;
        }

        @Override
        public boolean await(long nanos) {
            long start = System.nanoTime();
            long left = nanos;
            while (!pending[slot]) {
                int causes = line.await(left);
                if (causes == Line.LIMIT_PASSED) {
                    return false;
                }
                spread(causes);
                left = nanos - (System.nanoTime() - start);
                if (left <= 0) {
                    break;
                }
            }
            boolean came = pending[slot];
            pending[slot] = false;
            return came;
        }

        @Override
        public Optional<InterruptSet> newSet() {
            return line.source().newSet();
        }

        @Override
        public Interrupt line() {
            return line.source().line();
        }

        /** Whoever was waited for, all are told: a set does not tell them apart. */
        @Override
        public void acknowledge() {
            spread(line.acknowledge());
            pending[slot] = false;
        }
    }
}
