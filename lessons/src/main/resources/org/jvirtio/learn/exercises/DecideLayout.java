import java.util.List;
import org.jvirtio.learn.exercise.LayoutDecider;

/**
 * Which layout a driver uses. First fill the table by hand, then write the rules.
 *
 * <pre>
 *   function                                              your decision
 *   id 0x1042, capabilities 1 2 3 4                       ?
 *   id 0x1001, capabilities 1 2 3 4, BAR 0 I/O            ?
 *   id 0x1001, none, BAR 0 I/O                            ?
 *   id 0x1001, none, BAR 0 I/O, BAR 1 has 4096 bytes      ?
 *   id 0x1042, none                                       ?
 *   id 0x1001, capabilities 1 2 4, BAR 0 I/O              ?
 * </pre>
 *
 * Rules: absent falls back, broken refuses. virtio 1.x, then the register sets of 2011, then legacy.
 */
public final class DecideLayout implements LayoutDecider {

    private static final int COMMON = 1;
    private static final int NOTIFY = 2;
    private static final int ISR = 3;

    @Override
    public Decision decide(Seen seen) {
        List<Integer> structures = seen.structures();
        //: solution
        if (structures.contains(COMMON)) {
            boolean whole = structures.contains(NOTIFY) && structures.contains(ISR);
            return whole ? Decision.VIRTIO1 : Decision.BROKEN;
        }
        if (seen.registerSets().isPresent() && isPresent(seen.registerSets().get()[1])) {
            return Decision.REGISTER_SET;
        }
        boolean transitional = seen.deviceId() >= 0x1000 && seen.deviceId() < 0x1040;
        boolean denied = seen.registerSets().isPresent() && !isPresent(seen.registerSets().get()[0]);
        return transitional && seen.revision() == 0 && seen.bar0IsIo() && !denied
                ? Decision.LEGACY
                : Decision.NONE;
        //: hole
        // A rule that somebody proposed in 2011. What is wrong with it?
        return seen.bar1Length() != 0 ? Decision.VIRTIO1 : Decision.LEGACY;
        //: end
    }

    /** A dword of the mail: bit 31 present, bits 26 to 24 BAR, bits 23 to 0 offset. */
    private static boolean isPresent(int dword) {
        //: solution
        return dword < 0 && (dword >>> 24 & 7) <= 5;
        //: hole
        return dword != 0; // your code
        //: end
    }
}
