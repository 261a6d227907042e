package org.jvirtio.model;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which frames a network model receives, as the driver's commands say (virtio 1.4 sections
 * 5.1.9.5.1 to 5.1.9.5.3).
 *
 * <p>Without a command everything is received, as QEMU does: PROMISC is on after a reset. Used
 * under the function's lock.
 */
final class NetFilter {

    /** Modes, by the number of their command in class RX. */
    private static final int PROMISC = 0;

    private static final int ALLMULTI = 1;
    private static final int ALLUNI = 2;
    private static final int NOMULTI = 3;
    private static final int NOUNI = 4;
    private static final int NOBCAST = 5;

    private static final long BROADCAST = 0xffff_ffff_ffffL;
    private static final int GROUP = 1;

    /** Where a frame says that it is of a VLAN, and by what. */
    private static final int TYPE = 12;

    private static final int TAGGED = 0x8100;
    private static final int VLAN_MASK = 0xfff;

    private final BitSet modes = new BitSet();
    private final Set<Long> addresses = new HashSet<>();
    private final BitSet vlans = new BitSet();
    private boolean filtersVlans;

    /** Back to what a device receives after a reset; with CTRL_VLAN it has no VLAN. */
    void reset(boolean vlansNegotiated) {
        modes.clear();
        modes.set(PROMISC);
        addresses.clear();
        vlans.clear();
        filtersVlans = vlansNegotiated;
    }

    void mode(int mode, boolean on) {
        modes.set(mode, on);
    }

    /** In place of all addresses before, of one station and of many. */
    void table(List<Long> all) {
        addresses.clear();
        addresses.addAll(all);
    }

    void vlan(int vlan, boolean member) {
        vlans.set(vlan, member);
    }

    /** True if a frame is received by a device whose own address is {@code own}. */
    boolean takes(byte[] frame, long own) {
        return takesVlan(frame) && (modes.get(PROMISC) || takesAddress(frame, own));
    }

    private boolean takesVlan(byte[] frame) {
        boolean tagged = frame.length >= TYPE + 4 && read16(frame, TYPE) == TAGGED;
        return !filtersVlans || !tagged || vlans.get(read16(frame, TYPE + 2) & VLAN_MASK);
    }

    private boolean takesAddress(byte[] frame, long own) {
        if (frame.length < TYPE) {
            return true; // Nobody can say for whom it is.
        }
        long to = address(frame, 0);
        if (to == BROADCAST) {
            return !modes.get(NOBCAST);
        }
        if ((frame[0] & GROUP) != 0) {
            return !modes.get(NOMULTI) && (modes.get(ALLMULTI) || addresses.contains(to));
        }
        return !modes.get(NOUNI) && (modes.get(ALLUNI) || to == own || addresses.contains(to));
    }

    /** Six bytes as a number, the first the highest. */
    static long address(byte[] bytes, int at) {
        long address = 0;
        for (int i = 0; i < 6; i++) {
            address = address << Byte.SIZE | (bytes[at + i] & 0xff);
        }
        return address;
    }

    private static int read16(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << Byte.SIZE | (bytes[at + 1] & 0xff);
    }
}
