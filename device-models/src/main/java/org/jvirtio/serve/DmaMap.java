package org.jvirtio.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jvirtio.EnvironmentException;
import org.jvirtio.linux.Descriptor;
import org.jvirtio.linux.Errno;
import org.jvirtio.linux.Mapping;
import org.jvirtio.memory.NativeMemory;
import org.jvirtio.model.DriverMemory;

/**
 * The memory of a client, as far as it mapped it (vfio-user, VFIO_USER_DMA_MAP and _UNMAP).
 *
 * <pre>
 *   device addresses   ...| range |...........| range |...     each a piece of a file of the client's,
 *                             |                   |            mapped here and bounds-checked
 * </pre>
 *
 * <p>A range that came without a descriptor, or is not both read and written, is not mapped: the
 * client is asked for its bytes ({@link DmaRequests}). A virtual machine has such ranges, too (its
 * ROM).
 *
 * <p>Used under the function's lock.
 */
final class DmaMap implements DriverMemory {

    /** Ranges at once; far from what the kernel allows a process. */
    static final int MOST = 4096;

    /**
     * Bytes mapped at once. A file can be as long as it says and take no memory, but a process has
     * addresses for 128 TiB, which all its clients share with its own memory.
     */
    static final long MOST_BYTES = 1L << 44;

    static final long PAGE = Mapping.PAGE;

    private final TreeMap<Long, DmaRange> ranges = new TreeMap<>(Long::compareUnsigned);

    /** Unmapped by the client while the device had pointers into them; nobody's memory now. */
    private final List<Mapping> retired = new ArrayList<>();

    private DmaRange latest = DmaRange.NONE;

    /** Null while nobody is connected who could be asked. */
    private DmaRequests client;

    /** From now on ranges that are not mapped are read and written through {@code requests}. */
    void ask(DmaRequests requests) {
        client = requests;
    }

    @Override
    public NativeMemory find(long address, long length) {
        DmaRange range = range(address, length);
        return range.isMapped() ? range.slice(address, length) : null;
    }

    @Override
    public boolean isCopied(long address, long length) {
        DmaRange range = range(address, length);
        return range.size() != 0 && !range.isMapped();
    }

    @Override
    public boolean read(long address, byte[] target, int at, int count) {
        DmaRange range = range(address, count);
        if (range.isMapped()) {
            return DriverMemory.super.read(address, target, at, count);
        }
        return range.readable() && client != null && client.read(address, target, at, count);
    }

    @Override
    public boolean write(long address, byte[] source, int at, int count) {
        DmaRange range = range(address, count);
        if (range.isMapped()) {
            return DriverMemory.super.write(address, source, at, count);
        }
        return range.writable() && client != null && client.write(address, source, at, count);
    }

    /** The range that all of this lies in, or {@link DmaRange#NONE}. */
    private DmaRange range(long address, long length) {
        if (!latest.holds(address, length)) {
            Map.Entry<Long, DmaRange> entry = ranges.floorEntry(address);
            if (entry == null || !entry.getValue().holds(address, length)) {
                return DmaRange.NONE;
            }
            latest = entry.getValue();
        }
        return latest;
    }

    @Override
    public String description() {
        long asked = ranges.values().stream().filter(range -> !range.isMapped()).count();
        return "the client's memory"
                + (asked == 0
                        ? ""
                        : ", which has to be asked for "
                                + asked
                                + " of "
                                + ranges.size()
                                + " ranges, each for what its flags allow");
    }

    /** Notes a range that the client reads and writes for the device. */
    void addAsked(long address, long size, boolean readable, boolean writable) throws Refusal {
        requireRoom(address, size);
        add(new DmaRange(address, size, readable, writable, null));
    }

    /** Maps a piece of a file. */
    void add(long address, long size, Descriptor file, long position) throws Refusal {
        requireRoom(address, size);
        long length = file.fileLength();
        if (position % PAGE != 0 || position < 0 || size > length || position > length - size) {
            throw Refusal.invalid(
                    String.format(
                            "mapping bytes 0x%x to 0x%x of a file that has 0x%x",
                            position, position + size, length));
        }
        if (size > MOST_BYTES - mappedBytes()) {
            throw new Refusal(
                    Errno.ENOSPC, String.format("mapping more than 0x%x bytes in all", MOST_BYTES));
        }
        try {
            add(
                    new DmaRange(
                            address,
                            size,
                            true,
                            true,
                            Mapping.ofFile(file.fd(), position, size, "the client's file")));
        } catch (EnvironmentException e) {
            throw new Refusal(Errno.EACCES, e.getMessage());
        }
    }

    /** Of those in use, and of those that cannot be unmapped yet. */
    private long mappedBytes() {
        Stream<Mapping> used =
                ranges.values().stream().filter(DmaRange::isMapped).map(DmaRange::mapping);
        return Stream.concat(used, retired.stream())
                .mapToLong(mapping -> mapping.memory().length())
                .sum();
    }

    /** The range that begins and ends exactly there, which is taken out. */
    DmaRange remove(long address, long size) throws Refusal {
        DmaRange range = ranges.get(address);
        if (range == null || range.size() != size) {
            throw Refusal.invalid(
                    String.format(
                            "unmapping 0x%x, 0x%x bytes, where %s is mapped",
                            address, size, range == null ? "nothing" : range));
        }
        ranges.remove(address);
        forgetLatest();
        return range;
    }

    /**
     * Gives a range's memory back to the client.
     *
     * @param inUse true if the device still has pointers into it: they then lead to memory of
     *     nobody's, until {@link #clear}
     */
    void release(DmaRange range, boolean inUse) {
        if (!range.isMapped()) {
            return;
        }
        if (inUse) {
            retired.add(range.mapping()); // and closed in the end, whatever comes of this
            range.mapping().abandon();
        } else {
            range.mapping().close();
        }
    }

    /** Gives everything back; the device has no pointer into it any more. */
    void clear() {
        ranges.values().forEach(range -> release(range, false));
        ranges.clear();
        retired.forEach(Mapping::close);
        retired.clear();
        forgetLatest();
    }

    int size() {
        return ranges.size();
    }

    private void add(DmaRange range) {
        ranges.put(range.address(), range);
    }

    private void forgetLatest() {
        latest = DmaRange.NONE;
    }

    private void requireRoom(long address, long size) throws Refusal {
        boolean wraps = Long.compareUnsigned(address + size - 1, address) < 0;
        if (size <= 0 || size % PAGE != 0 || address % PAGE != 0 || wraps) {
            throw Refusal.invalid(
                    String.format(
                            "mapping 0x%x, 0x%x bytes, which is not whole pages of 0x%x",
                            address, size, PAGE));
        }
        Map.Entry<Long, DmaRange> before = ranges.floorEntry(address + size - 1);
        if (before != null) {
            DmaRange other = before.getValue();
            long otherLast = other.address() + other.size() - 1;
            if (Long.compareUnsigned(otherLast, address) >= 0) {
                throw new Refusal(
                        Errno.EEXIST,
                        String.format("mapping 0x%x, 0x%x bytes, over %s", address, size, other));
            }
        }
        if (ranges.size() + retired.size() >= MOST) {
            throw new Refusal(Errno.ENOSPC, "mapping more than " + MOST + " ranges");
        }
    }
}
