package org.jvirtio.vfio;

import org.jvirtio.memory.NativeMemory;

/**
 * The capabilities behind an info structure of VFIO: a list linked by offsets, which may hold
 * anything in any order.
 */
public final class CapabilityChain {

    public static final int NONE = 0;

    /** More than VFIO defines; a list that is longer runs in a circle. */
    private static final int MOST = 16;

    private CapabilityChain() {}

    /**
     * Finds a capability.
     *
     * @param first offset of the first one
     * @param needed bytes that must be there from its start
     * @return its offset; {@link #NONE} if there is none
     */
    public static int find(NativeMemory info, int first, int id, int needed) {
        int at = first;
        for (int step = 0; step < MOST && isInside(info, at, needed); step++) {
            if (info.read16(at + CapabilityHeaderField.ID.offset()) == id) {
                return at;
            }
            at = info.read32(at + CapabilityHeaderField.NEXT.offset());
        }
        return NONE;
    }

    private static boolean isInside(NativeMemory info, int at, int needed) {
        return at >= CapabilityHeaderField.LENGTH
                && (at & 7) == 0
                && at <= info.length() - Math.max(needed, CapabilityHeaderField.LENGTH);
    }
}
