package org.jvirtio.sysfs;

/**
 * Where a function is: domain, bus, device, function number. Written {@code 0000:00:04.0} by Linux;
 * {@code 00:04.0} means domain 0.
 */
public record PciAddress(int domain, int bus, int device, int function) {

    public PciAddress {
        if (domain < 0
                || domain > 0xfffff
                || bus < 0
                || bus > 255
                || device < 0
                || device > 31
                || function < 0
                || function > 7) {
            throw new IllegalArgumentException(
                    String.format(
                            "%04x:%02x:%02x.%x is no PCI address. A bus is 0 to ff, a device 0"
                                    + " to 1f, a function 0 to 7.",
                            domain, bus, device, function));
        }
    }

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException if the text is none
     */
    public static PciAddress parse(String text) {
        int dot = text.lastIndexOf('.');
        int second = text.lastIndexOf(':');
        int first = text.lastIndexOf(':', second - 1);
        boolean formed = dot == text.length() - 2 && second == dot - 3 && second - first == 3;
        if (!formed || (first >= 0 && first < 4)) {
            throw noAddress(text);
        }
        return new PciAddress(
                first < 0 ? 0 : hex(text, 0, first),
                hex(text, first + 1, second),
                hex(text, second + 1, dot),
                hex(text, dot + 1, text.length()));
    }

    private static int hex(String text, int start, int end) {
        int value = 0;
        for (int i = start; i < end; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0 || value > 0xfffff) {
                throw noAddress(text);
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private static IllegalArgumentException noAddress(String text) {
        return new IllegalArgumentException(
                "'" + text + "' is no PCI address. One looks like 0000:00:04.0 or 00:04.0.");
    }

    /** As Linux writes it. By hand: this runs often in a guest that is starting. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(12);
        appendHex(text, domain, domain > 0xffff ? 5 : 4);
        appendHex(text.append(':'), bus, 2);
        appendHex(text.append(':'), device, 2);
        appendHex(text.append('.'), function, 1);
        return text.toString();
    }

    private static void appendHex(StringBuilder text, int value, int digits) {
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            text.append(Character.forDigit(value >> shift & 15, 16));
        }
    }
}
