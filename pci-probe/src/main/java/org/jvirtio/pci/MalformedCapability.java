package org.jvirtio.pci;

import java.util.Optional;

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

    /** The structure it would describe. */
    public Optional<StructureType> claimedType() {
        return StructureType.of(bytes.read(VirtioField.CFG_TYPE))
                .filter(type -> type.label().equals(claim));
    }
}
