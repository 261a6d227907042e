package org.jvirtio.learn.checker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jvirtio.learn.exercise.OrderedQueue.SharedMemory;

/**
 * Memory that does the worst that the rules permit: of stores between two fences the device sees
 * the last one first, and of loads between two fences each but the first is made before all of
 * them.
 */
final class ReorderingMemory implements SharedMemory {

    private static final int USED_FLAGS = 4096;
    private static final int USED_IDX = 4098;

    private final Map<Integer, Integer> seenByDevice = new HashMap<>();
    private final List<int[]> pending = new ArrayList<>();
    private final Map<Integer, Integer> stale = new HashMap<>();
    private final Map<Integer, Integer> fresh = new HashMap<>();
    private final List<String> deviceSaw = new ArrayList<>();
    private final List<String> fences = new ArrayList<>();
    private boolean stored;

    /** Everything that was stored, and something was, is seen before the next load is made. */
    private boolean storesSeen;

    private boolean loadedIndex;

    /** What a location held until a moment ago, and what it holds now. */
    ReorderingMemory holding(int offset, int before, int now) {
        stale.put(offset, before);
        fresh.put(offset, now);
        return this;
    }

    @Override
    public void store16(int offset, int value) {
        pending.add(new int[] {offset, value});
        stored = true;
        storesSeen = false;
    }

    /** The device sees what was stored, in the worst order, and looks at idx after each. */
    private void settle() {
        for (int i = pending.size() - 1; i >= 0; i--) {
            seenByDevice.put(pending.get(i)[0], pending.get(i)[1]);
            deviceSaw.add(look());
        }
        pending.clear();
    }

    private String look() {
        return "idx " + seen(66) + ", slot " + seen(68);
    }

    /** What the device saw first of all that had idx 1 in it. */
    String firstWithIndex() {
        settle();
        return deviceSaw.stream()
                .filter(each -> each.startsWith("idx 1"))
                .findFirst()
                .orElse("idx never moves");
    }

    private int seen(int offset) {
        return seenByDevice.getOrDefault(offset, 0);
    }

    @Override
    public int load16(int offset) {
        if (offset == USED_IDX) {
            loadedIndex = true;
            return fresh.getOrDefault(offset, 0);
        }
        if (offset == USED_FLAGS) {
            // A load may overtake stores that no full fence separates from it.
            return (storesSeen ? fresh : stale).getOrDefault(offset, 0);
        }
        return load32(offset);
    }

    @Override
    public int load32(int offset) {
        return (loadedIndex ? stale : fresh).getOrDefault(offset, 0);
    }

    @Override
    public void releaseFence() {
        fences.add("release");
        settle();
    }

    @Override
    public void acquireFence() {
        fences.add("acquire");
        loadedIndex = false;
    }

    @Override
    public void fullFence() {
        fences.add("full");
        settle();
        loadedIndex = false;
        storesSeen = stored;
    }

    /** Which there were, such as {@code release, full}. */
    String fences() {
        return String.join(", ", fences);
    }
}
