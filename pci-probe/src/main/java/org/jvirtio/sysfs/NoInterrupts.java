package org.jvirtio.sysfs;

import java.util.List;
import org.jvirtio.EnvironmentException;
import org.jvirtio.Interrupt;
import org.jvirtio.pci.FunctionInterrupts;

/** The interrupts of a reach that has none. */
final class NoInterrupts implements FunctionInterrupts {

    private static final String LIMITATION =
            "sysfs delivers no interrupts to a process: the queues are polled."
                    + " The vfio reach has them.";

    @Override
    public int msixVectors() {
        return 0;
    }

    @Override
    public boolean hasIntx() {
        return false;
    }

    @Override
    public String limitation() {
        return LIMITATION;
    }

    @Override
    public List<Interrupt> enableMsix(int vectors) {
        throw refusal(vectors + " MSI-X vectors");
    }

    @Override
    public Intx enableIntx() {
        throw refusal("the interrupt pin");
    }

    @Override
    public void disable() {
        // Nothing can be on.
    }

    private static EnvironmentException refusal(String what) {
        return new EnvironmentException("turning on " + what + ": " + LIMITATION);
    }
}
