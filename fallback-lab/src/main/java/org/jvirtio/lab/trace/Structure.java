package org.jvirtio.lab.trace;

import java.util.List;
import java.util.Optional;
import org.jvirtio.Register;
import org.jvirtio.pci.LayoutKind;
import org.jvirtio.trace.Access;

/**
 * A structure of registers where a trace may find it.
 *
 * @param label for people: {@code COMMON_CFG}
 * @param layout that it is part of; empty in configuration space and for MSI-X
 * @param offset bytes from the start of the region
 * @param length bytes
 * @param stride bytes after which the registers are there again, for another queue; 0 if they are
 *     there once
 * @param source the clause that describes it
 */
record Structure(
        Kind kind,
        String label,
        Optional<LayoutKind> layout,
        String region,
        long offset,
        long length,
        long stride,
        List<Register> registers,
        String source) {

    /** What a structure is for, whatever the layout. */
    enum Kind {
        /** The header of the configuration space. */
        HEADER,
        CAPABILITY,
        /** Registers of virtio: status, features, queues, doorbells, ISR. */
        REGISTERS,
        DEVICE_CONFIG,
        /** Table or pending bits. */
        MSIX
    }

    Structure {
        registers = List.copyOf(registers);
    }

    boolean contains(Access access) {
        return access.region().equals(region)
                && access.offset() >= offset
                && access.end() <= offset + length;
    }

    /** Where an access lies in the structure, or in one of its repetitions. */
    long start(Access access) {
        long start = access.offset() - offset;
        return stride > 0 ? start % stride : start;
    }

    boolean isOf(LayoutKind kind) {
        return layout.isPresent() && layout.get() == kind;
    }

    /** The register of just this place and width, or else the one that the access lies in. */
    Optional<Register> register(Access access) {
        long start = start(access);
        Optional<Register> inside = Optional.empty();
        for (Register register : registers) {
            if (register.offset() == start && register.width() == access.width()) {
                return Optional.of(register);
            }
            boolean holds =
                    register.offset() <= start
                            && start + access.width() <= register.offset() + register.width();
            if (holds && inside.isEmpty()) {
                inside = Optional.of(register);
            }
        }
        return inside;
    }

    /** The names of all registers that lie inside of a wide access. */
    List<String> covered(Access access) {
        long start = start(access);
        return registers.stream()
                .filter(register -> register.offset() >= start)
                .filter(register -> register.offset() + register.width() <= start + access.width())
                .map(Register::name)
                .toList();
    }
}
