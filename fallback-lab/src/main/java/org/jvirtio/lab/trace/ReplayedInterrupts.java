package org.jvirtio.lab.trace;

import java.util.Collections;
import java.util.List;
import org.jvirtio.Interrupt;
import org.jvirtio.pci.FunctionInterrupts;
import org.jvirtio.trace.Mark;

/** The interrupts that a recorded function had; none of them ever comes. */
final class ReplayedInterrupts implements FunctionInterrupts {

    private final int vectors;
    private final boolean pin;

    /** Looks which were switched on in the trace: at least those there were. */
    ReplayedInterrupts(NamedTrace trace) {
        int most = 0;
        boolean intx = false;
        for (Mark mark : marks(trace)) {
            String kind = FunctionMark.wordAfter(mark, 0);
            String count = FunctionMark.wordAfter(mark, 1);
            intx |= kind.equals(FunctionMark.INTX);
            if (kind.equals(FunctionMark.MSIX) && count.matches("[0-9]{1,4}")) {
                most = Math.max(most, Integer.parseInt(count));
            }
        }
        vectors = most;
        pin = intx;
    }

    private static List<Mark> marks(NamedTrace trace) {
        return trace.trace().events().stream()
                .filter(Mark.class::isInstance)
                .map(Mark.class::cast)
                .filter(FunctionMark.INTERRUPTS::is)
                .toList();
    }

    @Override
    public int msixVectors() {
        return vectors;
    }

    @Override
    public boolean hasIntx() {
        return pin;
    }

    @Override
    public String limitation() {
        return "as recorded";
    }

    @Override
    public List<Interrupt> enableMsix(int count) {
        return Collections.nCopies(count, new Never());
    }

    @Override
    public Intx enableIntx() {
        return new Never();
    }

    @Override
    public void disable() {}

    /** Waits in vain, and at once. */
    private static final class Never implements Intx {

        @Override
        public boolean await(long nanos) {
            return false;
        }

        @Override
        public void unmask() {}
    }
}
