package org.jvirtio.lab.overlay;

import java.util.List;
import org.jvirtio.Registers;
import org.jvirtio.pci.Window;

/** A window behind a mask: every access reaches the function, and some answers are changed. */
final class ShownRegisters implements Registers {

    private final Registers registers;
    private final Window window;
    private final List<Lie> lies;

    /**
     * Lays the mask over a window.
     *
     * @param window as the driver sees it
     */
    ShownRegisters(Registers registers, Window window, List<Lie> lies) {
        this.registers = registers;
        this.window = window;
        this.lies = lies;
    }

    @Override
    public long length() {
        return registers.length();
    }

    @Override
    public int read8(int offset) {
        return answer(offset, 1, registers.read8(offset));
    }

    @Override
    public int read16(int offset) {
        return answer(offset, 2, registers.read16(offset));
    }

    @Override
    public int read32(int offset) {
        return answer(offset, 4, registers.read32(offset));
    }

    @Override
    public void write8(int offset, int value) {
        note(offset, 1, value);
        registers.write8(offset, value);
    }

    @Override
    public void write16(int offset, int value) {
        note(offset, 2, value);
        registers.write16(offset, value);
    }

    @Override
    public void write32(int offset, int value) {
        note(offset, 4, value);
        registers.write32(offset, value);
    }

    private int answer(int offset, int width, int truth) {
        int answer = truth;
        for (Lie lie : lies) {
            answer = lie.answer(window.bar().index(), window.offset() + offset, width, answer);
        }
        return answer;
    }

    private void note(int offset, int width, int value) {
        for (Lie lie : lies) {
            lie.note(window.bar().index(), window.offset() + offset, width, value);
        }
    }
}
