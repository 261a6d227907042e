package org.jvirtio.lab.trace;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jvirtio.Register;
import org.jvirtio.lab.trace.Structure.Kind;
import org.jvirtio.pci.LayoutKind;
import org.jvirtio.trace.Access;

/**
 * An access with the names that the layout gives it.
 *
 * @param index of its event in the trace, from 0
 * @param raw as recorded
 * @param access what it does: {@code raw}, or for the data of PCI_CFG the access to the BAR behind
 * @param structure what it lies in; empty outside of all that the function describes
 * @param register empty where the structure has no name for the bytes
 * @param state what was selected, and enabled, at this moment
 * @param meaning the value in words, such as the names of its bits; may be empty
 */
public record NamedAccess(
        int index,
        Access raw,
        Access access,
        Optional<Structure> structure,
        Optional<Register> register,
        Selection state,
        String meaning) {

    boolean throughPciCfg() {
        return !raw.equals(access);
    }

    public boolean isRead() {
        return access.isRead();
    }

    public boolean isWrite() {
        return access.isWrite();
    }

    /** Unsigned, of the width that was accessed. */
    public int value() {
        return access.value();
    }

    /** True if it is an access to one of {@code registers}. */
    public boolean is(Register... registers) {
        return register.isPresent() && Arrays.asList(registers).contains(register.get());
    }

    /** As {@link #is}, for the sets of {@link Registered}. */
    public boolean isOneOf(Set<Register> registers) {
        return register.filter(registers::contains).isPresent();
    }

    boolean isIn(Kind kind) {
        return structure.isPresent() && structure.get().kind() == kind;
    }

    /** The layout whose structure it lies in. */
    public Optional<LayoutKind> layout() {
        return structure.flatMap(Structure::layout);
    }

    /** Bytes from the start of the register. */
    int offsetInRegister() {
        long start = structure.orElseThrow().start(access);
        return (int) (start - register.orElseThrow().offset());
    }

    /** {@code COMMON_CFG DEVICE_STATUS}, with the half of a 64-bit register; or the bare place. */
    String name() {
        if (structure.isEmpty()) {
            return "outside of every structure";
        }
        String label = structure.get().label();
        if (register.isEmpty()) {
            return String.format("%s+0x%x", label, access.offset() - structure.get().offset());
        }
        int part = offsetInRegister();
        String half = register.get().width() == 8 ? (part == 0 ? " low" : " high") : "";
        return label + " " + register.get().name() + half;
    }

    /** The clause behind the register, or behind the structure; may be empty. */
    String clause() {
        return register.map(Register::source).or(() -> structure.map(Structure::source)).orElse("");
    }

    @Override
    public String toString() {
        return "access " + index + ": " + access + " (" + name() + ")";
    }
}
