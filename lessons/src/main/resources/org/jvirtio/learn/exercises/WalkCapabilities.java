import java.util.ArrayList;
import java.util.List;
import org.jvirtio.learn.exercise.CapabilityWalker;

/**
 * A walk down the capability list.
 *
 * <pre>
 *   06  status (2 bytes): bit 4 says that there is a list
 *   34  pointer to the first capability
 *
 *   each capability:   +0 id   +1 next   and for id 09, virtio:
 *                      +2 cap_len   +3 cfg_type   +4 bar   +8 offset (4)   +12 length (4)
 * </pre>
 *
 * The bytes are a device's. They may lie: lead in a circle, into the header, or past the end.
 */
public final class WalkCapabilities implements CapabilityWalker {

    /** Where the capabilities start, in the order of the list. */
    @Override
    public List<Integer> walk(byte[] config) {
        List<Integer> found = new ArrayList<>();
        //: solution
        boolean hasList = (read8(config, 0x06) & 0x10) != 0;
        int pointer = hasList ? read8(config, 0x34) & 0xfc : 0;
        while (pointer >= 0x40 && pointer + 4 <= config.length && !found.contains(pointer)) {
            found.add(pointer);
            pointer = read8(config, pointer + 1) & 0xfc;
        }
        //: hole
        int pointer = read8(config, 0x34);
        while (pointer != 0) {
            pointer = 0; // your code: take the capability, go on to the next
        }
        //: end
        return found;
    }

    /** Where the COMMON_CFG capability (cfg_type 1) starts that a driver uses; -1: there is none. */
    @Override
    public int commonCfg(byte[] config) {
        //: solution
        for (int offset : walk(config)) {
            if (offset + 16 <= config.length
                    && read8(config, offset) == 0x09
                    && read8(config, offset + 3) == 1
                    && read8(config, offset + 4) <= 5) {
                return offset;
            }
        }
        return -1;
        //: hole
        return 0; // your code
        //: end
    }

    private static int read8(byte[] config, int offset) {
        return config[offset] & 0xff;
    }
}
