package org.jvirtio.lab.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jvirtio.Register;
import org.jvirtio.lab.trace.RuleVerdict.DoesNotApply;
import org.jvirtio.lab.trace.Structure.Kind;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.LayoutKind;
import org.jvirtio.pci.RegisterSetCapability;
import org.jvirtio.pci.RegisterSetDword;
import org.jvirtio.pci.VirtioField;
import org.jvirtio.transport.RegisterSetRegister;

/** Rules about where and how wide accesses are (virtio 1.4 section 4.1, and reference A.3). */
final class WindowRules {

    private static final String NO_WINDOW = "PCI_CFG is not used";
    private static final String OURS = "jvirtio reference A.3 ";

    private WindowRules() {}

    static List<TraceRule> all() {
        List<TraceRule> rules = new ArrayList<>(specified());
        rules.addAll(ours());
        return rules;
    }

    private static List<TraceRule> specified() {
        return List.of(
                TraceRule.of(
                        "PCI-14",
                        "4.1.3.1, MUST",
                        "each register is accessed with its own width and alignment, 64 bits as two"
                                + " accesses of 32",
                        Walk.at((access, state) -> access.layout().isPresent())
                                .holds(
                                        (access, state) -> isNatural(access),
                                        "the access does not have the register's width or place",
                                        "no register of virtio is accessed")),
                TraceRule.of(
                        "CAP-06",
                        "4.1.4.1, MUST NOT",
                        "no field of a virtio capability is written, but those of PCI_CFG",
                        Walk.at((access, state) -> isInConfigSpace(access) && access.isWrite())
                                .holds(
                                        (access, state) -> !isForbidden(access),
                                        "a driver only reads it",
                                        "the configuration space is not written")),
                TraceRule.of(
                        "CAP-25",
                        "4.1.4.9.2, MUST NOT",
                        "PCI_CFG is used with a length of 1, 2 or 4, at multiples of it",
                        Walk.at((access, state) -> isThroughWindow(access))
                                .holds(
                                        (access, state) ->
                                                access.throughPciCfg()
                                                        && access.access().offset()
                                                                        % access.access().width()
                                                                == 0
                                                        && access.access().width()
                                                                == access.raw().width(),
                                        "the offset is no multiple, or the data has another width",
                                        NO_WINDOW)),
                TraceRule.of(
                        "CAP-26",
                        "4.1.4.9.2, MUST NOT",
                        "PCI_CFG reaches only what other virtio capabilities name",
                        Walk.at((access, state) -> access.throughPciCfg())
                                .holds(
                                        (access, state) ->
                                                access.layout()
                                                        .equals(Optional.of(LayoutKind.VIRTIO1)),
                                        "no capability of virtio 1.x names that place",
                                        NO_WINDOW)),
                TraceRule.of(
                        "LEG-02",
                        "4.1.4.10, MUST",
                        "in the legacy layout only BAR0 is accessed, which is I/O space",
                        trace ->
                                Walk.at((access, state) -> isLegacyRunning(access, state))
                                        .holds(
                                                (access, state) -> isPort0(trace, access),
                                                "that is not BAR0 in I/O space",
                                                "the legacy layout is not driven")
                                        .of(trace)));
    }

    private static List<TraceRule> ours() {
        return List.of(
                new TraceRule(
                        "SED-06",
                        OURS + "#6 and #8, MUST NOT",
                        "once a layout is driven no register of another is accessed, but the ISR",
                        Walk.at(
                                        (access, state) ->
                                                state.status() != 0 && access.layout().isPresent())
                                .holds(
                                        (access, state) ->
                                                access.layout().equals(state.layout())
                                                        || isIsr(access),
                                        (access, state) ->
                                                "the device is driven through the layout "
                                                        + state.layout()
                                                                .map(LayoutKind::label)
                                                                .orElse(""),
                                        "no layout is driven")),
                new TraceRule(
                        "SED-07",
                        OURS + "#6, MUST",
                        "the ISR of register sets is read where the isr dword says, else at 0x44",
                        WindowRules::readsTheRightIsr),
                new TraceRule(
                        "SED-13",
                        OURS + "#12, MUST",
                        "MSI-X is where the MSI-X capability says, not where optional dwords do",
                        WindowRules::ignoresMsixDwords));
    }

    private static RuleVerdict readsTheRightIsr(NamedTrace trace) {
        boolean own =
                trace.map().all().stream()
                        .anyMatch(
                                structure ->
                                        structure.isOf(LayoutKind.REGISTER_SET)
                                                && structure.label().equals("virtio-isr"));
        return Walk.at(
                        (access, state) ->
                                isIsr(access)
                                        && state.layout()
                                                .equals(Optional.of(LayoutKind.REGISTER_SET)))
                .holds(
                        (access, state) -> own != access.is(RegisterSetRegister.ISR_STATUS),
                        own ? "there is a virtio-isr set" : "there is no virtio-isr set",
                        "the ISR is not read through register sets")
                .of(trace);
    }

    private static RuleVerdict ignoresMsixDwords(NamedTrace trace) {
        Optional<RegisterSetCapability> sets = trace.map().registerSets();
        if (sets.isEmpty() || !sets.get().location(RegisterSetDword.MSIX_TABLE).present()) {
            return new DoesNotApply("no register-set capability has dwords for MSI-X");
        }
        return Walk.at((access, state) -> access.layout().isEmpty() && !isInConfigSpace(access))
                .holds(
                        (access, state) -> access.isIn(Kind.MSIX),
                        "the MSI-X capability does not name that place",
                        "nothing is accessed but registers of virtio")
                .of(trace);
    }

    private static boolean isNatural(NamedAccess access) {
        int width = access.access().width();
        if (access.access().offset() % width != 0 || access.register().isEmpty()) {
            // Configuration of a type whose fields have no names here: alignment is all we know.
            return access.access().offset() % width == 0 && access.isIn(Kind.DEVICE_CONFIG);
        }
        Register register = access.register().get();
        int part = access.offsetInRegister();
        return width == Math.min(4, register.width())
                && (part == 0 || (register.width() == 8 && part == 4));
    }

    private static boolean isInConfigSpace(NamedAccess access) {
        return access.access().region().equals(FunctionHeader.CONFIG);
    }

    /** The capabilities of virtio, old and new; that of MSI-X is the platform's. */
    private static boolean isForbidden(NamedAccess access) {
        if (!access.isIn(Kind.CAPABILITY)) {
            return false;
        }
        Structure capability = access.structure().orElseThrow();
        boolean window = capability.registers().contains(VirtioField.PCI_CFG_DATA);
        return !window
                && (capability.registers().contains(VirtioField.CFG_TYPE)
                        || capability.registers().contains(RegisterSetDword.LEGACY));
    }

    private static boolean isThroughWindow(NamedAccess access) {
        return access.throughPciCfg() || access.is(VirtioField.PCI_CFG_DATA);
    }

    private static boolean isLegacyRunning(NamedAccess access, DriverState state) {
        return state.isLegacy() && state.status() != 0 && !isInConfigSpace(access);
    }

    private static boolean isPort0(NamedTrace trace, NamedAccess access) {
        return access.access().region().equals(FunctionHeader.regionName(0))
                && FunctionHeader.bars(trace.trace().header()).stream()
                        .anyMatch(bar -> bar.index() == 0 && bar.space() == Bar.Space.IO);
    }

    private static boolean isIsr(NamedAccess access) {
        return access.register().isPresent() && Registered.ISR.contains(access.register().get());
    }
}
