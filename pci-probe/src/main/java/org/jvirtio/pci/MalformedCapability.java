package org.jvirtio.pci;

/**
 * A capability that cannot be read as what it claims to be. It is skipped; it is kept because a
 * broken capability is not an absent one.
 *
 * @param pastEnd whether it runs out of what can be read, which ends the list
 * @param reason what is wrong, with the values
 */
public record MalformedCapability(
        CapabilityBytes bytes, String claim, boolean pastEnd, String reason) implements Capability {

    @Override
    public String label() {
        return claim;
    }

    /** Whether it would describe such a structure. */
    boolean claims(StructureType type) {
        return type.cfgType() == bytes.read(VirtioField.CFG_TYPE) && type.label().equals(claim);
    }
}
