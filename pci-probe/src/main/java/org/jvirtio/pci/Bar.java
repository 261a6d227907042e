package org.jvirtio.pci;

/**
 * A base address register that is implemented.
 *
 * @param index 0 to 5
 * @param length bytes, or {@link #UNKNOWN_LENGTH} where the reach cannot tell (a dump)
 * @param address where the BAR lies on its bus, for people
 */
public record Bar(
        int index, Space space, boolean wide, boolean prefetchable, long address, long length) {

    public static final long UNKNOWN_LENGTH = -1;

    /** Which kind of bus cycle reaches it. */
    public enum Space {
        MEMORY,
        IO
    }

    public Bar {
        if (index < 0 || index > 5) {
            throw new IllegalArgumentException("BAR " + index + "; a function has BARs 0 to 5");
        }
    }

    public boolean lengthKnown() {
        return length != UNKNOWN_LENGTH;
    }

    /** The same one at another address. */
    public Bar at(long elsewhere) {
        return new Bar(index, space, wide, prefetchable, elsewhere, length);
    }

    /** The same one, of that many bytes. */
    public Bar ofLength(long bytes) {
        return new Bar(index, space, wide, prefetchable, address, bytes);
    }

    /** {@code BAR 4, memory, 0x4000 bytes}, as far as it is known. */
    @Override
    public String toString() {
        String kind = space == Space.IO ? "I/O" : "memory";
        return "BAR "
                + index
                + ", "
                + kind
                + (lengthKnown() ? ", " + Hex.of(length) + " bytes" : "");
    }
}
