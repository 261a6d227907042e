package org.jvirtio.pci;

/**
 * The bits of {@link ConfigRegister#STATUS} (PCI Local Bus 3.0 section 6.2.3), in the order lspci
 * prints them. Bits 10 and 9 are not flags but a number, the DEVSEL timing.
 */
public enum StatusBit {
    CAPABILITY_LIST(4, "Cap"),
    MHZ_66(5, "66MHz"),
    USER_DEFINABLE_FEATURES(6, "UDF"),
    FAST_BACK_TO_BACK(7, "FastB2B"),
    MASTER_DATA_PARITY_ERROR(8, "ParErr"),
    SIGNALED_TARGET_ABORT(11, ">TAbort"),
    RECEIVED_TARGET_ABORT(12, "<TAbort"),
    RECEIVED_MASTER_ABORT(13, "<MAbort"),
    SIGNALED_SYSTEM_ERROR(14, ">SERR"),
    DETECTED_PARITY_ERROR(15, "<PERR"),
    INTERRUPT(3, "INTx");

    private final int bit;
    private final String label;

    StatusBit(int bit, String label) {
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

    public boolean in(int status) {
        return (status & mask()) != 0;
    }
}
