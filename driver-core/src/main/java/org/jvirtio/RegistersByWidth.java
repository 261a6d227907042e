package org.jvirtio;

/**
 * Registers whose accesses differ in nothing but their width: whoever implements one read and one
 * write of 1, 2 or 4 bytes has all six.
 */
public interface RegistersByWidth extends Registers {

    /** Reads {@code width} bytes: 1, 2 or 4. */
    int read(int offset, int width);

    /** Writes {@code width} bytes: 1, 2 or 4. */
    void write(int offset, int width, int value);

    @Override
    default int read8(int offset) {
        return read(offset, 1);
    }

    @Override
    default int read16(int offset) {
        return read(offset, 2);
    }

    @Override
    default int read32(int offset) {
        return read(offset, 4);
    }

    @Override
    default void write8(int offset, int value) {
        write(offset, 1, value);
    }

    @Override
    default void write16(int offset, int value) {
        write(offset, 2, value);
    }

    @Override
    default void write32(int offset, int value) {
        write(offset, 4, value);
    }
}
