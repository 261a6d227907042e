package org.jvirtio.pci;

/** MSI (PCI Local Bus 3.0 section 6.8.1). virtio does not use it; shown for people. */
public record MsiCapability(CapabilityBytes bytes) implements Capability {

    private static final int WIDE = 1 << 7;
    private static final int MASKABLE = 1 << 8;

    @Override
    public String label() {
        return CapabilityId.MSI.label();
    }

    /** Bytes of the capability with this message control. */
    static int length(int control) {
        int plain = (control & WIDE) != 0 ? 14 : 10;
        // Two bytes of padding, then mask and pending bits.
        return (control & MASKABLE) != 0 ? plain + 2 + 4 + 4 : plain;
    }

    public boolean enabled() {
        return (control() & 1) != 0;
    }

    /** Vectors the platform has granted. */
    public int granted() {
        return 1 << (control() >>> 4 & 7);
    }

    /** Vectors the function asks for. */
    public int wanted() {
        return 1 << (control() >>> 1 & 7);
    }

    public boolean maskable() {
        return (control() & MASKABLE) != 0;
    }

    public boolean wide() {
        return (control() & WIDE) != 0;
    }

    public long address() {
        long low = bytes.readUnsigned(MsiField.ADDRESS);
        return wide() ? bytes.readUnsigned(MsiField.UPPER_ADDRESS) << 32 | low : low;
    }

    public int data() {
        return bytes.read(wide() ? MsiField.DATA_OF_64_BIT : MsiField.DATA_OF_32_BIT);
    }

    /** One bit per vector; 0 if not {@link #maskable}. */
    public int mask() {
        return maskable()
                ? bytes.read(wide() ? MsiField.MASK_OF_64_BIT : MsiField.MASK_OF_32_BIT)
                : 0;
    }

    /** One bit per vector; 0 if not {@link #maskable}. */
    public int pending() {
        return maskable()
                ? bytes.read(wide() ? MsiField.PENDING_OF_64_BIT : MsiField.PENDING_OF_32_BIT)
                : 0;
    }

    private int control() {
        return bytes.read(MsiField.MESSAGE_CONTROL);
    }
}
