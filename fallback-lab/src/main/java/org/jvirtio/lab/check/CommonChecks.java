package org.jvirtio.lab.check;

import static org.jvirtio.lab.check.When.modern;
import static org.jvirtio.lab.check.When.offered;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jvirtio.DeviceStatus;
import org.jvirtio.FeatureSet;
import org.jvirtio.Registers;
import org.jvirtio.RingFeature;
import org.jvirtio.transport.CommonRegister;

/** The common configuration structure (virtio 1.4 section 4.1.4.3). */
final class CommonChecks {

    /** Far behind the 128 bits that any version defines. */
    private static final int[] UNDEFINED_WINDOWS = {4, 31, 0x1000};

    private CommonChecks() {}

    static Map<String, Check> all() {
        return Map.ofEntries(
                Map.entry("COM-01", modern(CommonChecks::showsUndefinedWindowsAsZero)),
                Map.entry("COM-02", modern(CommonChecks::readsBackWhatWasAccepted)),
                Map.entry("COM-03", modern(CommonChecks::turnsTheGeneration)),
                Map.entry("COM-04", modern(CommonChecks::resetsByZero)),
                Map.entry("COM-05", modern(CommonChecks::disablesQueuesByReset)),
                Map.entry(
                        "COM-06",
                        offered(RingFeature.RING_RESET, CommonChecks::readsQueueResetAsZero)),
                Map.entry(
                        "COM-07", offered(RingFeature.RING_RESET, QueueResetChecks::endsTheReset)),
                Map.entry("COM-08", modern(CommonChecks::hasNoSizeForMissingQueues)),
                Map.entry("COM-09", modern(CommonChecks::hasPowersOfTwoAsSizes)),
                Map.entry(
                        "COM-10",
                        offered(RingFeature.ADMIN_VQ, CommonChecks::hasAdminQueuesBehindOthers)));
    }

    private static Finding showsUndefinedWindowsAsZero(Bench bench) {
        List<String> odd = new ArrayList<>();
        for (int window : UNDEFINED_WINDOWS) {
            int bits = bench.registers().offered(window);
            if (bits != 0) {
                odd.add(String.format("window %d reads 0x%08x", window, bits));
            }
        }
        int again = bench.registers().offered(1);
        boolean steady = again == bench.offered().window(1);
        return Finding.that(
                odd.isEmpty() && steady,
                "offered %s, windows 4, 31 and 4096 %s",
                bench.offered(),
                odd.isEmpty() ? "read 0" : ": " + odd);
    }

    private static Finding readsBackWhatWasAccepted(Bench bench) {
        FeatureSet wanted = bench.base();
        wanted = wanted.or(FeatureSet.of(RingFeature.EVENT_IDX).and(bench.offered()));
        bench.greet();
        bench.registers().accept(0, wanted.window(0));
        bench.registers().accept(1, wanted.window(1));
        int low = bench.registers().accepted(0);
        int high = bench.registers().accepted(1);
        return Finding.that(
                low == wanted.window(0) && high == wanted.window(1),
                "0x%08x and 0x%08x written, 0x%08x and 0x%08x read back",
                wanted.window(0),
                wanted.window(1),
                low,
                high);
    }

    private static Finding turnsTheGeneration(Bench bench) {
        bench.run();
        CommonRegisters registers = bench.common().orElseThrow();
        int before = registers.generation();
        if (!bench.configNotification().change()) {
            return Finding.skip(
                    "only the device's own side can change the configuration; generation %d",
                    before);
        }
        int after = registers.generation();
        return Finding.that(before != after, "generation %d, after a change %d", before, after);
    }

    private static Finding resetsByZero(Bench bench) {
        bench.negotiate();
        String before = bench.status();
        bench.registers().writeStatus(0);
        boolean zero = Waiting.await(() -> bench.registers().status() == 0);
        return Finding.that(zero, "%s, after writing 0 %s", before, bench.status());
    }

    private static Finding disablesQueuesByReset(Bench bench) {
        bench.run();
        boolean was = bench.registers().isQueueEnabled(Sample.queueOf(bench.type()));
        bench.reset();
        List<Integer> enabled = new ArrayList<>();
        for (int queue = 0; queue < bench.registers().queueCount(); queue++) {
            if (bench.registers().isQueueEnabled(queue)) {
                enabled.add(queue);
            }
        }
        return Finding.that(
                was && enabled.isEmpty(),
                "queue_enable while running %d; enabled after the reset: queues %s",
                was ? 1 : 0,
                enabled);
    }

    private static Finding readsQueueResetAsZero(Bench bench) {
        bench.reset();
        Registers first = bench.common().orElseThrow().selected(0);
        int afterReset = first.read(CommonRegister.QUEUE_RESET);
        bench.run(RingFeature.RING_RESET);
        int index = Sample.queueOf(bench.type());
        int enabled = bench.common().orElseThrow().selected(index).read(CommonRegister.QUEUE_RESET);
        return Finding.that(
                afterReset == 0 && enabled == 0,
                "queue_reset %d after the reset, %d once enabled",
                afterReset,
                enabled);
    }

    private static Finding hasNoSizeForMissingQueues(Bench bench) {
        bench.greet();
        int count = bench.registers().queueCount();
        List<String> odd = new ArrayList<>();
        for (int queue : new int[] {count, count + 1, 0x3ff, 0x400, 0x7fff, 0xffff}) {
            // A device that ignores the selection goes on showing the queue of before.
            bench.registers().queueSize(0);
            int size = queue < count ? 0 : bench.registers().queueSize(queue);
            if (size != 0) {
                odd.add(String.format("queue 0x%x has %d entries", queue, size));
            }
        }
        return Finding.that(
                odd.isEmpty(),
                "num_queues %d%s",
                count,
                odd.isEmpty() ? ", queues from there on have size 0" : "; " + odd);
    }

    private static Finding hasPowersOfTwoAsSizes(Bench bench) {
        bench.accept(bench.base());
        List<Integer> sizes = new ArrayList<>();
        for (int queue = 0; queue < bench.registers().queueCount(); queue++) {
            sizes.add(bench.registers().queueSize(queue));
        }
        return Finding.that(
                sizes.stream().allMatch(size -> Integer.bitCount(size) <= 1),
                "without RING_PACKED the queues have %s entries, status %s",
                sizes,
                DeviceStatus.describe(bench.registers().status()));
    }

    private static Finding hasAdminQueuesBehindOthers(Bench bench) {
        Registers common = bench.common().orElseThrow().common();
        int index = common.read(CommonRegister.ADMIN_QUEUE_INDEX);
        int count = common.read(CommonRegister.ADMIN_QUEUE_NUM);
        int others = bench.registers().queueCount();
        return Finding.that(
                index >= others && count <= 0x10000 - index,
                "num_queues %d, admin_queue_index %d, admin_queue_num %d",
                others,
                index,
                count);
    }
}
