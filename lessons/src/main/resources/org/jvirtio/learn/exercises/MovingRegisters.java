import java.util.EnumSet;
import java.util.Set;
import org.jvirtio.learn.exercise.LegacyInterrupts;

/**
 * An old disk, by its ports.
 *
 * <pre>
 *   18 status   19 ISR   20 configuration vector   22 queue vector   24 configuration   MSI-X on
 *   18 status   19 ISR   20 configuration                                               MSI-X off
 * </pre>
 *
 * This driver works in the emulator with MSI-X off. On the machine its users see disks of
 * 562949953486848 sectors, and now and then an interrupt is lost. Find out why.
 */
public final class MovingRegisters implements LegacyInterrupts {

    /** For a while the two readings may differ; a device that never settles is broken. */
    private static final int MOST_READINGS = 64;

    @Override
    public long capacity(Ports ports) {
        //: solution
        int at = ports.msixEnabled() ? 24 : 20;
        long last = read64(ports, at);
        for (int i = 0; i < MOST_READINGS; i++) {
            long again = read64(ports, at);
            if (again == last) {
                return last;
            }
            last = again;
        }
        throw new IllegalStateException("the capacity never settles");
        //: hole
        return read64(ports, 20); // what is wrong here? there are two things
        //: end
    }

    private static long read64(Ports ports, int offset) {
        return (ports.read32(offset) & 0xffffffffL) | (long) ports.read32(offset + 4) << 32;
    }

    @Override
    public Set<Reason> reasons(Ports ports) {
        EnumSet<Reason> reasons = EnumSet.noneOf(Reason.class);
        //: solution
        int isr = ports.read8(19);
        if ((isr & 1) != 0) {
            reasons.add(Reason.QUEUE);
        }
        if ((isr & 2) != 0) {
            reasons.add(Reason.CONFIGURATION);
        }
        //: hole
        if ((ports.read8(19) & 1) != 0) {
            reasons.add(Reason.QUEUE);
        }
        if ((ports.read8(19) & 2) != 0) { // and here?
            reasons.add(Reason.CONFIGURATION);
        }
        //: end
        return reasons;
    }

    @Override
    public boolean hasVector(int written, int readBack) {
        //: solution
        return written == readBack;
        //: hole
        return true; // nobody looked
        //: end
    }
}
