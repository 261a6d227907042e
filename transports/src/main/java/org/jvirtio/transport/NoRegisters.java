package org.jvirtio.transport;

import org.jvirtio.Registers;

/** The registers of a structure that the device does not have. */
final class NoRegisters implements Registers {

    @Override
    public long length() {
        return 0;
    }

    @Override
    public int read8(int offset) {
        throw absent(offset);
    }

    @Override
    public int read16(int offset) {
        throw absent(offset);
    }

    @Override
    public int read32(int offset) {
        throw absent(offset);
    }

    @Override
    public void write8(int offset, int value) {
        throw absent(offset);
    }

    @Override
    public void write16(int offset, int value) {
        throw absent(offset);
    }

    @Override
    public void write32(int offset, int value) {
        throw absent(offset);
    }

    private static IndexOutOfBoundsException absent(int offset) {
        return new IndexOutOfBoundsException(
                String.format(
                        "access at 0x%x of a structure that this device does not have", offset));
    }
}
