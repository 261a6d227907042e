package org.jvirtio.lab.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jvirtio.Register;
import org.jvirtio.lab.trace.Structure.Kind;
import org.jvirtio.pci.LayoutKind;
import org.jvirtio.trace.Access;
import org.jvirtio.trace.Mark;
import org.jvirtio.trace.Trace;
import org.jvirtio.trace.TraceEvent;
import org.jvirtio.transport.LegacyRegister;

/**
 * Gives the accesses of one trace their names. A name depends on what was accessed before (a
 * feature window, MSI-X, PCI_CFG), so the trace is gone through once, in its order.
 */
final class Naming {

    private final Trace trace;
    private final StructureMap map;
    private final Values values;
    private final PciCfgAim aim;
    private Optional<LayoutKind> inUse = Optional.empty();
    private Selection selection;

    Naming(Trace trace) {
        this.trace = trace;
        this.map = new StructureMap(trace.header());
        this.values = new Values(map.type());
        this.aim = new PciCfgAim(map.pciCfg());
        boolean msix = map.msix().isPresent() && map.msix().get().enabled();
        this.selection = new Selection(0, 0, 0, msix);
    }

    NamedTrace run() {
        List<NamedAccess> named = new ArrayList<>();
        for (int i = 0; i < trace.events().size(); i++) {
            TraceEvent event = trace.events().get(i);
            if (event instanceof Access access) {
                named.add(name(i, access));
            } else if (event instanceof Mark mark && FunctionMark.INTERRUPTS.is(mark)) {
                selection =
                        selection.withMsix(
                                FunctionMark.wordAfter(mark, 0).equals(FunctionMark.MSIX));
            }
        }
        return new NamedTrace(trace, map, named);
    }

    private NamedAccess name(int index, Access raw) {
        Access access = aim.target(raw).orElse(raw);
        Optional<Structure> structure =
                map.find(access, inUse).map(found -> atPresent(found, access));
        Optional<Register> register = structure.flatMap(found -> found.register(access));
        if (register.isPresent()) {
            selection = selection.after(register.get(), access);
        }
        if (structure.isPresent() && tellsTheLayout(structure.get(), register)) {
            inUse = structure.get().layout();
        }
        String meaning = register.map(r -> values.words(r, access, selection)).orElse("");
        return new NamedAccess(index, raw, access, structure, register, selection, meaning);
    }

    /** An ISR may be shared by two layouts; it does not tell which is driven. */
    private static boolean tellsTheLayout(Structure structure, Optional<Register> register) {
        return structure.layout().isPresent()
                && !(register.isPresent() && Registered.ISR.contains(register.get()));
    }

    /**
     * The legacy layout moves with MSI-X (section 4.1.4.10): without it there are no vectors, and
     * the device configuration begins where they were.
     */
    private Structure atPresent(Structure structure, Access access) {
        if (!structure.isOf(LayoutKind.LEGACY)) {
            return structure;
        }
        int start = LegacyRegister.configOffset(selection.msix());
        if (access.offset() < structure.offset() + start) {
            return structure;
        }
        return new Structure(
                Kind.DEVICE_CONFIG,
                "legacy config",
                structure.layout(),
                structure.region(),
                structure.offset() + start,
                structure.length() - start,
                0,
                map.configFields(),
                structure.source());
    }
}
