package org.jvirtio.model;

/**
 * Registers as the device decodes them: one structure of one layout. Offsets are bytes from the
 * structure's start; the access is aligned and lies inside.
 */
interface RegisterBank {

    int read(int offset, int width);

    void write(int offset, int width, int value);

    /** True if this write asks for a device reset, which every layout may do at any time. */
    default boolean resets(int offset, int width, int value) {
        return false;
    }
}
