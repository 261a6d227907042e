package org.jvirtio;

/**
 * A stretch of device registers, whatever is behind it: mapped memory, I/O ports reached through a
 * file, the PCI configuration space, or a model in this process.
 *
 * <p>Every access happens exactly once, with exactly the width of its name, at an offset that is a
 * multiple of the width. Values are unsigned and little-endian; a 32-bit value uses all bits of the
 * {@code int}. Implementations throw {@link IndexOutOfBoundsException} with the values when an
 * access leaves the stretch: that is a defect of ours, since layouts are checked before they are
 * opened.
 *
 * <p>Not thread-safe: one device, one thread.
 */
public interface Registers {

    /** Bytes that may be accessed, from offset 0. */
    long length();

    int read8(int offset);

    int read16(int offset);

    int read32(int offset);

    void write8(int offset, int value);

    void write16(int offset, int value);

    void write32(int offset, int value);

    /** Reads a register of up to 32 bits. */
    default int read(Register register) {
        return switch (register.width()) {
            case 1 -> read8(register.offset());
            case 2 -> read16(register.offset());
            case 4 -> read32(register.offset());
            default ->
                    throw new IllegalArgumentException(
                            register + " is " + register.width() + " bytes wide; use read64");
        };
    }

    /** Writes a register of up to 32 bits. */
    default void write(Register register, int value) {
        switch (register.width()) {
            case 1 -> write8(register.offset(), value);
            case 2 -> write16(register.offset(), value);
            case 4 -> write32(register.offset(), value);
            default ->
                    throw new IllegalArgumentException(
                            register + " is " + register.width() + " bytes wide; use write64");
        }
    }

    /** Reads a 64-bit register as two 32-bit halves, the low one first (section 4.1.3.1). */
    default long read64(Register register) {
        long low = read32(register.offset()) & 0xffffffffL;
        long high = read32(register.offset() + 4) & 0xffffffffL;
        return high << 32 | low;
    }

    /** Writes a 64-bit register as two 32-bit halves, the low one first (section 4.1.3.1). */
    default void write64(Register register, long value) {
        write32(register.offset(), (int) value);
        write32(register.offset() + 4, (int) (value >>> 32));
    }
}
