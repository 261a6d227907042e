package org.jvirtio.pci;

import org.jvirtio.Registers;

/** MSI-X: where the vector table and the pending bits lie (PCI Local Bus 3.0 section 6.8.2). */
public record MsixCapability(CapabilityBytes bytes) implements Capability {

    static final int LENGTH = 12;

    private static final int ENTRIES_MASK = 0x7ff;
    private static final int FUNCTION_MASK = 1 << 14;
    private static final int ENABLE = 1 << 15;
    private static final int BAR_MASK = 7;
    private static final int ENTRY_BYTES = 16;

    @Override
    public String label() {
        return CapabilityId.MSIX.label();
    }

    /** Entries of the vector table, 1 to 2048. */
    public int entries() {
        return (control() & ENTRIES_MASK) + 1;
    }

    /** Whether it was enabled when the capability was read. */
    public boolean enabled() {
        return (control() & ENABLE) != 0;
    }

    /** Whether it is enabled at this moment, which is read from {@code config} again. */
    public boolean enabledNow(Registers config) {
        int at = bytes.configOffset() + MsixField.MESSAGE_CONTROL.offset();
        return (config.read16(at) & ENABLE) != 0;
    }

    /** True while all vectors are masked at once. */
    public boolean functionMasked() {
        return (control() & FUNCTION_MASK) != 0;
    }

    public int tableBar() {
        return bytes.read(MsixField.TABLE) & BAR_MASK;
    }

    /** Bytes from the BAR's start. */
    public long tableOffset() {
        return bytes.readUnsigned(MsixField.TABLE) & ~BAR_MASK;
    }

    /** Bytes. */
    public long tableLength() {
        return (long) entries() * ENTRY_BYTES;
    }

    public int pendingBar() {
        return bytes.read(MsixField.PENDING_BITS) & BAR_MASK;
    }

    /** Bytes from the BAR's start. */
    public long pendingOffset() {
        return bytes.readUnsigned(MsixField.PENDING_BITS) & ~BAR_MASK;
    }

    /** Bytes: one bit per entry, in units of eight bytes. */
    public long pendingLength() {
        return (entries() + 63L) / 64 * 8;
    }

    private int control() {
        return bytes.read(MsixField.MESSAGE_CONTROL);
    }
}
