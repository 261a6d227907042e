package org.jvirtio.pci;

import java.util.Optional;

/** The values of cfg_type that describe a structure in a BAR (virtio 1.4 section 4.1.4). */
public enum StructureType {
    COMMON(1, "COMMON_CFG", 16, "4.1.4.3"),
    NOTIFY(2, "NOTIFY_CFG", 20, "4.1.4.4"),
    ISR(3, "ISR_CFG", 16, "4.1.4.5"),
    DEVICE(4, "DEVICE_CFG", 16, "4.1.4.6"),
    /**
     * The window into the BARs. Its data at +16 belongs to the capability, but a cap_len of 16 seen
     * in the field (Cloud Hypervisor) is harmless, since nothing follows from it.
     */
    PCI(5, "PCI_CFG", 16, "4.1.4.9"),
    SHARED_MEMORY(8, "SHARED_MEMORY_CFG", 24, "4.1.4.7");

    private static final StructureType[] ALL = values();

    private final int cfgType;
    private final String label;
    private final int leastCapLen;
    private final String source;

    StructureType(int cfgType, String label, int leastCapLen, String section) {
        this.cfgType = cfgType;
        this.label = label;
        this.leastCapLen = leastCapLen;
        this.source = "virtio 1.4 section " + section;
    }

    public int cfgType() {
        return cfgType;
    }

    /** The name in the specification without its prefix: {@code COMMON_CFG}. */
    public String label() {
        return label;
    }

    /** Bytes that the capability must have at least to be read. */
    public int leastCapLen() {
        return leastCapLen;
    }

    public String source() {
        return source;
    }

    public static Optional<StructureType> of(int cfgType) {
        for (StructureType type : ALL) {
            if (type.cfgType == cfgType) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
