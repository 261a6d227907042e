package org.jvirtio.lab.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jvirtio.Feature;
import org.jvirtio.device.BlockFeature;

/**
 * Discard and write-zeroes (virtio 1.4 section 5.2.6.2).
 *
 * <pre>
 *   range  0 sector 8 | 8 sectors 4 | 12 flags 4: bit 0 unmap, others reserved
 * </pre>
 */
final class RangeChecks {

    private static final int RANGE = 16;
    private static final int UNMAP = 1;
    private static final int UNKNOWN = 0x80;

    /** Where it writes: the second block of any size up to 4096 bytes. */
    private static final long FIRST = 8;

    private static final int SECTORS = 8;

    private RangeChecks() {}

    static Finding refusesUnknownFlags(Bench bench) {
        List<Feature> offered = new ArrayList<>();
        List<String> answers = new ArrayList<>();
        boolean refused = true;
        for (BlockFeature feature :
                List.of(
                        BlockFeature.DISCARD,
                        BlockFeature.WRITE_ZEROES,
                        BlockFeature.SECURE_ERASE)) {
            if (bench.offers(feature)) {
                offered.add(feature);
            }
        }
        if (offered.isEmpty()) {
            return Finding.skip("neither DISCARD, WRITE_ZEROES nor SECURE_ERASE is offered");
        }
        BareQueue queue = bench.run(offered.toArray(Feature[]::new));
        for (Feature feature : offered) {
            int flags = feature == BlockFeature.DISCARD ? UNMAP : UNKNOWN;
            for (int flag : new int[] {UNKNOWN, flags}) {
                int status = send(bench, queue, kind(feature), flag);
                refused &= status == BlockRequest.UNSUPP;
                answers.add(
                        String.format(
                                "%s with flags 0x%x: %s",
                                feature, flag, BlockRequest.word(status)));
            }
        }
        return Finding.that(refused, "%s", String.join(", ", answers));
    }

    private static int kind(Feature feature) {
        if (feature == BlockFeature.DISCARD) {
            return BlockRequest.DISCARD;
        }
        return feature == BlockFeature.WRITE_ZEROES
                ? BlockRequest.WRITE_ZEROES
                : BlockRequest.SECURE_ERASE;
    }

    /** Sends one range and returns the status it is answered with. */
    private static int send(Bench bench, BareQueue queue, int kind, int flags) {
        Buffer range = bench.buffer(RANGE);
        range.memory().write64(0, FIRST);
        range.memory().write32(8, SECTORS);
        range.memory().write32(12, flags);
        BlockRequest request = BlockRequest.of(bench, kind, 0);
        bench.request(queue, request.sending(range));
        return request.result();
    }

    static Finding readsZeroAfterZeroing(Bench bench) {
        BareQueue queue = bench.run(BlockFeature.WRITE_ZEROES);
        List<byte[]> before = new ArrayList<>();
        for (int i = 0; i < SECTORS; i++) {
            before.add(BlockChecks.sector(bench, queue, FIRST + i));
        }
        List<String> seen = new ArrayList<>();
        boolean good = true;
        for (int flags : new int[] {0, UNMAP}) {
            write(bench, queue, 0x5a);
            boolean written = !isZero(bench, queue);
            int status = send(bench, queue, BlockRequest.WRITE_ZEROES, flags);
            boolean zero = isZero(bench, queue);
            good &= written && status == BlockRequest.OK && zero;
            seen.add(
                    String.format(
                            "unmap %d, over %s: %s, then %s",
                            flags,
                            written ? "data" : "zeros that were written as data",
                            BlockRequest.word(status),
                            zero ? "zeros" : "not zeros"));
        }
        restore(bench, queue, before);
        return Finding.that(good, "%s", String.join("; ", seen));
    }

    private static void write(Bench bench, BareQueue queue, int value) {
        Buffer data = bench.buffer(SECTORS * BlockRequest.SECTOR).fill(value);
        put(bench, queue, FIRST, data);
    }

    private static void put(Bench bench, BareQueue queue, long sector, Buffer data) {
        BlockRequest request = BlockRequest.of(bench, BlockRequest.OUT, sector);
        bench.request(queue, request.sending(data));
        if (request.result() != BlockRequest.OK) {
            throw new EndedException(
                    Finding.fail(
                            "writing sector %d is answered with %s",
                            sector, BlockRequest.word(request.result())));
        }
    }

    private static boolean isZero(Bench bench, BareQueue queue) {
        byte[] zeros = new byte[BlockRequest.SECTOR];
        for (int i = 0; i < SECTORS; i++) {
            if (!Arrays.equals(zeros, BlockChecks.sector(bench, queue, FIRST + i))) {
                return false;
            }
        }
        return true;
    }

    /** The disk is somebody's: what was there is there again afterwards. */
    private static void restore(Bench bench, BareQueue queue, List<byte[]> before) {
        Buffer data = bench.buffer(SECTORS * BlockRequest.SECTOR);
        for (int i = 0; i < SECTORS; i++) {
            data.part(i * BlockRequest.SECTOR, BlockRequest.SECTOR).put(before.get(i));
        }
        put(bench, queue, FIRST, data);
    }
}
