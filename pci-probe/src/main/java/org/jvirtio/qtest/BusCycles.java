package org.jvirtio.qtest;

/** One of the address spaces of a machine, as its processor sees it. */
interface BusCycles {

    /** One read of {@code width} bytes: 1, 2 or 4. */
    int read(long address, int width);

    /** One write of {@code width} bytes: 1, 2 or 4. */
    void write(long address, int width, int value);

    /** I/O ports: {@code inb} to {@code outl}. */
    static BusCycles ports(QtestSocket socket) {
        return commands(socket, "in", "out");
    }

    /** Memory and what is mapped there: {@code readb} to {@code writel}. */
    static BusCycles memory(QtestSocket socket) {
        return commands(socket, "read", "write");
    }

    private static BusCycles commands(QtestSocket socket, String read, String write) {
        return new BusCycles() {
            @Override
            public int read(long address, int width) {
                return (int) socket.value(read + letter(width) + " 0x" + hex(address), width);
            }

            @Override
            public void write(long address, int width, int value) {
                long bits = value & (-1L >>> (Long.SIZE - 8 * width));
                socket.command(write + letter(width) + " 0x" + hex(address) + " 0x" + hex(bits));
            }
        };
    }

    private static char letter(int width) {
        return switch (width) {
            case 1 -> 'b';
            case 2 -> 'w';
            case 4 -> 'l';
            default -> throw new IllegalArgumentException("an access of " + width + " bytes");
        };
    }

    private static String hex(long value) {
        return Long.toHexString(value);
    }
}
