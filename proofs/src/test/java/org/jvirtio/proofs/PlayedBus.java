package org.jvirtio.proofs;

import java.util.Locale;
import java.util.Optional;
import org.jvirtio.Registers;
import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.model.EmulatedFunction;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.Window;

/**
 * A bus with one model at 00:04.0, as the commands of qtest see it: configuration space behind two
 * ports, and registers wherever its BARs were put.
 */
final class PlayedBus {

    private static final int FUNCTION = 0x8000_2000;
    private static final int FIRST_BAR = 0x10;
    private static final int BARS = 6;
    private static final int ADDRESS = 0xcf8;
    private static final int DATA = 0xcfc;

    private final EmulatedFunction function;
    private final int[] held = new int[BARS];
    private int selected;

    PlayedBus(String device) {
        function = EmulatedDevices.parse(device);
    }

    /**
     * To {@code inl 0xcfc}, {@code writeb 0xe0000014 0x0} and their like; nobody else lies there.
     */
    String answer(String[] words) {
        boolean reads = words[0].startsWith("in") || words[0].startsWith("read");
        if (words[0].startsWith("irq")) {
            return "OK\n";
        }
        boolean ports = words[0].startsWith("in") || words[0].startsWith("out");
        int width = width(words[0]);
        long address = Long.decode(words[1]);
        int value = reads ? 0 : Long.decode(words[2]).intValue();
        int read =
                ports
                        ? port(address, width, reads, value)
                        : bar(false, address, width, reads, value);
        return reads
                ? String.format(Locale.ROOT, "OK 0x%x\n", read & (-1L >>> (Long.SIZE - 8 * width)))
                : "OK\n";
    }

    private static int width(String command) {
        return switch (command.charAt(command.length() - 1)) {
            case 'b' -> 1;
            case 'w' -> 2;
            default -> 4;
        };
    }

    private int port(long address, int width, boolean reads, int value) {
        if (address == ADDRESS) {
            selected = value;
            return 0;
        }
        if ((address & ~3) != DATA) {
            return bar(true, address, width, reads, value);
        }
        if ((selected & ~0xff) != FUNCTION) {
            return -1;
        }
        int offset = (selected & 0xfc) + (int) (address & 3);
        int index = (offset - FIRST_BAR) / 4;
        if (offset >= FIRST_BAR && index < BARS) {
            held[index] = reads ? held[index] : value;
            return register(index);
        }
        return access(function.config(), offset, width, reads, value);
    }

    /** What a BAR keeps of what was written to it. */
    private int register(int index) {
        Optional<Bar> bar = bar(index);
        if (bar.isPresent()) {
            boolean io = bar.get().space() == Bar.Space.IO;
            int fixed = io ? 1 : bar.get().wide() ? 0xc : 0;
            return (held[index] & (int) -bar.get().length() & ~0xf) | fixed;
        }
        return index > 0 && bar(index - 1).map(Bar::wide).orElse(false) ? held[index] : 0;
    }

    private Optional<Bar> bar(int index) {
        return function.bars().stream().filter(bar -> bar.index() == index).findFirst();
    }

    private int bar(boolean ports, long address, int width, boolean reads, int value) {
        for (Bar bar : function.bars()) {
            long start = register(bar.index()) & 0xffff_fff0L;
            boolean same = ports == (bar.space() == Bar.Space.IO);
            if (same && address >= start && address - start <= bar.length() - width) {
                Registers registers = function.open(new Window(bar, 0, bar.length()));
                return access(registers, (int) (address - start), width, reads, value);
            }
        }
        return -1;
    }

    private static int access(
            Registers registers, int offset, int width, boolean reads, int value) {
        try {
            return reads ? read(registers, offset, width) : write(registers, offset, width, value);
        } catch (RuntimeException refused) {
            return -1; // The model has nothing there, or was told nonsense.
        }
    }

    private static int read(Registers registers, int offset, int width) {
        return switch (width) {
            case 1 -> registers.read8(offset);
            case 2 -> registers.read16(offset);
            default -> registers.read32(offset);
        };
    }

    private static int write(Registers registers, int offset, int width, int value) {
        switch (width) {
            case 1 -> registers.write8(offset, value);
            case 2 -> registers.write16(offset, value);
            default -> registers.write32(offset, value);
        }
        return 0;
    }
}
