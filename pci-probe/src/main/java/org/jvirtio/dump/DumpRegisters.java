package org.jvirtio.dump;

import java.util.Objects;
import org.jvirtio.EnvironmentException;
import org.jvirtio.Registers;

/** Saved bytes as registers that can be read only. */
final class DumpRegisters implements Registers {

    private final String name;
    private final byte[] bytes;

    DumpRegisters(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes.clone();
    }

    @Override
    public long length() {
        return bytes.length;
    }

    @Override
    public int read8(int offset) {
        return bytes[Objects.checkIndex(offset, bytes.length)] & 0xff;
    }

    @Override
    public int read16(int offset) {
        return read8(offset) | read8(offset + 1) << 8;
    }

    @Override
    public int read32(int offset) {
        return read16(offset) | read16(offset + 2) << 16;
    }

    @Override
    public void write8(int offset, int value) {
        throw refuseWrite(1, offset);
    }

    @Override
    public void write16(int offset, int value) {
        throw refuseWrite(2, offset);
    }

    @Override
    public void write32(int offset, int value) {
        throw refuseWrite(4, offset);
    }

    private EnvironmentException refuseWrite(int width, int offset) {
        return DumpFunction.refuse(
                String.format("writing %d bytes at 0x%02x of %s", width, offset, name));
    }
}
