package org.jvirtio.lab.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.jvirtio.Interrupt;
import org.jvirtio.pci.MsixCapability;

/** MSI-X (virtio 1.4 section 4.1.5.1.2, and what follows from it in 4.1.5.3 and 4.1.5.4). */
final class VectorChecks {

    private static final int MOST_VECTORS = 0x800;

    /** So many queues are tried; a device that maps these maps the others. */
    private static final int QUEUES_TRIED = 4;

    private VectorChecks() {}

    static Map<String, Check> all() {
        return Map.of(
                "NOT-06", VectorChecks::hasTwoVectorsOrMore,
                "NOT-07", VectorChecks::hasAsManyVectorsAsItSays,
                "NOT-08", VectorChecks::mapsEverythingToEverything,
                "NOT-09", VectorChecks::readsBackTheMapping,
                "NOT-10", VectorChecks::mapsNothingAfterReset,
                "NOT-11", VectorChecks::refusesMissingVectors,
                "NOT-17", VectorChecks::isSilentForUnmappedQueues,
                "NOT-18", VectorChecks::isSilentForUnmappedConfiguration);
    }

    private static MsixCapability msix(Bench bench) {
        return bench.capabilities()
                .first(MsixCapability.class)
                .orElseThrow(() -> new EndedException(Finding.skip("the function has no MSI-X")));
    }

    /** A device with its vectors on, reset; the legacy registers exist only then. */
    private static int entriesOfReady(Bench bench) {
        int entries = msix(bench).entries();
        bench.enableMsix(entries);
        bench.greet();
        return entries;
    }

    private static Finding hasTwoVectorsOrMore(Bench bench) {
        int entries = msix(bench).entries();
        return Finding.that(
                entries >= 2 && entries <= MOST_VECTORS, "the table has %d entries", entries);
    }

    private static Finding hasAsManyVectorsAsItSays(Bench bench) {
        int entries = entriesOfReady(bench);
        int last = bench.registers().mapConfig(entries - 1);
        int beyond = bench.registers().mapConfig(entries);
        return Finding.that(
                last == entries - 1 && beyond == BareRegisters.NO_VECTOR,
                "table size %d: vector %d reads back 0x%04x, vector %d reads back 0x%04x",
                entries,
                entries - 1,
                last,
                entries,
                beyond);
    }

    private static Finding mapsEverythingToEverything(Bench bench) {
        int entries = entriesOfReady(bench);
        int queues = Math.min(QUEUES_TRIED, bench.registers().queueCount());
        List<String> odd = new ArrayList<>();
        odd(odd, "the configuration", entries, bench.registers()::mapConfig);
        for (int i = 0; i < queues; i++) {
            int queue = i;
            odd(
                    odd,
                    "queue " + queue,
                    entries,
                    vector -> bench.registers().mapQueue(queue, vector));
        }
        return Finding.that(
                odd.isEmpty(),
                "configuration and %d queues to %d vectors and to none%s",
                queues,
                entries,
                odd.isEmpty() ? "" : ": " + odd);
    }

    private static void odd(List<String> odd, String event, int entries, IntUnaryOperator map) {
        for (int vector = 0; vector <= entries; vector++) {
            int written = vector == entries ? BareRegisters.NO_VECTOR : vector;
            int read = map.applyAsInt(written);
            if (read != written) {
                odd.add(String.format("%s: 0x%04x reads 0x%04x", event, written, read));
            }
        }
    }

    private static Finding readsBackTheMapping(Bench bench) {
        entriesOfReady(bench);
        int mapped = bench.registers().mapQueue(0, 0);
        int config = bench.registers().mapConfig(0);
        int unmapped = bench.registers().mapQueue(0, BareRegisters.NO_VECTOR);
        return Finding.that(
                mapped == 0 && config == 0 && unmapped == BareRegisters.NO_VECTOR,
                "queue 0 and configuration mapped to 0 read 0x%04x, 0x%04x; unmapped 0x%04x",
                mapped,
                config,
                unmapped);
    }

    private static Finding mapsNothingAfterReset(Bench bench) {
        entriesOfReady(bench);
        bench.registers().mapConfig(0);
        bench.registers().mapQueue(0, 0);
        bench.reset();
        int config = bench.registers().configVector();
        int queue = bench.registers().queueVector(0);
        return Finding.that(
                config == BareRegisters.NO_VECTOR && queue == BareRegisters.NO_VECTOR,
                "mapped and reset: configuration 0x%04x, queue 0 0x%04x",
                config,
                queue);
    }

    private static Finding refusesMissingVectors(Bench bench) {
        int entries = entriesOfReady(bench);
        int beyond = bench.registers().mapQueue(0, entries);
        int far = bench.registers().mapQueue(0, 0xfffe);
        int valid = bench.registers().mapQueue(0, entries - 1);
        boolean refused = beyond == BareRegisters.NO_VECTOR && far == BareRegisters.NO_VECTOR;
        Finding finding =
                Finding.that(
                        refused && valid == entries - 1,
                        "vectors 0x%04x, 0xfffe and 0x%04x read back 0x%04x, 0x%04x and 0x%04x",
                        entries,
                        entries - 1,
                        beyond,
                        far,
                        valid);
        return refused ? finding.at(Level.SHOULD_NOT) : finding;
    }

    private static Finding isSilentForUnmappedQueues(Bench bench) {
        List<Interrupt> interrupts = bench.enableMsix(msix(bench).entries());
        BareQueue queue = bench.run();
        bench.registers().mapConfig(0);
        bench.registers().mapQueue(Sample.queueOf(bench.type()), BareRegisters.NO_VECTOR);
        bench.request(queue, bench.sample().chain());
        boolean told = Waiting.anyWithin(interrupts, Waiting.WATCH_MILLIS);
        return Finding.that(
                !told,
                "a buffer is used, its queue mapped to none: %s on %d vectors",
                told ? "an interrupt" : "no interrupt",
                interrupts.size());
    }

    private static Finding isSilentForUnmappedConfiguration(Bench bench) {
        List<Interrupt> interrupts = bench.enableMsix(msix(bench).entries());
        BareSplitQueue queue = bench.runSplit();
        bench.registers().mapQueue(Sample.queueOf(bench.type()), 0);
        bench.registers().mapConfig(BareRegisters.NO_VECTOR);
        bench.registers().isr();
        if (!bench.configNotification().provoke(queue)) {
            return Finding.skip("nothing here makes it notify of its configuration");
        }
        boolean told = Waiting.anyWithin(interrupts, Waiting.WATCH_MILLIS);
        int isr = bench.registers().isr();
        return Finding.that(
                !told,
                "ISR 0x%02x, the configuration mapped to none: %s on %d vectors",
                isr,
                told ? "an interrupt" : "no interrupt",
                interrupts.size());
    }
}
