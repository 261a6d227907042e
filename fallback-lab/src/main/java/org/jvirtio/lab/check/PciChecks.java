package org.jvirtio.lab.check;

import static org.jvirtio.lab.check.When.modern;
import static org.jvirtio.lab.check.When.nonTransitional;
import static org.jvirtio.lab.check.When.transitional;

import java.util.Map;
import org.jvirtio.Registers;
import org.jvirtio.pci.CapabilityList;
import org.jvirtio.pci.ConfigRegister;
import org.jvirtio.pci.DeviceIdentity;
import org.jvirtio.pci.StatusBit;
import org.jvirtio.transport.CommonRegister;

/** Discovery over PCI (virtio 1.4 sections 4.1.1 to 4.1.3). */
final class PciChecks {

    private static final int MODERN_BASE = 0x1040;
    private static final int LAST_ID = 0x107f;
    private static final int LOW = 0x1234_5000;
    private static final int HIGH = 0x0000_0042;

    private PciChecks() {}

    static Map<String, Check> all() {
        return Map.ofEntries(
                Map.entry("PCI-01", PciChecks::keepsTheRulesOfPci),
                Map.entry("PCI-02", bench -> vendor(bench.identity())),
                Map.entry("PCI-03", PciChecks::hasAnIdOfItsType),
                Map.entry("PCI-04", nonTransitional(bench -> modernId(bench.identity()))),
                Map.entry("PCI-05", nonTransitional(bench -> revisionOne(bench.identity()))),
                Map.entry("PCI-06", nonTransitional(bench -> subsystem(bench.identity()))),
                Map.entry("PCI-11", transitional(bench -> revisionZero(bench.identity()))),
                Map.entry("PCI-12", transitional(bench -> subsystemIsType(bench.identity()))),
                Map.entry(
                        "PCI-13",
                        transitional(When.never("nothing but this id says that it is one"))),
                Map.entry("PCI-15", modern(PciChecks::keepsHalvesApart)));
    }

    private static Finding keepsTheRulesOfPci(Bench bench) {
        Registers config = bench.config();
        int header = config.read(ConfigRegister.HEADER_TYPE) & 0x7f;
        int pin = config.read(ConfigRegister.INTERRUPT_PIN);
        boolean listed = StatusBit.CAPABILITY_LIST.in(config.read(ConfigRegister.STATUS));
        CapabilityList list = bench.capabilities();
        boolean same = listed == !list.capabilities().isEmpty();
        return Finding.that(
                header == 0 && pin <= 4 && same && list.notes().isEmpty() && list.complete(),
                "header type %d, interrupt pin %d, capability list %s with %d entries%s",
                header,
                pin,
                listed ? "announced" : "not announced",
                list.capabilities().size(),
                list.notes().isEmpty() ? "" : ": " + String.join("; ", list.notes()));
    }

    private static Finding vendor(DeviceIdentity identity) {
        return Finding.that(
                identity.vendor() == DeviceIdentity.VIRTIO_VENDOR,
                "vendor id 0x%04x",
                identity.vendor());
    }

    private static Finding hasAnIdOfItsType(Bench bench) {
        DeviceIdentity identity = bench.identity();
        return Finding.that(
                identity.kind() != DeviceIdentity.Kind.NOT_VIRTIO
                        && identity.contradiction().isEmpty(),
                "%s",
                identity.reason());
    }

    private static Finding modernId(DeviceIdentity identity) {
        return Finding.that(
                identity.device() >= MODERN_BASE && identity.device() <= LAST_ID,
                "device id 0x%04x",
                identity.device());
    }

    private static Finding revisionOne(DeviceIdentity identity) {
        return Finding.that(identity.revision() >= 1, "revision %d", identity.revision());
    }

    private static Finding revisionZero(DeviceIdentity identity) {
        return Finding.that(identity.revision() == 0, "revision %d", identity.revision());
    }

    private static Finding subsystem(DeviceIdentity identity) {
        return Finding.that(
                identity.subsystemDevice() >= 0x40,
                "subsystem device id 0x%04x",
                identity.subsystemDevice());
    }

    private static Finding subsystemIsType(DeviceIdentity identity) {
        return Finding.that(
                identity.type().isPresent()
                        && identity.type().get().id() == identity.subsystemDevice(),
                "%s",
                identity.reason());
    }

    private static Finding keepsHalvesApart(Bench bench) {
        bench.negotiate();
        Registers common = bench.common().orElseThrow().selected(0);
        int low = CommonRegister.QUEUE_DESC.offset();
        common.write32(low, LOW);
        common.write32(low + 4, HIGH);
        int firstLow = common.read32(low);
        int firstHigh = common.read32(low + 4);
        common.write32(low + 4, 0);
        int secondLow = common.read32(low);
        common.write32(low, 0);
        return Finding.that(
                firstLow == LOW && firstHigh == HIGH && secondLow == LOW,
                "queue_desc written as 0x%08x, 0x%08x reads 0x%08x, 0x%08x; with the upper half"
                        + " cleared the lower reads 0x%08x",
                LOW,
                HIGH,
                firstLow,
                firstHigh,
                secondLow);
    }
}
