package org.jvirtio.pci;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.Registers;

/** Decodes the header of a configuration space: ids, flags, interrupt, regions. */
final class HeaderDecoder {

    private static final String[] DEVSEL = {"fast", "medium", "slow", "??"};
    private static final int DEVSEL_SHIFT = 9;

    /** MIN_GRANT and MAX_LATENCY count quarters of a microsecond. */
    private static final int NANOSECONDS = 250;

    private static final int ROM_ENABLED = 1;
    private static final int ROM_ADDRESS = 0xfffff800;

    private final Registers config;
    private final List<Bar> bars;
    private final int command;
    private final List<DecodedLine> lines = new ArrayList<>();

    HeaderDecoder(Registers config, List<Bar> bars) {
        this.config = config;
        this.bars = bars;
        this.command = config.read(ConfigRegister.COMMAND);
    }

    String title() {
        int revision = config.read(ConfigRegister.REVISION_ID);
        int programming = config.read(ConfigRegister.PROGRAMMING_INTERFACE);
        return String.format(
                        "%04x: %04x:%04x",
                        config.read(ConfigRegister.CLASS_CODE),
                        config.read(ConfigRegister.VENDOR_ID),
                        config.read(ConfigRegister.DEVICE_ID))
                + (revision == 0 ? "" : String.format(" (rev %02x)", revision))
                + (programming == 0 ? "" : String.format(" (prog-if %02x)", programming));
    }

    List<DecodedLine> lines() {
        DeviceIdentity identity = DeviceIdentity.of(config);
        if (identity.kind() != DeviceIdentity.Kind.NOT_VIRTIO) {
            add("Virtio", DecodedField.plain("identity", identity));
        }
        if (isEndpoint()) {
            subsystem();
        }
        flags();
        if (CommandBit.BUS_MASTER.in(command)) {
            latency();
        }
        interrupt();
        for (Bar bar : bars) {
            region(bar);
        }
        if (isEndpoint()) {
            rom();
        }
        return lines;
    }

    private boolean isEndpoint() {
        return (config.read(ConfigRegister.HEADER_TYPE) & 0x7f) == 0;
    }

    private void subsystem() {
        int vendor = config.read(ConfigRegister.SUBSYSTEM_VENDOR_ID);
        if (vendor != 0 && vendor != 0xffff) {
            int device = config.read(ConfigRegister.SUBSYSTEM_ID);
            add("Subsystem", DecodedField.plain("ids", String.format("%04x:%04x", vendor, device)));
        }
    }

    private void flags() {
        List<DecodedField> control = new ArrayList<>();
        for (CommandBit bit : CommandBit.values()) {
            control.add(DecodedField.flag(bit.label(), bit.in(command)));
        }
        lines.add(new DecodedLine("Control", control));
        int status = config.read(ConfigRegister.STATUS);
        List<DecodedField> flags = new ArrayList<>();
        for (StatusBit bit : StatusBit.values()) {
            if (bit == StatusBit.SIGNALED_TARGET_ABORT) {
                flags.add(DecodedField.equal("DEVSEL", DEVSEL[status >>> DEVSEL_SHIFT & 3]));
            }
            flags.add(DecodedField.flag(bit.label(), bit.in(status)));
        }
        lines.add(new DecodedLine("Status", flags));
    }

    private void latency() {
        int least = config.read(ConfigRegister.MIN_GRANT) * NANOSECONDS;
        int most = config.read(ConfigRegister.MAX_LATENCY) * NANOSECONDS;
        int line = config.read(ConfigRegister.CACHE_LINE_SIZE) * 4;
        List<String> bounds = new ArrayList<>();
        if (isEndpoint() && least != 0) {
            bounds.add(least + "ns min");
        }
        if (isEndpoint() && most != 0) {
            bounds.add(most + "ns max");
        }
        String text =
                config.read(ConfigRegister.LATENCY_TIMER)
                        + (bounds.isEmpty() ? "" : " (" + String.join(", ", bounds) + ")")
                        + (line == 0 ? "" : ", Cache Line Size: " + line + " bytes");
        add("Latency", DecodedField.plain("timer", text));
    }

    private void interrupt() {
        int pin = config.read(ConfigRegister.INTERRUPT_PIN);
        int line = config.read(ConfigRegister.INTERRUPT_LINE);
        if (pin != 0 || line != 0) {
            add(
                    "Interrupt",
                    DecodedField.words(
                            "pin", pin == 0 ? "?" : String.valueOf((char) ('A' + pin - 1))),
                    DecodedField.words("routed", "to IRQ " + line));
        }
    }

    private void region(Bar bar) {
        boolean io = bar.space() == Bar.Space.IO;
        CommandBit decoding = io ? CommandBit.IO_SPACE : CommandBit.MEMORY_SPACE;
        String address =
                bar.address() == 0
                        ? "<unassigned>"
                        : String.format(io ? "%04x" : "%08x", bar.address());
        String kind =
                io
                        ? "I/O ports at " + address
                        : "Memory at "
                                + address
                                + (bar.wide() ? " (64-bit, " : " (32-bit, ")
                                + (bar.prefetchable() ? "prefetchable)" : "non-prefetchable)");
        add(
                "Region " + bar.index(),
                DecodedField.plain(
                        "region",
                        kind
                                + (decoding.in(command) ? "" : " [disabled]")
                                + (bar.lengthKnown() ? " [size=" + size(bar.length()) + "]" : "")));
    }

    /** {@code 512K}, in the largest unit that divides it. */
    static String size(long length) {
        long rest = length;
        int unit = 0;
        while (rest >= 1024 && rest % 1024 == 0 && unit < 4) {
            rest /= 1024;
            unit++;
        }
        return rest + "KMGT".substring(Math.max(unit - 1, 0), unit);
    }

    private void rom() {
        int rom = config.read(ConfigRegister.EXPANSION_ROM);
        if (rom == 0) {
            return;
        }
        String address =
                (rom & ROM_ADDRESS) == 0
                        ? "<unassigned>"
                        : String.format("%08x", rom & ROM_ADDRESS);
        String state =
                (rom & ROM_ENABLED) == 0
                        ? " [disabled]"
                        : CommandBit.MEMORY_SPACE.in(command) ? "" : " [disabled by cmd]";
        lines.add(DecodedLine.of("", DecodedField.words("Expansion ROM at", address + state)));
    }

    private void add(String label, DecodedField... fields) {
        lines.add(DecodedLine.of(label, fields));
    }
}
