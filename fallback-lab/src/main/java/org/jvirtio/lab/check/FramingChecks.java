package org.jvirtio.lab.check;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.DeviceType;
import org.jvirtio.RingFeature;

/**
 * Free framing (virtio 1.4 section 2.7.4): a request means the same in whatever pieces it comes.
 */
final class FramingChecks {

    private FramingChecks() {}

    static Finding servesAnyFraming(Bench bench) {
        BareSplitQueue queue = bench.runSplit();
        if (bench.isLegacy() && !bench.accepted().has(RingFeature.ANY_LAYOUT)) {
            return Finding.skip("without ANY_LAYOUT the framing is fixed (section 2.7.4.3)");
        }
        List<String> seen = new ArrayList<>();
        List<String> results = new ArrayList<>();
        for (int longest : new int[] {1 << 12, 100, 7, 1}) {
            Sample sample = bench.sample();
            List<Piece> chain = cut(sample, longest, queue.size());
            BareQueue.Used used = bench.request(queue, chain);
            seen.add(chain.size() + " pieces: length " + used.length());
            results.add(result(bench, sample, used));
        }
        return Finding.that(
                results.stream().distinct().count() == 1,
                "%s%s",
                String.join(", ", seen),
                results.stream().distinct().count() == 1 ? "" : ", contents differ: " + results);
    }

    /** Cuts as small as the queue has room for. */
    private static List<Piece> cut(Sample sample, int longest, int room) {
        BareQueue.requireRoom(room, sample.chain().size());
        int length = longest;
        while (Chains.cut(sample.chain(), length).size() > room) {
            length *= 2;
        }
        return Chains.cut(sample.chain(), length);
    }

    /** What must be equal: of random bytes only that there are some. */
    private static String result(Bench bench, Sample sample, BareQueue.Used used) {
        if (bench.type() == DeviceType.ENTROPY) {
            return used.length() > 0 ? "random" : "nothing";
        }
        StringBuilder text = new StringBuilder(used.length() + ":");
        sample.writable().forEach(buffer -> text.append(buffer.hex(16)).append(' '));
        return text.toString();
    }
}
