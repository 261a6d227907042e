package org.jvirtio.pci;

import java.util.List;
import java.util.Optional;
import org.jvirtio.Registers;

/**
 * The capability list of a function, walked once and within bounds (PCI Local Bus 3.0 section 6.7).
 *
 * @param capabilities in list order
 * @param notes what was odd about the list, one sentence each
 * @param complete false if the list goes on where the configuration space cannot be read: then a
 *     missing capability means nothing
 */
public record CapabilityList(List<Capability> capabilities, List<String> notes, boolean complete) {

    public CapabilityList {
        capabilities = List.copyOf(capabilities);
        notes = List.copyOf(notes);
    }

    /** Walks the list; bytes of any kind give a list, never an exception. */
    public static CapabilityList of(Registers config) {
        return new CapabilityWalk(config).walk();
    }

    /** The first capability of a kind. */
    public <T extends Capability> Optional<T> first(Class<T> kind) {
        for (int i = 0; i < capabilities.size(); i++) {
            Capability capability = capabilities.get(i);
            if (kind.isInstance(capability)) {
                return Optional.of(kind.cast(capability));
            }
        }
        return Optional.empty();
    }
}
