package org.jvirtio.lab.check;

import static org.jvirtio.lab.check.When.legacy;
import static org.jvirtio.lab.check.When.modern;
import static org.jvirtio.lab.check.When.offered;
import static org.jvirtio.lab.check.When.transitional;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jvirtio.DeviceStatus;
import org.jvirtio.FeatureSet;
import org.jvirtio.Registers;
import org.jvirtio.RingFeature;

/** Feature negotiation (virtio 1.4 sections 2.2 and 6). */
final class FeatureChecks {

    /** Reserved for later versions: no device may offer it, no driver accept it. */
    private static final int RESERVED = 49;

    private static final int EXTENDED = 0x100;
    private static final int SR_IOV_CAPABILITY = 0x10;
    private static final int MOST_EXTENDED = 96;

    private FeatureChecks() {}

    static Map<String, Check> all() {
        return Map.ofEntries(
                Map.entry("FEA-06", FeatureChecks::offersWhatOthersNeed),
                Map.entry("FEA-07", modern(FeatureChecks::acceptsValidChoicesOnly)),
                Map.entry("FEA-08", FeatureChecks::offersDefinedBits),
                Map.entry("FEA-09", modern(FeatureChecks::acceptsTheSameTwice)),
                Map.entry(
                        "FEA-11", transitional(legacy(FeatureChecks::servesLegacyDriversTheirWay))),
                Map.entry("FEA-20", modern(FeatureChecks::offersVersion1)),
                Map.entry(
                        "FEA-21", When.never("whether it is behind an IOMMU cannot be seen here")),
                Map.entry("FEA-22", offered(RingFeature.IN_ORDER, FeatureChecks::keepsTheOrder)),
                Map.entry("FEA-23", FeatureChecks::offersSrIovBesideItsCapability),
                Map.entry("FEA-24", transitional(legacy(FeatureChecks::offersAnyLayout))),
                Map.entry(
                        "FEA-27",
                        legacy(
                                offered(
                                        RingFeature.NOTIFY_ON_EMPTY,
                                        FeatureChecks::interruptsWhenEmpty))));
    }

    private static Finding offersWhatOthersNeed(Bench bench) {
        List<String> missing = FeatureNeeds.missing(bench.type(), bench.offered());
        return Finding.that(
                missing.isEmpty(),
                "offered %s%s",
                bench.offered(),
                missing.isEmpty() ? "" : ": " + String.join("; ", missing));
    }

    private static Finding acceptsValidChoicesOnly(Bench bench) {
        FeatureSet offered = bench.offered();
        FeatureSet base = bench.base();
        if (!bench.accept(base)) {
            return Finding.fail("%s are refused, status %s", base, bench.status());
        }
        for (FeatureSet choice : List.of(offered, base.with(RingFeature.EVENT_IDX.bit()))) {
            if (choice.minus(offered).isEmpty() && !bench.accept(choice)) {
                return Finding.fail("%s are refused, status %s", choice, bench.status());
            }
        }
        boolean kept = bench.accept(base.with(RESERVED));
        return Finding.that(
                        !kept,
                        "%s and all of %s keep FEATURES_OK; with bit %d, which is not offered, it"
                                + " reads %s",
                        base,
                        offered,
                        RESERVED,
                        kept ? "1" : "0")
                .at(kept ? Level.MUST : Level.SHOULD);
    }

    private static Finding offersDefinedBits(Bench bench) {
        FeatureSet offered = bench.offered();
        FeatureSet foreign = offered.minus(FeatureNeeds.defined(bench.type(), bench.isLegacy()));
        return Finding.that(
                foreign.isEmpty(),
                "offered %s%s",
                offered,
                foreign.isEmpty()
                        ? ""
                        : ", not defined here " + foreign.names(RingFeature.values()));
    }

    private static Finding acceptsTheSameTwice(Bench bench) {
        boolean first = bench.accept(bench.base());
        boolean second = bench.accept(bench.base());
        return Finding.that(
                first && second,
                "accepting %s: FEATURES_OK %s, after a reset %s",
                bench.base(),
                first ? "stays" : "is lost",
                second ? "stays" : "is lost");
    }

    private static Finding servesLegacyDriversTheirWay(Bench bench) {
        bench.greet();
        bench.registers().accept(0, 0);
        BareQueue queue = bench.openQueue(Sample.queueOf(bench.type()));
        bench.addStatus(DeviceStatus.DRIVER_OK);
        BareQueue.Used used = bench.request(queue, bench.sample().chain());
        return Finding.pass(
                "without any feature a request through the legacy queue is used, length %d",
                used.length());
    }

    private static Finding offersVersion1(Bench bench) {
        return Finding.that(
                bench.offers(RingFeature.VERSION_1),
                "window 1 of the offered features is 0x%08x",
                bench.registers().offered(1));
    }

    private static Finding keepsTheOrder(Bench bench) {
        BareQueue queue = bench.run(RingFeature.IN_ORDER);
        List<Integer> offered = new ArrayList<>();
        int count = queue.room(8, bench.sample().chain().size());
        for (int i = 0; i < count; i++) {
            offered.add(queue.offer(bench.sample().chain()));
        }
        bench.doorbell();
        List<Integer> used = new ArrayList<>();
        while (!used.contains(offered.get(offered.size() - 1))) {
            used.add(bench.awaitUsed(queue).id());
        }
        // One entry may stand for those before it (section 2.7.8.1), so some may be missing.
        List<Integer> expected = new ArrayList<>(offered);
        expected.retainAll(used);
        return Finding.that(expected.equals(used), "offered %s, used %s", offered, used);
    }

    private static Finding offersSrIovBesideItsCapability(Bench bench) {
        boolean offered = bench.offers(RingFeature.SR_IOV);
        boolean present = hasSrIov(bench.config());
        Finding finding =
                Finding.that(
                        offered == present,
                        "SR_IOV is %soffered, the capability is %s",
                        offered ? "" : "not ",
                        present ? "there" : "not there");
        return present && !offered ? finding.at(Level.SHOULD) : finding;
    }

    private static boolean hasSrIov(Registers config) {
        int at = EXTENDED;
        for (int i = 0; i < MOST_EXTENDED && at >= EXTENDED && at + 4 <= config.length(); i++) {
            int header = config.read32(at);
            if ((header & 0xffff) == SR_IOV_CAPABILITY) {
                return true;
            }
            at = header >>> 20;
        }
        return false;
    }

    private static Finding offersAnyLayout(Bench bench) {
        return Finding.that(
                bench.offers(RingFeature.ANY_LAYOUT),
                "offered through the legacy interface: 0x%08x",
                bench.registers().offered(0));
    }

    private static Finding interruptsWhenEmpty(Bench bench) {
        BareQueue queue = bench.run(RingFeature.NOTIFY_ON_EMPTY);
        queue.suppressInterrupts(true);
        bench.registers().isr();
        bench.request(queue, bench.sample().chain());
        boolean told = Waiting.await(() -> bench.registers().isr() != 0);
        return Finding.that(
                told,
                "the only buffer is used and the flag asks for silence: %s",
                told ? "interrupted" : "no interrupt in " + Waiting.limitMillis() + " ms");
    }
}
