package org.jvirtio.pci;

/**
 * The vendor capability of the mail of 2011: one dword for each register set. What the mail leaves
 * open is decided in {@link RegisterSetRules}.
 *
 * <pre>
 *   +0 09   +1 next   +2 cap_len   +3 81
 *   +4 legacy   +8 virtio-pci   +12 virtio-config   +16 virtio-isr
 *   +20 msi-x table   +24 msi-x pba   (both optional)
 * </pre>
 */
public record RegisterSetCapability(CapabilityBytes bytes) implements Capability {

    static final String LABEL = "register-set";

    /**
     * Where one register set lies: bit 31 present, bits 26 to 24 BAR, bits 23 to 0 offset in bytes.
     */
    public record Location(int dword) {

        public boolean present() {
            return dword < 0;
        }

        /** 0 to 7; a function has 0 to 5. */
        public int bar() {
            return dword >>> 24 & 7;
        }

        /** Bytes from the BAR's start, below 16 MiB. */
        public long offset() {
            return dword & 0xffffff;
        }

        /** Bits 30 to 27, which the mail does not mention; a device should leave them 0. */
        public int reserved() {
            return dword >>> 27 & 0xf;
        }

        /** {@code 0x81000100: present, BAR1+0x100}. */
        @Override
        public String toString() {
            return "0x"
                    + Hex.digits8(dword)
                    + (present() ? ": present, BAR" + bar() + "+" + Hex.of(offset()) : ": absent");
        }
    }

    @Override
    public String label() {
        return LABEL;
    }

    /** A dword past the capability's end is not present. */
    public Location location(RegisterSetDword set) {
        return new Location(bytes.has(set) ? bytes.read(set) : 0);
    }
}
