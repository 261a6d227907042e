package org.jvirtio.pci;

/** The bits of {@link ConfigRegister#COMMAND} (PCI Local Bus 3.0 section 6.2.2). */
public enum CommandBit {
    IO_SPACE(0, "I/O"),
    MEMORY_SPACE(1, "Mem"),
    BUS_MASTER(2, "BusMaster"),
    SPECIAL_CYCLES(3, "SpecCycle"),
    MEMORY_WRITE_AND_INVALIDATE(4, "MemWINV"),
    VGA_PALETTE_SNOOP(5, "VGASnoop"),
    PARITY_ERROR_RESPONSE(6, "ParErr"),
    STEPPING(7, "Stepping"),
    SERR_ENABLE(8, "SERR"),
    FAST_BACK_TO_BACK(9, "FastB2B"),
    INTERRUPT_DISABLE(10, "DisINTx");

    private final int bit;
    private final String label;

    CommandBit(int bit, String label) {
        this.bit = bit;
        this.label = label;
    }

    public int mask() {
        return 1 << bit;
    }

    /** The name lspci prints. */
    public String label() {
        return label;
    }

    public boolean in(int command) {
        return (command & mask()) != 0;
    }
}
