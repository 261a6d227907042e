package org.jvirtio.pci;

import java.util.List;

/**
 * A capability in words.
 *
 * @param configOffset where it starts
 */
record DecodedCapability(int configOffset, String title, List<DecodedLine> lines) {

    DecodedCapability {
        lines = List.copyOf(lines);
    }

    static DecodedCapability of(Capability capability, String title, DecodedLine... lines) {
        return new DecodedCapability(capability.configOffset(), title, List.of(lines));
    }
}
