package org.jvirtio.lab.trace;

import java.util.Optional;
import org.jvirtio.pci.VirtioField;
import org.jvirtio.trace.Access;

/**
 * Where the PCI_CFG capability points (virtio 1.4 section 4.1.4.9): an access to its data is one to
 * a BAR, which this class finds.
 */
final class PciCfgAim {

    private static final long UNSIGNED = 0xffffffffL;

    private final Optional<Integer> capability;
    private int bar;
    private long offset;
    private int length;

    /** Takes the place of the capability in configuration space, if there is one. */
    PciCfgAim(Optional<Integer> capability) {
        this.capability = capability;
    }

    /** The access to a BAR that this access to configuration space makes, if it makes one. */
    Optional<Access> target(Access access) {
        if (capability.isEmpty() || !access.region().equals(FunctionHeader.CONFIG)) {
            return Optional.empty();
        }
        if (isAt(access, VirtioField.PCI_CFG_DATA)) {
            return data(access);
        }
        if (access.isWrite()) {
            aim(access);
        }
        return Optional.empty();
    }

    private void aim(Access access) {
        if (isAt(access, VirtioField.BAR)) {
            bar = access.value() & 0xff;
        } else if (isAt(access, VirtioField.OFFSET)) {
            offset = access.value() & UNSIGNED;
        } else if (isAt(access, VirtioField.LENGTH)) {
            length = access.value();
        }
    }

    private Optional<Access> data(Access access) {
        if (length != 1 && length != 2 && length != 4) {
            return Optional.empty();
        }
        return Optional.of(
                new Access(
                        access.nanos(),
                        access.direction(),
                        FunctionHeader.regionName(bar),
                        offset,
                        length,
                        access.value()));
    }

    private boolean isAt(Access access, VirtioField field) {
        return access.offset() == capability.orElseThrow() + field.offset();
    }
}
