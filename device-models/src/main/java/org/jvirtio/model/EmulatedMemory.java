package org.jvirtio.model;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jvirtio.EnvironmentException;
import org.jvirtio.memory.DmaMemory;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.memory.NativeMemory;

/**
 * DMA memory of an emulated function: memory of this process at invented device addresses, with
 * unmapped pages between any two regions. The model reaches it through {@link #find} only, so an
 * address outside is an answer and never a crash.
 *
 * <pre>
 *   base     +length  +guard
 *   | region | hole   | region | hole | ...      all below 2^44, where a legacy queue can be
 * </pre>
 *
 * <p>Thread-safe, because a model may work on a thread of its own.
 */
final class EmulatedMemory implements DmaMemory, DriverMemory {

    static final long PAGE = 4096;

    /** A legacy queue address is a 32-bit number of pages of 4096 bytes (section 4.1.4.10). */
    private static final long END = 1L << 44;

    /** Memory of closed regions, by length: native memory lives until the process ends. */
    private static final Map<Long, Deque<NativeMemory>> FREE = new HashMap<>();

    private final String description;
    private final ReleaseCheck releaseCheck;
    private final TreeMap<Long, NativeMemory> regions = new TreeMap<>();

    /** Whole pages of the regions that their owners have not freed, mapped or not. */
    private final Map<Long, NativeMemory> held = new HashMap<>();

    private long next;
    private boolean quarantined;

    /** Told about each region that its owner frees, before it goes. */
    interface ReleaseCheck {
        void releasing(long deviceAddress, long length);
    }

    EmulatedMemory(String description, long base, ReleaseCheck releaseCheck) {
        this.description = description;
        this.next = base;
        this.releaseCheck = releaseCheck;
    }

    @Override
    public synchronized DmaRegion allocate(long length, long alignment) {
        if (length <= 0 || alignment <= 0 || Long.bitCount(alignment) != 1) {
            throw new IllegalArgumentException(
                    "DMA region of " + length + " bytes aligned to " + alignment);
        }
        long address = (next + Math.max(PAGE, alignment) - 1) & -Math.max(PAGE, alignment);
        long span = (length + PAGE - 1) & -PAGE;
        if (length > END || address > END - span) {
            throw new EnvironmentException(
                    String.format(
                            "allocating 0x%x bytes of emulated DMA memory: device addresses end at"
                                    + " 0x%x and 0x%x is next. Free regions, or reuse buffers.",
                            length, END, address));
        }
        next = address + span + PAGE;
        NativeMemory whole = take(span);
        NativeMemory memory = whole.slice(0, length);
        regions.put(address, memory);
        held.put(address, whole);
        return new DmaRegion(memory, address, () -> release(address, span));
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public synchronized NativeMemory find(long address, long length) {
        Map.Entry<Long, NativeMemory> entry = regions.floorEntry(address);
        if (entry == null || address < 0 || length < 0) {
            return null;
        }
        long offset = address - entry.getKey();
        NativeMemory region = entry.getValue();
        boolean inside = offset <= region.length() && length <= region.length() - offset;
        return inside ? region.slice(offset, length) : null;
    }

    /** From now on regions stay mapped whatever their owners do. */
    synchronized void quarantine() {
        quarantined = true;
    }

    /** Unmaps everything, unless it is quarantined; owners free what is theirs before or after. */
    synchronized void close() {
        if (!quarantined) {
            regions.clear();
        }
    }

    private void release(long address, long span) {
        // Outside the lock: the check looks at the device, which may be looking at us.
        releaseCheck.releasing(address, span);
        synchronized (this) {
            NativeMemory memory = quarantined ? null : held.remove(address);
            if (memory != null) {
                regions.remove(address);
                give(memory);
            }
        }
    }

    private static NativeMemory take(long span) {
        NativeMemory memory;
        synchronized (FREE) {
            memory = FREE.computeIfAbsent(span, key -> new ArrayDeque<>()).poll();
        }
        if (memory == null) {
            return NativeMemory.allocate(span);
        }
        memory.fill(0, span, 0);
        return memory;
    }

    private static void give(NativeMemory memory) {
        synchronized (FREE) {
            FREE.computeIfAbsent(memory.length(), key -> new ArrayDeque<>()).add(memory);
        }
    }
}
