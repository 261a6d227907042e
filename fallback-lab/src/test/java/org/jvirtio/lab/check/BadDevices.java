package org.jvirtio.lab.check;

import static org.jvirtio.lab.check.ConsoleLies.breaksInAnEmergency;
import static org.jvirtio.lab.check.ConsoleLies.removes;
import static org.jvirtio.lab.check.Lie.Place.COMMON;
import static org.jvirtio.lab.check.Lie.Place.CONFIG;
import static org.jvirtio.lab.check.Lie.Place.ISR;
import static org.jvirtio.lab.check.Lie.Place.LEGACY;
import static org.jvirtio.lab.check.Lie.Place.PCI;
import static org.jvirtio.lab.check.Lies.afterDoorbell;
import static org.jvirtio.lab.check.Lies.alsoOffers;
import static org.jvirtio.lab.check.Lies.changes;
import static org.jvirtio.lab.check.Lies.deaf;
import static org.jvirtio.lab.check.Lies.loses;
import static org.jvirtio.lab.check.Lies.losesAt;
import static org.jvirtio.lab.check.Lies.pciByte;
import static org.jvirtio.lab.check.Lies.reads;
import static org.jvirtio.lab.check.Lies.readsAt;
import static org.jvirtio.lab.check.Lies.sharedMemory;
import static org.jvirtio.lab.check.NetLies.answersOddly;
import static org.jvirtio.lab.check.NetLies.breaksTags;
import static org.jvirtio.lab.check.NetLies.keepsItsTable;
import static org.jvirtio.lab.check.NetLies.staysPromiscuous;
import static org.jvirtio.lab.check.NetLies.whenSent;
import static org.jvirtio.transport.CommonRegister.CONFIG_GENERATION;
import static org.jvirtio.transport.CommonRegister.CONFIG_MSIX_VECTOR;
import static org.jvirtio.transport.CommonRegister.DEVICE_FEATURE;
import static org.jvirtio.transport.CommonRegister.DEVICE_STATUS;
import static org.jvirtio.transport.CommonRegister.DRIVER_FEATURE;
import static org.jvirtio.transport.CommonRegister.QUEUE_DESC;
import static org.jvirtio.transport.CommonRegister.QUEUE_ENABLE;
import static org.jvirtio.transport.CommonRegister.QUEUE_MSIX_VECTOR;
import static org.jvirtio.transport.CommonRegister.QUEUE_RESET;
import static org.jvirtio.transport.CommonRegister.QUEUE_SIZE;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.jvirtio.Registers;
import org.jvirtio.lab.Subject;
import org.jvirtio.memory.NativeMemory;
import org.jvirtio.model.BlockModel;
import org.jvirtio.model.BlockOptions;
import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.model.EmulatedFunction;
import org.jvirtio.model.FunctionOptions;
import org.jvirtio.model.MemoryBacking;
import org.jvirtio.pci.CapabilityList;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.pci.RegisterSetCapability;
import org.jvirtio.pci.StructureType;
import org.jvirtio.pci.VirtioCapability;
import org.jvirtio.transport.LegacyRegister;

/** For each row a device that violates it. */
final class BadDevices {

    private static final String BLOCK = "block,layout=virtio1,offer=all";
    private static final String COMMANDED_NET = "net,layout=virtio1,offer=all";
    private static final String NET = COMMANDED_NET + ",control=off,checksums=off";
    private static final String CONSOLE = "console,layout=virtio1,ports=4";
    private static final String OLD_BLOCK = "block,layout=legacy";
    private static final String BOTH = "block,layout=transitional";
    private static final String SETS = "block,layout=register-set";

    private static final int NO_VECTOR = 0xffff;

    private final Map<String, Subject> devices = new LinkedHashMap<>();

    BadDevices() {
        status();
        features();
        initialisation();
        pci();
        capabilities();
        common();
        notifications();
        rings();
        block();
        console();
        net();
        registerSets();
    }

    Map<String, Subject> all() {
        return devices;
    }

    private void bad(String id, String device, Lie... lies) {
        bad(id, device, Policy.Order.VIRTIO1, lies);
    }

    private void old(String id, String device, Lie... lies) {
        bad(id, device, Policy.Order.LEGACY, lies);
    }

    private void sets(String id, String device, Lie... lies) {
        bad(id, device, Policy.Order.REGISTER_SET, lies);
    }

    private void bad(String id, String device, Policy.Order order, Lie... lies) {
        subject(id, order, () -> new Liar(EmulatedDevices.parse(device), lies));
    }

    private void subject(String id, Policy.Order order, Supplier<PciFunction> opener) {
        devices.put(id, new Subject("bad", order, opener, "none"));
    }

    private static Lie isr(IntUnaryOperator change) {
        return readsAt(ISR, 0, change);
    }

    private void status() {
        bad("STA-05", BLOCK, changes(COMMON, DEVICE_STATUS, v -> (v & 8) != 0 ? v | 4 : v));
        bad("STA-06", BLOCK, reads(COMMON, DEVICE_STATUS, v -> v & ~0x40));
        bad("STA-07", BLOCK, isr(v -> v & ~2));
        bad("STA-08", BLOCK + ",fault=stuck-reset");
        bad("STA-09", BLOCK, isr(v -> v | 1));
    }

    private void features() {
        bad("FEA-06", NET, alsoOffers(7));
        bad("FEA-07", BLOCK, changes(COMMON, DRIVER_FEATURE, v -> v & ~(1 << 17)));
        bad("FEA-08", BLOCK, alsoOffers(49));
        bad("FEA-09", BLOCK, reads(COMMON, DEVICE_STATUS, v -> v & ~8));
        old("FEA-11", BOTH, deaf());
        bad("FEA-20", BLOCK, reads(COMMON, DEVICE_FEATURE, v -> v & ~1));
        bad("FEA-22", BLOCK + ",fault=order-broken");
        bad("FEA-23", BLOCK, alsoOffers(37));
        old("FEA-24", BOTH, reads(LEGACY, LegacyRegister.DEVICE_FEATURES, v -> v & ~(1 << 27)));
        old("FEA-27", OLD_BLOCK, alsoOffers(24));
        bad("COM-10", BLOCK, alsoOffers(41));
    }

    private void initialisation() {
        int[] count = new int[1];
        bad("CFG-04", BLOCK, readsAt(CONFIG, 20, v -> v + count[0]++));
        bad("INI-16", BLOCK, alsoOffers(43));
        old("INI-08", OLD_BLOCK, writesStatusWithConfig());
        old("INI-09", OLD_BLOCK, hearsOnlyOnceRunning());
    }

    private static Lie writesStatusWithConfig() {
        return new Lie() {
            @Override
            public boolean write(
                    Liar liar, Registers raw, Place place, int offset, int width, int value) {
                boolean config = place == Place.LEGACY && offset >= 20;
                if (config) {
                    raw.write8(18, 0x83);
                }
                return config;
            }
        };
    }

    private static Lie hearsOnlyOnceRunning() {
        return new Lie() {
            @Override
            public boolean write(
                    Liar liar, Registers raw, Place place, int offset, int width, int value) {
                return place == Place.LEGACY && offset == 16 && (raw.read8(18) & 4) == 0;
            }
        };
    }

    private void pci() {
        bad("PCI-01", BLOCK, pciByte(0x0e, 1));
        bad("PCI-02", BLOCK, pciByte(0, 0xf5));
        old("PCI-03", OLD_BLOCK, pciByte(2, 0));
        bad("PCI-04", BLOCK, pciByte(2, 1), pciByte(3, 0x10), pciByte(0x2e, 2), pciByte(0x2f, 0));
        bad("PCI-05", BLOCK, pciByte(8, 0));
        bad("PCI-06", BLOCK, pciByte(0x2e, 2), pciByte(0x2f, 0));
        bad("LEG-01", BOTH, pciByte(0x10, 0));
        bad("PCI-11", BOTH, pciByte(8, 1));
        bad("PCI-12", BOTH, pciByte(0x2e, 4));
        bad("PCI-15", BLOCK, reads(COMMON, QUEUE_DESC, v -> 0));
    }

    /** Where the capability of a structure starts in the block device of these tests. */
    private static int at(StructureType type) {
        try (EmulatedFunction function = EmulatedDevices.parse(BLOCK)) {
            return CapabilityList.of(function.config()).capabilities().stream()
                    .filter(VirtioCapability.class::isInstance)
                    .map(VirtioCapability.class::cast)
                    .filter(capability -> capability.type() == type)
                    .findFirst()
                    .orElseThrow()
                    .configOffset();
        }
    }

    private void capabilities() {
        int common = at(StructureType.COMMON);
        int notify = at(StructureType.NOTIFY);
        int window = at(StructureType.PCI);
        int bar = shown(BLOCK, common + 4);
        int offset = shown(BLOCK, common + 9) << 8;
        bad("CAP-07", BLOCK, pciByte(window + 2, 16));
        bad("CAP-09", BLOCK, pciByte(common + 8, 2));
        bad("CAP-10", BLOCK, pciByte(notify + 3, 0x0a));
        bad("CAP-11", BLOCK, pciByte(notify + 8, 2));
        bad("CAP-12", BLOCK + ",fault=stride-odd");
        bad("CAP-13", BLOCK, pciByte(notify + 12, 1), pciByte(notify + 13, 0));
        bad("CAP-14", BLOCK + ",fault=doorbell-outside");
        bad("CAP-15", BLOCK, pciByte(at(StructureType.ISR) + 3, 0x0a));
        bad("CAP-16", BLOCK, pciByte(at(StructureType.DEVICE) + 3, 0x0a));
        bad("CAP-17", BLOCK, sharedMemory(bar, 1 << 30));
        bad("CAP-18", BLOCK, sharedMemory(bar, offset));
        bad(
                "CAP-19",
                BLOCK,
                pciByte(window + 3, 9),
                pciByte(window + 4, 0xf4),
                pciByte(window + 5, 0x1a));
        int[] count = new int[1];
        bad("CAP-20", BLOCK, pciByte(window + 3, 9), readsAt(PCI, window + 8, v -> count[0]++));
        bad("CAP-22", BLOCK, pciByte(window + 3, 0x0a));
        bad("CAP-23", BLOCK, losesAt(PCI, window + 16));
        bad("CAP-24", BLOCK, readsAt(PCI, window + 16, v -> 0));
    }

    private void common() {
        bad("COM-01", BLOCK, reads(COMMON, DEVICE_FEATURE, v -> v | 8));
        bad("COM-02", BLOCK, reads(COMMON, DRIVER_FEATURE, v -> 0));
        bad("COM-03", BLOCK, reads(COMMON, CONFIG_GENERATION, v -> 7));
        bad("COM-04", BLOCK, reads(COMMON, DEVICE_STATUS, v -> v | 1));
        bad("COM-05", BLOCK, reads(COMMON, QUEUE_ENABLE, v -> 1));
        bad("COM-06", BLOCK, reads(COMMON, QUEUE_RESET, v -> 1));
        bad("COM-07", BLOCK, reads(COMMON, QUEUE_RESET, v -> 1));
        bad("COM-08", BLOCK, reads(COMMON, QUEUE_SIZE, v -> 256));
        bad("COM-09", BLOCK + ",fault=queue-size-odd");
        bad("VQR-01", BLOCK, loses(COMMON, QUEUE_RESET));
        bad("VQR-02", BLOCK, loses(COMMON, QUEUE_RESET));
        bad("VQR-04", BLOCK, reads(COMMON, QUEUE_SIZE, v -> 256));
    }

    private void notifications() {
        bad("NOT-01", BLOCK, isr(v -> v & ~2));
        bad("NOT-02", BLOCK, isr(v -> 0));
        bad("NOT-03", BLOCK, readsAt(PCI, 6, v -> v & ~8));
        bad("NOT-04", BLOCK, isr(v -> 1));
        bad("NOT-06", BLOCK + ",vectors=1");
        bad("NOT-07", BLOCK, reads(COMMON, CONFIG_MSIX_VECTOR, v -> v == NO_VECTOR ? 0 : v));
        bad("NOT-08", BLOCK + ",fault=vector-refused");
        bad("NOT-09", BLOCK + ",fault=vector-refused");
        bad("NOT-10", BLOCK, reads(COMMON, CONFIG_MSIX_VECTOR, v -> 0));
        bad("NOT-11", BLOCK, reads(COMMON, QUEUE_MSIX_VECTOR, v -> v == NO_VECTOR ? 0 : v));
        for (String id : List.of("NOT-17", "NOT-18")) {
            subject(
                    id,
                    Policy.Order.VIRTIO1,
                    () -> new Liar(EmulatedDevices.parse(BLOCK)).interrupting());
        }
        old("LEG-03", OLD_BLOCK, readsAt(LEGACY, 21, v -> v ^ 1));
        old("LEG-04", OLD_BLOCK, readsAt(LEGACY, 24, v -> v ^ 1));
        old("LEG-10", OLD_BLOCK, deaf());
    }

    private void rings() {
        bad("SPL-02", BLOCK + ",fault=used-length-short,fault-at=1");
        bad("SPL-05", BLOCK + ",fault=scribbles-rings");
        bad("SPL-12", BLOCK, deaf());
        bad("SPL-13", BLOCK, deaf());
        bad("SPL-17", BLOCK, isr(v -> 1));
        bad("SPL-18", BLOCK, isr(v -> 1));
        bad("SPL-19", BLOCK + ",fault=used-length-short");
        bad("SPL-24", BLOCK + ",fault=events-nonsense");
        bad("SPL-25", BLOCK, deaf());
        bad("SPL-28", BLOCK, deaf());
        bad("PAC-04", BLOCK, afterDoorbell(liar -> flip(liar.firstBuffer(0), 0)));
        bad("PAC-05", BLOCK, afterDoorbell(liar -> flip(liar.descriptors(0), 14)));
        bad("PAC-06", BLOCK, afterDoorbell(liar -> flip(liar.descriptors(0), 0)));
        bad("PAC-13", BLOCK + ",fault=used-length-short,fault-at=1");
        bad("PAC-18", BLOCK, deaf());
        bad("PAC-19", BLOCK + ",fault=used-length-short,fault-at=1");
        bad("PAC-20", BLOCK, isr(v -> 1));
    }

    private static void flip(NativeMemory memory, int at) {
        memory.write8(at, memory.read8(at) ^ 0x40);
    }

    private void block() {
        bad("BLK-06", BLOCK, reads(COMMON, DEVICE_FEATURE, v -> v & ~(1 << 9)));
        bad("BLK-07", BLOCK, readsAt(CONFIG, 32, v -> 1));
        bad("BLK-08", BLOCK, readsAt(CONFIG, 33, v -> 1));
        bad("BLK-09", BLOCK, alsoOffers(17));
        bad("BLK-23", BLOCK, isr(v -> v & ~2));
        bad("BLK-24", BLOCK, alsoOffers(5));
        answering("BLK-25", Policy.Order.VIRTIO1, BlockRequest.DISCARD, BlockRequest.OK);
        answering("BLK-26", Policy.Order.VIRTIO1, BlockRequest.WRITE_ZEROES, BlockRequest.OK);
        answering("BLK-31", Policy.Order.VIRTIO1, -1, BlockRequest.OK);
        answering("BLK-34", Policy.Order.LEGACY, BlockRequest.FLUSH_OUT, BlockRequest.UNSUPP);
    }

    private void answering(String id, Policy.Order order, int type, int status) {
        subject(
                id,
                order,
                () ->
                        new EmulatedFunction(
                                "emulated:bad",
                                new BadBlock(
                                        new BlockModel(
                                                new MemoryBacking(1 << 20), new BlockOptions()),
                                        type,
                                        status),
                                new FunctionOptions().layout(order.label())));
    }

    private void console() {
        bad("CON-01", CONSOLE, breaksInAnEmergency());
        bad("CON-04", CONSOLE, readsAt(CONFIG, 4, v -> 1));
        bad("CON-05", CONSOLE, removes(3, 0));
    }

    private void net() {
        bad("NET-01", NET, alsoOffers(22), readsAt(CONFIG, 8, v -> 0));
        bad("NET-02", NET + ",mtu=1500", readsAt(CONFIG, 10, v -> 60));
        bad("NET-03", NET + ",mtu=1500", readsAt(CONFIG, 10, v -> 1600));
        bad("NET-04", NET, alsoOffers(60));
        bad("NET-05", NET, alsoOffers(63), readsAt(CONFIG, 12, v -> 0x8000_0001));
        int[] speed = new int[1];
        bad("NET-06", NET, alsoOffers(63), readsAt(CONFIG, 12, v -> speed[0]++));
        bad("NET-07", NET, alsoOffers(57));
        for (String id : List.of("NET-21", "NET-22", "NET-23")) {
            bad(id, NET, answersOddly());
        }
        bad("NET-27", NET, whenSent(liar -> liar.firstBuffer(0).write8(10, 9)));
        bad("NET-28", NET, whenSent(liar -> liar.firstBuffer(0).write8(10, 9)));
        bad("NET-29", NET, whenSent(liar -> liar.firstBuffer(0).write8(0, 1)));
        bad("NET-30", NET, whenSent(liar -> liar.firstBuffer(0).write8(1, 1)));
        bad("NET-41", NET, breaksTags());
        bad("NET-35", COMMANDED_NET + ",fault=status-nonsense");
        bad("NET-37", COMMANDED_NET, keepsItsTable());
        bad("NET-38", COMMANDED_NET, readsAt(CONFIG, 5, v -> 0x56));
        bad("NET-39", COMMANDED_NET, staysPromiscuous());
        subject(
                "RNG-03",
                Policy.Order.VIRTIO1,
                () -> EmulatedDevices.parse("entropy,fault=used-length-beyond"));
    }

    private void registerSets() {
        int at = sets(SETS);
        sets("SED-01", SETS, pciByte(at + 2, 24));
        sets("SED-02", SETS, pciByte(at + 11, 0x88 | shown(SETS, at + 11)));
        sets("SED-08", SETS, readsAt(COMMON, 0x44, v -> 1));
        sets("SED-09", SETS, reads(COMMON, DEVICE_FEATURE, v -> v & ~1));
        sets(
                "SED-11",
                "block,layout=legacy+register-set",
                reads(LEGACY, LegacyRegister.DEVICE_STATUS, v -> 1));
        sets("SED-14", SETS, pciByte(8, 0));
    }

    private static int sets(String device) {
        try (EmulatedFunction function = EmulatedDevices.parse(device)) {
            return CapabilityList.of(function.config())
                    .first(RegisterSetCapability.class)
                    .orElseThrow()
                    .configOffset();
        }
    }

    /** A byte of the configuration space of a good device. */
    private static int shown(String device, int offset) {
        try (EmulatedFunction function = EmulatedDevices.parse(device)) {
            return function.config().read8(offset);
        }
    }
}
