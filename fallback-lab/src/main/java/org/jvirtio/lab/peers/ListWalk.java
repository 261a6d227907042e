package org.jvirtio.lab.peers;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jvirtio.pci.ConfigSnapshot;

/**
 * The capability list as one driver goes down it. A pointer that was followed before ends our walk;
 * whether it ends the driver's is for its rules to say.
 */
final class ListWalk {

    /**
     * How a driver follows pointers.
     *
     * @param asksStatus looks at bit 4 of the status register first
     * @param masks clears the two reserved bits of each pointer
     * @param stopsInHeader takes a pointer below 0x40 for the end
     * @param stopsOnOdd takes a pointer with a reserved bit for the end; not the first one
     * @param mostSteps after which it ends; 0 for a walk without a bound
     */
    record Style(
            boolean asksStatus,
            boolean masks,
            boolean stopsInHeader,
            boolean stopsOnOdd,
            int mostSteps) {}

    private static final int HEADER = 0x40;
    private static final int RESERVED = 3;
    private static final int VENDOR = 9;
    private static final int AREA = 256;

    private final ConfigSnapshot bytes;
    private final Style style;
    private final List<VendorCapability> vendor = new ArrayList<>();
    private final List<Integer> path = new ArrayList<>();
    private boolean cycle;
    private boolean vendorInCycle;

    private ListWalk(PeerFacts facts, Style style) {
        this.bytes = facts.bytes();
        this.style = style;
        if (!style.asksStatus() || facts.saysThatThereIsAList()) {
            walk(style.masks() ? facts.listPointer() & ~RESERVED : facts.listPointer());
        }
    }

    static ListWalk of(PeerFacts facts, Style style) {
        return new ListWalk(facts, style);
    }

    private void walk(int first) {
        BitSet seen = new BitSet(AREA);
        int pointer = first;
        while (pointer != 0 && !(style.stopsInHeader() && pointer < HEADER)) {
            if (seen.get(pointer)) {
                closeCycle(pointer);
                return;
            }
            seen.set(pointer);
            path.add(pointer);
            if (bytes.read8(pointer) == VENDOR) {
                vendor.add(VendorCapability.read(bytes, pointer));
            }
            pointer = next(pointer);
        }
    }

    private int next(int pointer) {
        int next = bytes.has(pointer + 1) ? bytes.read8(pointer + 1) : 0;
        if (style.stopsOnOdd() && (next & RESERVED) != 0) {
            return 0;
        }
        return style.masks() ? next & ~RESERVED : next;
    }

    private void closeCycle(int pointer) {
        cycle = style.mostSteps() == 0;
        List<Integer> round = path.subList(path.indexOf(pointer), path.size());
        vendorInCycle = vendor.stream().anyMatch(capability -> round.contains(capability.at()));
    }

    /** The vendor capabilities, each once, in the order met. */
    List<VendorCapability> vendor() {
        return vendor;
    }

    /** Whether the pointers lead in a circle, and nothing bounds the driver's steps. */
    boolean isEndless() {
        return cycle;
    }

    /** The same for a driver that goes from one vendor capability to the next, each in bounds. */
    boolean isEndlessAmongVendor() {
        return cycle && vendorInCycle;
    }

    /** Whether a capability of this id is in the list. */
    boolean has(int id) {
        return path.stream().anyMatch(pointer -> bytes.read8(pointer) == id);
    }

    Optional<VendorCapability> first(int cfgType) {
        return vendor.stream().filter(c -> c.cfgType() == cfgType).findFirst();
    }

    /** {@code 0x40 -> 0x50 -> 0x40}, for people. */
    String path() {
        StringBuilder text = new StringBuilder();
        for (int pointer : path) {
            text.append(text.length() == 0 ? "" : " -> ").append(String.format("0x%02x", pointer));
        }
        return text.length() == 0 ? "no list" : text + (cycle ? " -> seen before" : "");
    }
}
