package org.jvirtio.lab.check;

import static org.jvirtio.lab.check.When.virtio1;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jvirtio.DeviceType;
import org.jvirtio.Registers;
import org.jvirtio.RingFeature;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.DeviceIdentity;
import org.jvirtio.pci.MalformedCapability;
import org.jvirtio.pci.StructureType;
import org.jvirtio.pci.VendorDataCapability;
import org.jvirtio.pci.VirtioCapability;

/** The virtio capabilities (virtio 1.4 section 4.1.4), as the configuration space shows them. */
final class CapabilityChecks {

    private CapabilityChecks() {}

    static Map<String, Check> all() {
        return Map.ofEntries(
                Map.entry("CAP-07", virtio1(CapabilityChecks::coversItsData)),
                Map.entry("CAP-08", When.never("which structure is the better one, nobody says")),
                Map.entry("CAP-09", virtio1(CapabilityChecks::hasCommon)),
                Map.entry("CAP-10", virtio1(bench -> has(bench, StructureType.NOTIFY))),
                Map.entry("CAP-11", virtio1(CapabilityChecks::alignsDoorbells)),
                Map.entry("CAP-12", virtio1(CapabilityChecks::hasAFittingMultiplier)),
                Map.entry("CAP-13", virtio1(CapabilityChecks::hasRoomForADoorbell)),
                Map.entry("CAP-14", virtio1(CapabilityChecks::hasRoomForEveryDoorbell)),
                Map.entry("CAP-15", virtio1(bench -> has(bench, StructureType.ISR))),
                Map.entry("CAP-16", virtio1(CapabilityChecks::hasDeviceConfig)),
                Map.entry("CAP-17", virtio1(CapabilityChecks::keepsSharedMemoryInItsBar)),
                Map.entry("CAP-18", virtio1(CapabilityChecks::keepsSharedMemoryClear)),
                Map.entry("CAP-19", virtio1(CapabilityChecks::namesAnotherVendor)),
                Map.entry("CAP-20", virtio1(CapabilityChecks::readsVendorDataTwice)),
                Map.entry("CAP-22", virtio1(bench -> has(bench, StructureType.PCI))),
                Map.entry("CAP-23", virtio1(WindowChecks::writesThroughTheWindow)),
                Map.entry("CAP-24", virtio1(WindowChecks::readsThroughTheWindow)));
    }

    static List<VirtioCapability> of(Bench bench, StructureType type) {
        return bench.capabilities().capabilities().stream()
                .filter(VirtioCapability.class::isInstance)
                .map(VirtioCapability.class::cast)
                .filter(capability -> capability.type() == type)
                .toList();
    }

    private static Finding coversItsData(Bench bench) {
        List<String> malformed =
                bench.capabilities().capabilities().stream()
                        .filter(MalformedCapability.class::isInstance)
                        .map(capability -> capability.place())
                        .toList();
        for (StructureType type : StructureType.values()) {
            for (VirtioCapability capability : of(bench, type)) {
                if (capability.capLen() < least(type)) {
                    return Finding.fail(
                            "%s has cap_len %d, its data end at %d",
                            capability.place(), capability.capLen(), least(type));
                }
            }
        }
        return Finding.that(malformed.isEmpty(), "too short or cut off: %s", malformed);
    }

    private static int least(StructureType type) {
        return switch (type) {
            case NOTIFY, PCI -> 20;
            case SHARED_MEMORY -> 24;
            default -> 16;
        };
    }

    private static Finding has(Bench bench, StructureType type) {
        List<String> places = places(of(bench, type));
        return Finding.that(!places.isEmpty(), "%s: %s", type.label(), places);
    }

    private static List<String> places(List<VirtioCapability> capabilities) {
        return capabilities.stream()
                .map(
                        capability ->
                                String.format(
                                        "BAR%d+0x%x, 0x%x bytes",
                                        capability.bar(), capability.offset(), capability.length()))
                .toList();
    }

    private static Finding every(
            Bench bench, StructureType type, Predicate<VirtioCapability> rule) {
        List<VirtioCapability> found = of(bench, type);
        return Finding.that(
                !found.isEmpty() && found.stream().allMatch(rule),
                "%s: %s",
                type.label(),
                places(found));
    }

    private static Finding hasCommon(Bench bench) {
        return every(bench, StructureType.COMMON, capability -> capability.offset() % 4 == 0);
    }

    private static int doorbellWidth(Bench bench) {
        return bench.offers(RingFeature.NOTIFICATION_DATA) ? 4 : 2;
    }

    private static Finding alignsDoorbells(Bench bench) {
        int width = doorbellWidth(bench);
        return every(bench, StructureType.NOTIFY, capability -> capability.offset() % width == 0);
    }

    private static Finding hasAFittingMultiplier(Bench bench) {
        int width = doorbellWidth(bench);
        List<Long> multipliers =
                of(bench, StructureType.NOTIFY).stream()
                        .map(VirtioCapability::notifyOffMultiplier)
                        .toList();
        return Finding.that(
                multipliers.stream().allMatch(m -> m == 0 || (Long.bitCount(m) == 1 && m >= width)),
                "notify_off_multiplier %s, doorbells of %d bytes",
                multipliers,
                width);
    }

    private static Finding hasRoomForADoorbell(Bench bench) {
        int width = doorbellWidth(bench);
        return every(bench, StructureType.NOTIFY, capability -> capability.length() >= width);
    }

    private static Finding hasRoomForEveryDoorbell(Bench bench) {
        CommonRegisters registers = bench.common().orElseThrow();
        int width = doorbellWidth(bench);
        VirtioCapability notify = of(bench, StructureType.NOTIFY).get(0);
        long last = 0;
        for (int queue = 0; queue < registers.queueCount(); queue++) {
            last =
                    Math.max(
                            last,
                            registers.notifyOff(queue) * notify.notifyOffMultiplier() + width);
        }
        return Finding.that(
                last <= notify.length(),
                "the doorbells of %d queues end at 0x%x, the structure has 0x%x bytes",
                registers.queueCount(),
                last,
                notify.length());
    }

    private static Finding hasDeviceConfig(Bench bench) {
        if (bench.type() == DeviceType.ENTROPY) {
            return Finding.skip("an entropy device has no configuration");
        }
        return every(bench, StructureType.DEVICE, capability -> capability.offset() % 4 == 0);
    }

    private static List<VirtioCapability> sharedMemory(Bench bench) {
        List<VirtioCapability> regions = of(bench, StructureType.SHARED_MEMORY);
        if (regions.isEmpty()) {
            throw new EndedException(Finding.skip("there is no shared memory"));
        }
        return regions;
    }

    private static Finding keepsSharedMemoryInItsBar(Bench bench) {
        List<VirtioCapability> regions = sharedMemory(bench);
        List<Integer> ids = regions.stream().map(VirtioCapability::instance).toList();
        boolean unique = new HashSet<>(ids).size() == ids.size();
        boolean inside = regions.stream().allMatch(region -> isInside(bench, region));
        return Finding.that(unique && inside, "ids %s at %s", ids, places(regions));
    }

    private static boolean isInside(Bench bench, VirtioCapability region) {
        for (Bar bar : bench.function().bars()) {
            if (bar.index() == region.bar()) {
                return region.offset() >= 0
                        && region.length() > 0
                        && region.offset() <= bar.length() - region.length();
            }
        }
        return false;
    }

    private static Finding keepsSharedMemoryClear(Bench bench) {
        List<VirtioCapability> regions = sharedMemory(bench);
        for (VirtioCapability region : regions) {
            for (StructureType type : StructureType.values()) {
                for (VirtioCapability other : of(bench, type)) {
                    if (type != StructureType.SHARED_MEMORY
                            && type != StructureType.PCI
                            && overlap(region, other)) {
                        return Finding.fail("%s overlaps %s", region.place(), other.place());
                    }
                }
            }
        }
        return Finding.pass("%s", places(regions));
    }

    private static boolean overlap(VirtioCapability one, VirtioCapability other) {
        return one.bar() == other.bar()
                && one.offset() < other.offset() + other.length()
                && other.offset() < one.offset() + one.length();
    }

    private static VendorDataCapability vendorData(Bench bench) {
        return bench.capabilities()
                .first(VendorDataCapability.class)
                .orElseThrow(() -> new EndedException(Finding.skip("there is no VENDOR_CFG")));
    }

    private static Finding namesAnotherVendor(Bench bench) {
        VendorDataCapability data = vendorData(bench);
        int length = data.bytes().length();
        return Finding.that(
                data.vendorId() != DeviceIdentity.VIRTIO_VENDOR && length % 4 == 0,
                "vendor id 0x%04x, %d bytes",
                data.vendorId(),
                length);
    }

    private static Finding readsVendorDataTwice(Bench bench) {
        String first = vendorData(bench).bytes().hex();
        String second = vendorData(bench).bytes().hex();
        Registers config = bench.config();
        return Finding.that(
                first.equals(second) && config.read16(0) == DeviceIdentity.VIRTIO_VENDOR,
                "%s, then %s",
                first,
                second);
    }
}
