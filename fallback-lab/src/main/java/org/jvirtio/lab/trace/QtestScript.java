package org.jvirtio.lab.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.CommandBit;
import org.jvirtio.pci.ConfigRegister;
import org.jvirtio.pci.MsixCapability;
import org.jvirtio.pci.MsixField;
import org.jvirtio.trace.Access;
import org.jvirtio.trace.Access.Direction;
import org.jvirtio.trace.Mark;
import org.jvirtio.trace.Trace;
import org.jvirtio.trace.TraceEvent;

/**
 * A trace as commands for the qtest socket of a QEMU on a PC machine (QEMU
 * docs/devel/testing/qtest), where a device of the same kind is at a known slot and no guest runs.
 *
 * <pre>
 *   outl 0xcf8 0x80002004          configuration space, by the ports of the host bridge
 *   inw 0xcfc # = 0x0103 COMMAND   what was read when it was recorded; QEMU ignores the words
 *   writel 0xfe000014 0x1          memory BARs, at the address they had
 *   inb 0xc012 # ~ 0x01 STATUS     may differ: it depends on interrupts or on requests
 * </pre>
 *
 * <p>Memory of the driver is not in a trace; the rings are zeros there, so doorbells find no work.
 * QEMU needs as much memory as the recorded machine had, and {@code -accel qtest}, or {@code -S}
 * where it was built without.
 */
public final class QtestScript {

    private static final int CONFIG_ADDRESS = 0xcf8;
    private static final int CONFIG_DATA = 0xcfc;
    private static final int CONFIG_ENABLE = 0x80000000;
    private static final int CONFIG_REACH = 0x100;
    private static final int MSIX_ENABLE = 0x8000;

    /** What interrupts and whoever switches them change. */
    private static final Set<ConfigRegister> UNSTEADY =
            Set.of(ConfigRegister.COMMAND, ConfigRegister.STATUS, ConfigRegister.INTERRUPT_LINE);

    private final NamedTrace trace;
    private final int slot;
    private final List<Bar> bars;
    private final List<String> lines = new ArrayList<>();

    private QtestScript(NamedTrace trace, int slot) {
        this.trace = trace;
        this.slot = slot;
        this.bars = FunctionHeader.bars(trace.trace().header());
    }

    /**
     * Writes a script.
     *
     * @param slot of the device on bus 0, 0 to 31; it is function 0
     */
    public static List<String> lines(Trace trace, int slot) {
        if (slot < 0 || slot > 31) {
            throw new IllegalArgumentException("slot " + slot + "; a bus has slots 0 to 31");
        }
        return new QtestScript(NamedTrace.of(trace), slot).write();
    }

    private List<String> write() {
        assignBars();
        int next = 0;
        for (TraceEvent event : trace.trace().events()) {
            if (event instanceof Mark mark) {
                follow(mark);
            } else {
                add(trace.accesses().get(next++));
            }
        }
        return lines;
    }

    /** The firmware's work, which nobody does here: each BAR where it was, and decoded. */
    private void assignBars() {
        for (Bar bar : bars) {
            configWrite(ConfigRegister.bar(bar.index()).offset(), 4, (int) bar.address());
            if (bar.wide()) {
                int high = (int) (bar.address() >>> 32);
                configWrite(ConfigRegister.bar(bar.index() + 1).offset(), 4, high);
            }
        }
        int command = FunctionHeader.config(trace.trace().header()).read(ConfigRegister.COMMAND);
        int decode = CommandBit.IO_SPACE.mask() | CommandBit.MEMORY_SPACE.mask();
        configWrite(ConfigRegister.COMMAND.offset(), 2, command | decode);
    }

    private void add(NamedAccess access) {
        Access raw = access.raw();
        if (raw.region().equals(FunctionHeader.CONFIG)) {
            addConfig(access);
            return;
        }
        for (Bar bar : bars) {
            if (FunctionHeader.regionName(bar.index()).equals(raw.region())) {
                boolean ports = bar.space() == Bar.Space.IO;
                bus(ports, bar.address() + raw.offset(), raw, expectation(access));
            }
        }
    }

    private void addConfig(NamedAccess access) {
        Access raw = access.raw();
        if (raw.end() > CONFIG_REACH) {
            lines.add("# left out, beyond what the ports reach: " + raw);
            return;
        }
        aim(raw.offset());
        bus(true, CONFIG_DATA + (raw.offset() & 3), raw, expectation(access));
    }

    private void configWrite(int offset, int width, int value) {
        Access write = new Access(0, Direction.WRITE, FunctionHeader.CONFIG, offset, width, value);
        aim(offset);
        bus(true, CONFIG_DATA + (offset & 3), write, "");
    }

    private void aim(long offset) {
        int function = CONFIG_ENABLE | (slot << 11) | ((int) offset & ~3);
        lines.add(String.format("outl 0x%x 0x%x", CONFIG_ADDRESS, function));
    }

    private void bus(boolean ports, long address, Access access, String expectation) {
        String verb = ports ? (access.isRead() ? "in" : "out") : access.isRead() ? "read" : "write";
        String width = access.width() == 1 ? "b" : access.width() == 2 ? "w" : "l";
        String value = access.isRead() ? "" : String.format(" 0x%x", access.value());
        lines.add(verb + width + String.format(" 0x%x", address) + value + expectation);
    }

    private static String expectation(NamedAccess access) {
        if (access.isWrite()) {
            return "";
        }
        return String.format(
                " # %s 0x%x %s", isSteady(access) ? "=" : "~", access.value(), access.name());
    }

    private static boolean isSteady(NamedAccess access) {
        return access.register().isEmpty()
                || !(Registered.ISR.contains(access.register().get())
                        || UNSTEADY.contains(access.register().get()));
    }

    /** What the platform did beside the accesses of the driver. */
    private void follow(Mark mark) {
        if (FunctionMark.INTERRUPTS.is(mark) && trace.map().msix().isPresent()) {
            MsixCapability msix = trace.map().msix().get();
            boolean on = FunctionMark.wordAfter(mark, 0).equals(FunctionMark.MSIX);
            int control = (msix.entries() - 1) | (on ? MSIX_ENABLE : 0);
            configWrite(msix.configOffset() + MsixField.MESSAGE_CONTROL.offset(), 2, control);
        } else {
            lines.add("# " + mark.text());
        }
    }
}
