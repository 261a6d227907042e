package org.jvirtio.lab.check;

import org.jvirtio.Registers;

/** Registers that start some bytes into others. */
record Shifted(Registers whole, int start) implements Registers {

    @Override
    public long length() {
        return whole.length() - start;
    }

    @Override
    public int read8(int offset) {
        return whole.read8(start + offset);
    }

    @Override
    public int read16(int offset) {
        return whole.read16(start + offset);
    }

    @Override
    public int read32(int offset) {
        return whole.read32(start + offset);
    }

    @Override
    public void write8(int offset, int value) {
        whole.write8(start + offset, value);
    }

    @Override
    public void write16(int offset, int value) {
        whole.write16(start + offset, value);
    }

    @Override
    public void write32(int offset, int value) {
        whole.write32(start + offset, value);
    }
}
