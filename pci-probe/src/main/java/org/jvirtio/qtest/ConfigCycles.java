package org.jvirtio.qtest;

import org.jvirtio.sysfs.PciAddress;

/**
 * The configuration space of one function, through the two ports of PCI's configuration mechanism
 * #1 (PCI Local Bus 3.0 section 3.2.2.3.2). It reaches the first 256 bytes.
 *
 * <pre>
 *   0xcf8  enable (31) | bus (23..16) | device (15..11) | function (10..8) | dword (7..2) | 0
 *   0xcfc  the four bytes of that dword
 * </pre>
 */
final class ConfigCycles implements BusCycles {

    /** Bytes that it reaches. */
    static final int LENGTH = 256;

    private static final int ADDRESS = 0xcf8;
    private static final int DATA = 0xcfc;
    private static final int ENABLE = 1 << 31;

    private final Object machine;
    private final BusCycles ports;
    private final int function;

    /**
     * Describes one space.
     *
     * @param machine locked from the first port to the second, which all functions share
     */
    ConfigCycles(Object machine, BusCycles ports, PciAddress address) {
        this.machine = machine;
        this.ports = ports;
        function = (address.bus() << 16) | (address.device() << 11) | (address.function() << 8);
    }

    @Override
    public int read(long offset, int width) {
        synchronized (machine) {
            select(offset);
            return ports.read(DATA + (offset & 3), width);
        }
    }

    @Override
    public void write(long offset, int width, int value) {
        synchronized (machine) {
            select(offset);
            ports.write(DATA + (offset & 3), width, value);
        }
    }

    private void select(long offset) {
        ports.write(ADDRESS, Integer.BYTES, ENABLE | function | ((int) offset & ~3));
    }
}
