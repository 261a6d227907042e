package org.jvirtio.pci;

import java.util.ArrayList;
import java.util.List;

/** The header's fields in words. */
final class HeaderMeaning {

    private static final int MULTIFUNCTION = 0x80;

    private final ConfigSnapshot bytes;
    private final List<Bar> bars;

    HeaderMeaning(ConfigSnapshot bytes, List<Bar> bars) {
        this.bytes = bytes;
        this.bars = bars;
    }

    String of(ConfigRegister register) {
        int value = (int) read(register);
        String hex = "0x" + String.format("%0" + 2 * register.width() + "x", read(register));
        return switch (register) {
            case VENDOR_ID -> value == 0x1af4 ? hex + ", that of virtio devices" : hex;
            case COMMAND -> hex + ", " + command(value);
            case STATUS -> hex + ", " + status(value);
            case HEADER_TYPE ->
                    hex
                            + ", type "
                            + (value & ~MULTIFUNCTION)
                            + ((value & MULTIFUNCTION) != 0 ? ", one of several functions" : "");
            case BAR0, BAR1, BAR2, BAR3, BAR4, BAR5 -> hex + ", " + bar(register);
            case CAPABILITIES_POINTER ->
                    value == 0
                            ? hex + ", no capabilities"
                            : hex + ", the first capability is there";
            case INTERRUPT_PIN ->
                    value >= 1 && value <= 4
                            ? hex + ", INT" + (char) ('A' + value - 1)
                            : hex + (value == 0 ? ", no pin" : ", reserved");
            default -> hex;
        };
    }

    private long read(ConfigRegister register) {
        long value = 0;
        for (int i = register.width() - 1; i >= 0; i--) {
            value = value << 8 | bytes.read8(register.offset() + i);
        }
        return value;
    }

    private static String command(int value) {
        List<String> names = new ArrayList<>();
        for (CommandBit bit : CommandBit.values()) {
            if (bit.in(value)) {
                names.add(bit.label());
            }
        }
        return names.isEmpty() ? "nothing enabled" : String.join(" ", names);
    }

    private static String status(int value) {
        List<String> names = new ArrayList<>();
        for (StatusBit bit : StatusBit.values()) {
            if (bit.in(value)) {
                names.add(bit.label());
            }
        }
        return names.isEmpty() ? "no bit set" : String.join(" ", names);
    }

    private String bar(ConfigRegister register) {
        for (Bar bar : bars) {
            if (ConfigRegister.bar(bar.index()) == register) {
                String width = bar.wide() ? "64 bits wide, lower half, " : "";
                return width + bar + " at " + Hex.of(bar.address());
            }
            if (bar.wide() && bar.index() < 5 && ConfigRegister.bar(bar.index() + 1) == register) {
                return "upper half of BAR " + bar.index();
            }
        }
        return "not implemented";
    }
}
