package org.jvirtio.lab.check;

import static org.jvirtio.lab.check.When.nonTransitional;
import static org.jvirtio.lab.check.When.registerSet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jvirtio.RingFeature;
import org.jvirtio.pci.DeviceIdentity;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.Policy;
import org.jvirtio.pci.RegisterSetCapability;
import org.jvirtio.pci.RegisterSetDword;

/** The register sets of the mail of 2011, as this project decided what the mail leaves open. */
final class RegisterSetChecks {

    private static final int CFG_TYPE = 0x81;

    private RegisterSetChecks() {}

    static Map<String, Check> all() {
        return Map.of(
                "SED-01", registerSet(RegisterSetChecks::hasItsCapability),
                "SED-02", registerSet(RegisterSetChecks::leavesReservedBits),
                "SED-09", registerSet(RegisterSetChecks::offersVersion1),
                "SED-11", registerSet(RegisterSetChecks::keepsToOneLayout),
                "SED-14", registerSet(nonTransitional(RegisterSetChecks::hasAModernIdentity)));
    }

    private static RegisterSetCapability capability(Bench bench) {
        return bench.capabilities().first(RegisterSetCapability.class).orElseThrow();
    }

    private static Finding hasItsCapability(Bench bench) {
        RegisterSetCapability capability = capability(bench);
        int type = bench.config().read8(capability.configOffset() + 3);
        int length = bench.config().read8(capability.configOffset() + 2);
        return Finding.that(
                type == CFG_TYPE && (length == 20 || length == 28),
                "id 0x%02x, byte 3 0x%02x, cap_len %d",
                capability.id(),
                type,
                length);
    }

    private static Finding leavesReservedBits(Bench bench) {
        List<String> dwords = new ArrayList<>();
        boolean clear = true;
        for (RegisterSetDword dword : RegisterSetDword.values()) {
            RegisterSetCapability.Location location = capability(bench).location(dword);
            clear &= location.reserved() == 0;
            dwords.add(dword.label() + " " + location);
        }
        return Finding.that(clear, "%s", String.join("; ", dwords));
    }

    private static Finding offersVersion1(Bench bench) {
        return Finding.that(
                bench.offers(RingFeature.VERSION_1),
                "window 1 of the offered features is 0x%08x",
                bench.registers().offered(1));
    }

    private static Finding keepsToOneLayout(Bench bench) {
        if (!bench.shows(Policy.Order.LEGACY)) {
            return Finding.skip("there is no other layout");
        }
        BareRegisters legacy =
                new BareOpener(bench.function())
                        .open(
                                LayoutChoice.of(bench.function(), Policy.of(Policy.Order.LEGACY))
                                        .require());
        bench.greet();
        int own = bench.registers().status();
        int other = legacy.status();
        legacy.writeStatus(0x83);
        int after = bench.registers().status();
        legacy.writeStatus(0);
        int reset = bench.registers().status();
        return Finding.that(
                other == 0 && after == own && reset == 0,
                "status 0x%02x, through the legacy layout 0x%02x; after 0x83 was written there"
                        + " 0x%02x, after 0 0x%02x",
                own,
                other,
                after,
                reset);
    }

    private static Finding hasAModernIdentity(Bench bench) {
        DeviceIdentity identity = bench.identity();
        return Finding.that(
                identity.kind() == DeviceIdentity.Kind.NON_TRANSITIONAL && identity.revision() >= 1,
                "%s",
                identity);
    }
}
