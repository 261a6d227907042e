package org.jvirtio.lab.check;

import static org.jvirtio.lab.check.When.offered;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jvirtio.DeviceType;
import org.jvirtio.RingFeature;

/** Split queues (virtio 1.4 section 2.7), with the sample request of the device's type. */
final class SplitChecks {

    private static final int CANARY = 0xa5;
    private static final int INDICES = 1 << 16;

    private SplitChecks() {}

    static Map<String, Check> all() {
        return Map.ofEntries(
                Map.entry("SPL-02", FramingChecks::servesAnyFraming),
                Map.entry("SPL-05", SplitChecks::leavesWhatItReads),
                Map.entry("SPL-06", When.never("a read of memory leaves no trace")),
                Map.entry(
                        "SPL-12",
                        offered(RingFeature.INDIRECT_DESC, SplitChecks::ignoresWriteOfTables)),
                Map.entry(
                        "SPL-13",
                        offered(RingFeature.INDIRECT_DESC, SplitChecks::servesAChainWithATable)),
                Map.entry("SPL-17", SplitChecks::goesByTheFlag),
                Map.entry(
                        "SPL-18", offered(RingFeature.EVENT_IDX, SplitChecks::goesByTheEventIndex)),
                Map.entry("SPL-19", SplitChecks::wroteWhatItSays),
                Map.entry("SPL-24", SplitChecks::hasPlainFlags),
                Map.entry("SPL-25", SplitChecks::ignoresEmptyDoorbells),
                Map.entry("SPL-28", SplitChecks::goesOnWhenItsIndexWraps));
    }

    private static Finding leavesWhatItReads(Bench bench) {
        BareSplitQueue queue = bench.runSplit();
        Sample sample = bench.sample();
        List<byte[]> before = sample.readable().stream().map(Buffer::bytes).toList();
        queue.offer(sample.chain());
        byte[] table = queue.table();
        bench.doorbell();
        bench.awaitUsed(queue);
        boolean tableSame = Arrays.equals(table, queue.table());
        boolean same = true;
        for (int i = 0; i < before.size(); i++) {
            same &= Arrays.equals(before.get(i), sample.readable().get(i).bytes());
        }
        return Finding.that(
                same && tableSame,
                "after a request its %d readable buffers are %s, the descriptor table is %s",
                before.size(),
                same ? "as they were" : "changed",
                tableSame ? "as it was" : "changed");
    }

    private static Finding ignoresWriteOfTables(Bench bench) {
        BareSplitQueue queue = bench.runSplit(RingFeature.INDIRECT_DESC);
        List<Piece> chain = bench.sample().chain();
        BareQueue.requireRoom(queue.size(), chain.size());
        Buffer table = Chains.splitTable(bench, chain);
        queue.descriptor(0, table.readable(), BareSplitQueue.INDIRECT | BareSplitQueue.WRITE, 0);
        queue.offerHead(0);
        bench.doorbell();
        BareQueue.Used used = bench.awaitUsed(queue);
        return Finding.that(
                used.id() == 0,
                "table with WRITE: used id %d, length %d",
                used.id(),
                used.length());
    }

    /** Direct descriptors first, then one that names the table of the rest. */
    private static Finding servesAChainWithATable(Bench bench) {
        if (bench.type() == DeviceType.NETWORK) {
            return sendsAFrameWithATable(bench);
        }
        BareSplitQueue queue = bench.runSplit(RingFeature.INDIRECT_DESC);
        List<Piece> chain = Chains.cut(bench.sample().chain(), 1 << 9);
        if (chain.size() == 1) {
            chain = Chains.cut(chain, Math.max(1, chain.get(0).length() / 2));
        }
        if (chain.size() == 1) {
            return Finding.skip("its sample request has one byte");
        }
        offerWithATable(bench, queue, 0, chain);
        bench.doorbell();
        BareQueue.Used used = bench.awaitUsed(queue);
        return Finding.that(
                used.id() == 0,
                "one direct descriptor and a table of %d: used id %d, length %d",
                chain.size() - 1,
                used.id(),
                used.length());
    }

    /** A frame says by its answer whether it was sent, where being used says nothing. */
    private static Finding sendsAFrameWithATable(Bench bench) {
        Wire wire = new Wire(bench, Wire.WHOLE, RingFeature.INDIRECT_DESC);
        wire.answer();
        List<Piece> chain = bench.sample().chain();
        offerWithATable(bench, wire.transmitQueue(), chain.size(), chain);
        bench.doorbell();
        boolean answered = wire.next().isPresent();
        return Finding.that(
                answered,
                "a frame with its header in a direct descriptor and the rest in a table of %d is"
                        + " %s, the same frame without a table is answered",
                chain.size() - 1,
                answered ? "answered" : "not answered");
    }

    /** One direct descriptor, then one that names the table of the rest. */
    private static void offerWithATable(
            Bench bench, BareSplitQueue queue, int head, List<Piece> chain) {
        BareQueue.requireRoom(queue.size(), Math.max(head + 2, 1 + chain.size()));
        Piece first = chain.get(0);
        Buffer table = Chains.splitTable(bench, chain.subList(1, chain.size()));
        int flags = first.writable() ? BareSplitQueue.WRITE : 0;
        queue.descriptor(head, first, BareSplitQueue.NEXT | flags, head + 1);
        queue.descriptor(head + 1, table.readable(), BareSplitQueue.INDIRECT, 0);
        queue.offerHead(head);
    }

    private static Finding goesByTheFlag(Bench bench) {
        BareSplitQueue queue = bench.runSplit();
        queue.usedEvent(0x7fff);
        boolean told = interrupts(bench, queue);
        queue.suppressInterrupts(true);
        queue.usedEvent(1);
        boolean silenced = !interruptsWithin(bench, queue);
        Finding finding =
                Finding.that(
                        told && silenced,
                        "flags 0: %s; flags 1: %s",
                        told ? "an interrupt" : "no interrupt",
                        silenced ? "no interrupt" : "an interrupt");
        return told ? finding.at(Level.SHOULD_NOT) : finding;
    }

    private static Finding goesByTheEventIndex(Bench bench) {
        BareSplitQueue queue = bench.runSplit(RingFeature.EVENT_IDX);
        queue.suppressInterrupts(true);
        queue.usedEvent(0);
        boolean told = interrupts(bench, queue);
        queue.suppressInterrupts(false);
        queue.usedEvent(100);
        boolean silenced = !interruptsWithin(bench, queue);
        queue.usedEvent(2);
        boolean again = interrupts(bench, queue);
        Finding finding =
                Finding.that(
                        told && silenced && again,
                        "used_event 0 with flags 1: %s; used_event 100 at index 2: %s; used_event 2"
                                + " at index 3: %s",
                        told ? "an interrupt" : "no interrupt",
                        silenced ? "no interrupt" : "an interrupt",
                        again ? "an interrupt" : "no interrupt");
        return told && again ? finding.at(Level.SHOULD_NOT) : finding;
    }

    /** One request, and whether the ISR tells of it in the time it may take. */
    static boolean interrupts(Bench bench, BareQueue queue) {
        bench.registers().isr();
        bench.request(queue, bench.sample().chain());
        return (IsrChecks.gather(bench, IsrChecks.QUEUE) & IsrChecks.QUEUE) != 0;
    }

    static boolean interruptsWithin(Bench bench, BareQueue queue) {
        bench.registers().isr();
        bench.request(queue, bench.sample().chain());
        return Waiting.within(
                Waiting.WATCH_MILLIS, () -> (bench.registers().isr() & IsrChecks.QUEUE) != 0);
    }

    private static Finding wroteWhatItSays(Bench bench) {
        BareSplitQueue queue = bench.runSplit();
        Sample sample = bench.sample();
        sample.writable().forEach(buffer -> buffer.fill(CANARY));
        long room = sample.writableLength();
        BareQueue.Used used = bench.request(queue, sample.chain());
        long touched = lastTouched(sample);
        Finding finding =
                Finding.that(
                        used.length() <= room && touched <= used.length(),
                        "%d writable bytes, used length %d, the last byte that changed is number %d",
                        room,
                        used.length(),
                        touched);
        // A legacy device may have got the length wrong (section 2.7.8.1).
        return bench.isLegacy() && touched > used.length() ? finding.at(Level.SHOULD) : finding;
    }

    private static long lastTouched(Sample sample) {
        long position = 0;
        long last = 0;
        for (Buffer buffer : sample.writable()) {
            for (byte value : buffer.bytes()) {
                position++;
                last = (value & 0xff) != CANARY ? position : last;
            }
        }
        return last;
    }

    private static Finding hasPlainFlags(Bench bench) {
        BareSplitQueue queue = bench.runSplit();
        bench.request(queue, bench.sample().chain());
        int plain = queue.usedFlags();
        if (!bench.offers(RingFeature.EVENT_IDX)) {
            return Finding.that(plain <= 1, "used.flags 0x%04x", plain);
        }
        BareSplitQueue second = bench.runSplit(RingFeature.EVENT_IDX);
        bench.request(second, bench.sample().chain());
        int withEvents = second.usedFlags();
        return Finding.that(
                plain <= 1 && withEvents == 0,
                "used.flags 0x%04x, with EVENT_IDX 0x%04x",
                plain,
                withEvents);
    }

    private static Finding ignoresEmptyDoorbells(Bench bench) {
        BareSplitQueue queue = bench.runSplit();
        for (int i = 0; i < 3; i++) {
            bench.doorbell();
        }
        int index = queue.usedIndex();
        bench.request(queue, bench.sample().chain());
        bench.doorbell();
        bench.request(queue, bench.sample().chain());
        return Finding.that(
                index == 0 && queue.usedIndex() == 2,
                "used index %d after three doorbells, %d after two requests, status %s",
                index,
                queue.usedIndex(),
                bench.status());
    }

    /** More requests than an index can count, many to a doorbell, the same buffers again. */
    private static Finding goesOnWhenItsIndexWraps(Bench bench) {
        BareSplitQueue queue = bench.runSplit();
        queue.suppressInterrupts(true);
        List<Piece> chain = bench.sample().chain();
        int batch = Math.max(1, queue.size() / chain.size());
        int done = 0;
        while (done < INDICES + batch) {
            for (int i = 0; i < batch; i++) {
                queue.offer(chain);
            }
            bench.doorbell();
            for (int i = 0; i < batch; i++) {
                bench.awaitUsed(queue);
            }
            done += batch;
        }
        return Finding.that(
                queue.usedIndex() == (done & 0xffff),
                "%d requests used, used index %d",
                done,
                queue.usedIndex());
    }
}
