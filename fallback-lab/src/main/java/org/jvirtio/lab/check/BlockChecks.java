package org.jvirtio.lab.check;

import static org.jvirtio.lab.check.When.legacy;
import static org.jvirtio.lab.check.When.modern;
import static org.jvirtio.lab.check.When.offered;
import static org.jvirtio.lab.check.When.type;
import static org.jvirtio.lab.check.When.undecided;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jvirtio.DeviceType;
import org.jvirtio.Registers;
import org.jvirtio.device.BlockConfig;
import org.jvirtio.device.BlockFeature;

/**
 * Block devices (virtio 1.4 section 5.2): features, configuration, and what is not about ranges.
 */
final class BlockChecks {

    /** The bytes between the fields (section 5.2.4). */
    private static final int[] UNUSED = {33, 57, 58, 59};

    private static final String NO_ZONES = "this bench has no driver for zones";
    private static final String NO_CRASH =
            "what survives shows only after the host crashed in between";

    private BlockChecks() {}

    static Map<String, Check> all() {
        Map<String, Check> checks = new LinkedHashMap<>();
        checks.put("BLK-06", BlockChecks::offersFlush);
        checks.put("BLK-07", offered(BlockFeature.CONFIG_WCE, BlockChecks::hasNoCacheWithoutFlush));
        checks.put("BLK-08", BlockChecks::leavesUnusedBytesZero);
        checks.put("BLK-09", BlockChecks::offersZonedIfItIs);
        checks.put("BLK-10", undecided(BlockFeature.ZONED, NO_ZONES));
        checks.put("BLK-23", BlockChecks::tellsOfItsSize);
        checks.put("BLK-24", offered(BlockFeature.RO, BlockChecks::keepsWhatIsReadOnly));
        checks.put("BLK-25", RangeChecks::refusesUnknownFlags);
        checks.put(
                "BLK-26", offered(BlockFeature.WRITE_ZEROES, RangeChecks::readsZeroAfterZeroing));
        checks.put("BLK-27", When.never("what is ever deallocated cannot be seen from outside"));
        checks.put("BLK-28", When.never(NO_CRASH));
        checks.put("BLK-29", When.never(NO_CRASH));
        checks.put("BLK-30", undecided(BlockFeature.LIFETIME, "its metrics are the medium's"));
        checks.put("BLK-31", modern(BlockChecks::refusesZoneRequests));
        checks.put("BLK-32", undecided(BlockFeature.ZONED, NO_ZONES));
        checks.put("BLK-33", undecided(BlockFeature.ZONED, NO_ZONES));
        checks.put("BLK-34", legacy(BlockChecks::flushesTheOldWay));
        checks.replaceAll((id, check) -> type(DeviceType.BLOCK, check));
        return checks;
    }

    private static Finding offersFlush(Bench bench) {
        boolean flush = bench.offers(BlockFeature.FLUSH);
        boolean cache = bench.offers(BlockFeature.CONFIG_WCE);
        Finding finding =
                Finding.that(
                        flush,
                        "FLUSH is %soffered, CONFIG_WCE is %soffered",
                        flush ? "" : "not ",
                        cache ? "" : "not ");
        return cache ? finding.at(Level.MUST) : finding;
    }

    private static Finding hasNoCacheWithoutFlush(Bench bench) {
        bench.negotiate(BlockFeature.CONFIG_WCE);
        long writeback = bench.field(BlockConfig.WRITEBACK);
        return Finding.that(
                writeback == 0,
                "CONFIG_WCE accepted, FLUSH not: writeback reads %d, status %s",
                writeback,
                bench.status());
    }

    private static Finding leavesUnusedBytesZero(Bench bench) {
        Registers config = bench.registers().deviceConfig();
        Map<Integer, Integer> odd = new LinkedHashMap<>();
        int looked = 0;
        for (int offset : UNUSED) {
            if (offset < config.length()) {
                looked++;
                int value = config.read8(offset);
                if (value != 0) {
                    odd.put(offset, value);
                }
            }
        }
        if (looked == 0) {
            return Finding.skip("the configuration ends before them, at %d", config.length());
        }
        return Finding.that(odd.isEmpty(), "%d unused bytes, not 0: %s", looked, odd);
    }

    private static Finding offersZonedIfItIs(Bench bench) {
        boolean offered = bench.offers(BlockFeature.ZONED);
        if (bench.isLegacy() || !offered) {
            return Finding.that(!offered, "ZONED is %soffered", offered ? "" : "not ")
                    .at(bench.isLegacy() ? Level.MUST_NOT : Level.SHOULD_NOT);
        }
        long model = bench.field(BlockConfig.ZONED_MODEL);
        return Finding.that(model != 0, "ZONED is offered, the model of zones is %d", model);
    }

    private static Finding tellsOfItsSize(Bench bench) {
        bench.run();
        bench.registers().isr();
        if (!bench.configNotification().change()) {
            return Finding.skip("only the device's own side can resize it");
        }
        int isr = IsrChecks.gather(bench, IsrChecks.CONFIG);
        long capacity = bench.field(BlockConfig.CAPACITY);
        return Finding.that(
                (isr & IsrChecks.CONFIG) != 0, "ISR 0x%02x, capacity %d sectors", isr, capacity);
    }

    private static Finding keepsWhatIsReadOnly(Bench bench) {
        BareQueue queue = bench.run(BlockFeature.RO);
        byte[] before = sector(bench, queue, 0);
        BlockRequest write = BlockRequest.of(bench, BlockRequest.OUT, 0);
        bench.request(queue, write.sending(bench.buffer(BlockRequest.SECTOR).fill(0x5a)));
        byte[] after = sector(bench, queue, 0);
        boolean same = Arrays.equals(before, after);
        return Finding.that(
                write.result() == BlockRequest.IOERR && same,
                "a write is answered with %s, its sector is %s",
                BlockRequest.word(write.result()),
                same ? "unchanged" : "changed");
    }

    /** Reads one sector; the request has to succeed. */
    static byte[] sector(Bench bench, BareQueue queue, long sector) {
        BlockRequest read = BlockRequest.of(bench, BlockRequest.IN, sector);
        Buffer data = bench.buffer(BlockRequest.SECTOR);
        bench.request(queue, read.receiving(data));
        if (read.result() != BlockRequest.OK) {
            throw new EndedException(
                    Finding.fail(
                            "reading sector %d is answered with %s",
                            sector, BlockRequest.word(read.result())));
        }
        return data.bytes();
    }

    private static Finding refusesZoneRequests(Bench bench) {
        BareQueue queue = bench.run();
        List<String> answers = new ArrayList<>();
        boolean refused = true;
        for (int kind : new int[] {BlockRequest.ZONE_OPEN, BlockRequest.ZONE_RESET_ALL}) {
            BlockRequest request = BlockRequest.of(bench, kind, 0);
            bench.request(queue, request.sending());
            refused &= request.result() == BlockRequest.UNSUPP;
            answers.add("type " + kind + ": " + BlockRequest.word(request.result()));
        }
        BlockRequest report = BlockRequest.of(bench, BlockRequest.ZONE_REPORT, 0);
        bench.request(queue, report.receiving(bench.buffer(BlockRequest.SECTOR)));
        refused &= report.result() == BlockRequest.UNSUPP;
        answers.add("type 16: " + BlockRequest.word(report.result()));
        return Finding.that(refused, "%s", String.join(", ", answers));
    }

    private static Finding flushesTheOldWay(Bench bench) {
        BareQueue queue =
                bench.offers(BlockFeature.FLUSH) ? bench.run(BlockFeature.FLUSH) : bench.run();
        BlockRequest flush = BlockRequest.of(bench, BlockRequest.FLUSH_OUT, 0);
        bench.request(queue, flush.sending());
        long capacity = bench.field(BlockConfig.CAPACITY);
        return Finding.that(
                flush.result() == BlockRequest.OK && capacity >>> 48 == 0,
                "FLUSH_OUT is answered with %s, capacity %d sectors",
                BlockRequest.word(flush.result()),
                capacity);
    }
}
