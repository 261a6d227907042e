package org.jvirtio.model;

import org.jvirtio.Registers;
import org.jvirtio.pci.Window;

/** An opened window: accesses of a driver, on their way to the banks of a BAR. */
final class BarWindow implements Registers {

    private final ModelFunction function;
    private final Window window;

    BarWindow(ModelFunction function, Window window) {
        this.function = function;
        this.window = window;
    }

    @Override
    public long length() {
        return window.length();
    }

    @Override
    public int read8(int offset) {
        return read(offset, 1) & 0xff;
    }

    @Override
    public int read16(int offset) {
        return read(offset, 2) & 0xffff;
    }

    @Override
    public int read32(int offset) {
        return read(offset, 4);
    }

    @Override
    public void write8(int offset, int value) {
        write(offset, 1, value & 0xff);
    }

    @Override
    public void write16(int offset, int value) {
        write(offset, 2, value & 0xffff);
    }

    @Override
    public void write32(int offset, int value) {
        write(offset, 4, value);
    }

    private int read(int offset, int width) {
        return function.readBar(window.bar().index(), at(offset, width), width);
    }

    private void write(int offset, int width, int value) {
        function.writeBar(window.bar().index(), at(offset, width), width, value);
    }

    private long at(int offset, int width) {
        if (offset < 0 || offset > window.length() - width) {
            throw new IndexOutOfBoundsException(
                    width + "-byte access at offset " + offset + " of window " + window);
        }
        return window.offset() + offset;
    }
}
