package org.jvirtio.lab.check;

import static org.jvirtio.lab.check.When.legacy;
import static org.jvirtio.lab.check.When.nonTransitional;
import static org.jvirtio.lab.check.When.owingLegacy;

import java.util.Map;
import org.jvirtio.DeviceType;
import org.jvirtio.Registers;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.BarValue;
import org.jvirtio.pci.ConfigRegister;

/** The legacy interface (virtio 1.4 sections 2.7.2, 4.1.4.10 and 4.1.4.11). */
final class LegacyChecks {

    /** The clause is for platforms where drivers of the past know the id. */
    private static final String OF_ITS_PLATFORM =
            "whether a legacy driver for these ids ever was on its platform, the device does not say";

    private LegacyChecks() {}

    static Map<String, Check> all() {
        return Map.of(
                "LEG-01", owingLegacy(LegacyChecks::hasItsHeaderInPorts),
                "LEG-03", legacy(LegacyChecks::readsWithAnyWidth),
                "LEG-04", legacy(LegacyChecks::movesItsConfiguration),
                "LEG-06", When.never("no legacy register could say how bits 32 to 63 are taken"),
                "LEG-08", nonTransitional(When.never(OF_ITS_PLATFORM)),
                "LEG-10", legacy(LegacyChecks::findsTheUsedRing));
    }

    private static Finding hasItsHeaderInPorts(Bench bench) {
        int bar0 = bench.config().read(ConfigRegister.BAR0);
        boolean ports = BarValue.of(bar0).space() == Bar.Space.IO;
        return Finding.that(
                ports, "BAR0 reads 0x%08x, %s space", bar0, ports ? "I/O" : "memory or no");
    }

    private static Registers configOf(Bench bench) {
        if (bench.type() == DeviceType.ENTROPY) {
            throw new EndedException(Finding.skip("an entropy device has no configuration"));
        }
        return bench.registers().deviceConfig();
    }

    private static Finding readsWithAnyWidth(Bench bench) {
        Registers config = configOf(bench);
        bench.greet();
        int wide = config.read32(0);
        int halves = config.read16(0) | (config.read16(2) << 16);
        int bytes = 0;
        for (int i = 0; i < 4; i++) {
            bytes |= config.read8(i) << (8 * i);
        }
        return Finding.that(
                wide == halves && wide == bytes,
                "the first four bytes read 0x%08x at once, 0x%08x in halves, 0x%08x in bytes",
                wide,
                halves,
                bytes);
    }

    private static Finding movesItsConfiguration(Bench bench) {
        int without = configOf(bench).read32(0);
        int before = ((LegacyRegisters) bench.registers()).configOffset();
        bench.enableMsix(1);
        int with = bench.registers().deviceConfig().read32(0);
        int after = ((LegacyRegisters) bench.registers()).configOffset();
        bench.function().interrupts().disable();
        int again = bench.registers().deviceConfig().read32(0);
        return Finding.that(
                without == with && without == again,
                "0x%08x at %d, with MSI-X 0x%08x at %d, without again 0x%08x",
                without,
                before,
                with,
                after,
                again);
    }

    private static Finding findsTheUsedRing(Bench bench) {
        BareSplitQueue queue = bench.runSplit();
        BareQueue.Used used = bench.request(queue, bench.sample().chain());
        return Finding.that(
                used.id() == 0,
                "%d entries, used ring 0x%x bytes in: id %d, length %d",
                queue.size(),
                queue.addresses().device() - queue.addresses().descriptors(),
                used.id(),
                used.length());
    }
}
