package org.jvirtio.lab.check;

import static org.jvirtio.lab.check.When.offered;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jvirtio.DeviceStatus;
import org.jvirtio.DeviceType;
import org.jvirtio.RingFeature;

/** Packed queues (virtio 1.4 section 2.8), with the sample request of the device's type. */
final class PackedChecks {

    private static final int ODD_SIZE = 7;

    private PackedChecks() {}

    static Map<String, Check> all() {
        return Map.of(
                "PAC-02", When.never("when a request is begun cannot be seen from outside"),
                "PAC-03", When.never("when a request is done cannot be seen from outside"),
                "PAC-04", packed(PackedChecks::leavesWhatItReads),
                "PAC-05", packed(PackedChecks::leavesAnEmptyRing),
                "PAC-06", packed(PackedChecks::leavesUsedDescriptors),
                "PAC-13", packed(PackedChecks::keepsTheOrderOfAList),
                "PAC-18", packed(PackedChecks::turnsAtTheEndOfAnOddRing),
                "PAC-19",
                        packed(
                                offered(
                                        RingFeature.INDIRECT_DESC,
                                        PackedChecks::readsTablesInOrder)),
                "PAC-20", packed(PackedChecks::goesByTheEventFlags));
    }

    private static Check packed(Check check) {
        return offered(RingFeature.RING_PACKED, check);
    }

    private static Finding leavesWhatItReads(Bench bench) {
        BareQueue queue = bench.runPacked();
        Sample sample = bench.sample();
        List<byte[]> before = sample.readable().stream().map(Buffer::bytes).toList();
        bench.request(queue, sample.chain());
        boolean same = true;
        for (int i = 0; i < before.size(); i++) {
            same &= Arrays.equals(before.get(i), sample.readable().get(i).bytes());
        }
        return Finding.that(
                same,
                "after a request its %d readable buffers are %s",
                before.size(),
                same ? "as they were" : "changed");
    }

    private static Finding leavesAnEmptyRing(Bench bench) {
        BarePackedQueue queue = bench.runPacked();
        byte[] before = queue.ring();
        bench.doorbell();
        Waiting.watch();
        boolean same = Arrays.equals(before, queue.ring());
        return Finding.that(
                same,
                "%d descriptors of zeros after a doorbell: %s",
                queue.size(),
                same ? "unchanged" : "changed");
    }

    private static Finding leavesUsedDescriptors(Bench bench) {
        BarePackedQueue queue = bench.runPacked();
        BareQueue.requireRoom(queue.size(), 2 * bench.sample().chain().size());
        bench.request(queue, bench.sample().chain());
        byte[] used = queue.descriptorBytes(0);
        bench.request(queue, bench.sample().chain());
        Waiting.watch();
        boolean same = Arrays.equals(used, queue.descriptorBytes(0));
        return Finding.that(
                same,
                "the first used descriptor is %s after the next request",
                same ? "unchanged" : "changed");
    }

    private static Finding keepsTheOrderOfAList(Bench bench) {
        BarePackedQueue queue = bench.runPacked();
        Sample whole = bench.sample();
        BareQueue.Used first = bench.request(queue, whole.chain());
        Sample pieces = bench.sample();
        int longest = queue.size() < 16 ? 256 : 64;
        List<Piece> chain = Chains.cut(pieces.chain(), longest);
        BareQueue.Used second = bench.request(queue, chain);
        boolean same = alike(bench, first, second);
        if (bench.type() != DeviceType.ENTROPY) {
            for (int i = 0; i < whole.writable().size(); i++) {
                same &=
                        Arrays.equals(
                                whole.writable().get(i).bytes(), pieces.writable().get(i).bytes());
            }
        }
        return Finding.that(
                same,
                "%d descriptors: length %d; %d descriptors: length %d, contents %s",
                whole.chain().size(),
                first.length(),
                chain.size(),
                second.length(),
                same ? "equal" : "differ");
    }

    /** An entropy device may give less than there is room for. */
    private static boolean alike(Bench bench, BareQueue.Used one, BareQueue.Used other) {
        return bench.type() == DeviceType.ENTROPY
                ? one.length() > 0 && other.length() > 0
                : one.length() == other.length();
    }

    private static Finding turnsAtTheEndOfAnOddRing(Bench bench) {
        int index = Sample.queueOf(bench.type());
        bench.negotiate(RingFeature.RING_PACKED);
        int most = bench.registers().queueSize(index);
        if (most < ODD_SIZE) {
            return Finding.skip("its queue has only %d entries", most);
        }
        BareQueue queue = bench.openQueue(index, ODD_SIZE);
        bench.addStatus(DeviceStatus.DRIVER_OK);
        Sample sample = bench.sample();
        int rounds = 3 * ODD_SIZE;
        for (int i = 0; i < rounds; i++) {
            bench.request(queue, sample.chain());
        }
        return Finding.pass(
                "%d requests of %d descriptors through a ring of %d",
                rounds, sample.chain().size(), ODD_SIZE);
    }

    /** Entries with flags that mean nothing there (section 2.8.7): NEXT, and laps of a ring. */
    private static Finding readsTablesInOrder(Bench bench) {
        BarePackedQueue queue = bench.runPacked(RingFeature.INDIRECT_DESC);
        BareQueue.requireRoom(queue.size(), bench.sample().chain().size());
        int noise = BarePackedQueue.NEXT | BarePackedQueue.AVAIL | BarePackedQueue.USED;
        Buffer plain = Chains.packedTable(bench, bench.sample().chain(), 0);
        queue.offerOne(plain.readable(), BarePackedQueue.INDIRECT);
        bench.doorbell();
        BareQueue.Used first = bench.awaitUsed(queue);
        Buffer noisy = Chains.packedTable(bench, bench.sample().chain(), noise);
        queue.offerOne(noisy.readable(), BarePackedQueue.INDIRECT);
        bench.doorbell();
        BareQueue.Used second = bench.awaitUsed(queue);
        return Finding.that(
                alike(bench, first, second),
                "table: length %d; table with flags NEXT, AVAIL and USED: length %d",
                first.length(),
                second.length());
    }

    private static Finding goesByTheEventFlags(Bench bench) {
        BareQueue queue = bench.runPacked();
        boolean told = SplitChecks.interrupts(bench, queue);
        queue.suppressInterrupts(true);
        boolean silenced = !SplitChecks.interruptsWithin(bench, queue);
        queue.suppressInterrupts(false);
        boolean again = SplitChecks.interrupts(bench, queue);
        return Finding.that(
                told && silenced && again,
                "enabled: %s; disabled: %s; enabled: %s",
                told ? "an interrupt" : "no interrupt",
                silenced ? "no interrupt" : "an interrupt",
                again ? "an interrupt" : "no interrupt");
    }
}
