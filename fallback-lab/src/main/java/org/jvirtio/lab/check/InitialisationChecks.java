package org.jvirtio.lab.check;

import static org.jvirtio.lab.check.When.legacy;
import static org.jvirtio.lab.check.When.offered;
import static org.jvirtio.lab.check.When.undecided;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jvirtio.DeviceStatus;
import org.jvirtio.DeviceType;
import org.jvirtio.Feature;
import org.jvirtio.Register;
import org.jvirtio.Registers;
import org.jvirtio.RingFeature;
import org.jvirtio.device.BlockConfig;
import org.jvirtio.device.BlockFeature;
import org.jvirtio.device.NetFeature;

/** Device configuration, initialisation and suspending (virtio 1.4 sections 2.5, 3.1 and 3.4). */
final class InitialisationChecks {

    private static final String NO_SUSPEND = "this bench cannot resume what it suspended";

    private InitialisationChecks() {}

    static Map<String, Check> all() {
        return Map.of(
                "CFG-04", InitialisationChecks::showsFieldsEarly,
                "INI-08", legacy(InitialisationChecks::toleratesEarlyConfigWrites),
                "INI-09", legacy(InitialisationChecks::servesBeforeDriverOk),
                "INI-16",
                        offered(RingFeature.SUSPEND, InitialisationChecks::suspendsNotBeforeStart),
                "INI-17", undecided(RingFeature.SUSPEND, NO_SUSPEND),
                "INI-18", undecided(RingFeature.SUSPEND, NO_SUSPEND),
                "INI-19", undecided(RingFeature.SUSPEND, NO_SUSPEND),
                "INI-20", undecided(RingFeature.SUSPEND, NO_SUSPEND),
                "INI-21", undecided(RingFeature.SUSPEND, NO_SUSPEND));
    }

    private static Finding showsFieldsEarly(Bench bench) {
        List<Register> fields = fields(bench);
        if (fields.isEmpty()) {
            return Finding.skip("none of its offered features has a field");
        }
        bench.greet();
        Map<String, Long> early = values(bench, fields);
        bench.negotiate(offeredOnes(bench).toArray(Feature[]::new));
        Map<String, Long> late = values(bench, fields);
        return Finding.that(early.equals(late), "before FEATURES_OK %s, after it %s", early, late);
    }

    private static List<Feature> offeredOnes(Bench bench) {
        List<Feature> known =
                switch (bench.type()) {
                    case BLOCK -> List.of(BlockFeature.values());
                    case NETWORK -> List.of(NetFeature.values());
                    default -> List.of();
                };
        return known.stream().filter(bench::offers).toList();
    }

    /** The cache mode follows what is negotiated, and is left out. */
    private static List<Register> fields(Bench bench) {
        List<Register> fields = new ArrayList<>();
        for (Feature feature : offeredOnes(bench)) {
            fields.addAll(feature.fields());
        }
        fields.remove(BlockConfig.WRITEBACK);
        return fields;
    }

    private static Map<String, Long> values(Bench bench, List<Register> fields) {
        Map<String, Long> values = new LinkedHashMap<>();
        fields.forEach(field -> values.put(field.name(), bench.field(field)));
        return values;
    }

    private static Finding toleratesEarlyConfigWrites(Bench bench) {
        Registers config = bench.registers().deviceConfig();
        if (config.length() < 1 || !hasConfig(bench)) {
            return Finding.skip("a %s device has no configuration", bench.type().label());
        }
        bench.greet();
        int before = config.read8(0);
        config.write8(0, before);
        int status = bench.registers().status();
        int expected = DeviceStatus.ACKNOWLEDGE.mask() | DeviceStatus.DRIVER.mask();
        BareQueue queue = bench.run();
        bench.request(queue, bench.sample().chain());
        return Finding.that(
                status == expected,
                "byte 0 of the configuration written as 0x%02x: status %s, then a request is used",
                before,
                DeviceStatus.describe(status));
    }

    private static boolean hasConfig(Bench bench) {
        return bench.type() != DeviceType.ENTROPY;
    }

    private static Finding servesBeforeDriverOk(Bench bench) {
        bench.negotiate();
        BareQueue queue = bench.openQueue(Sample.queueOf(bench.type()));
        queue.offer(bench.sample().chain());
        bench.doorbell();
        boolean early = Waiting.within(Waiting.WATCH_MILLIS * 5, () -> queue.poll().isPresent());
        String status = bench.status();
        if (!early) {
            bench.addStatus(DeviceStatus.DRIVER_OK);
            bench.doorbell();
        }
        boolean late = !early && Waiting.await(() -> queue.poll().isPresent());
        return Finding.that(
                early,
                "at status %s a request that was rung for is %s",
                status,
                early ? "used" : late ? "used only after DRIVER_OK" : "never used");
    }

    private static Finding suspendsNotBeforeStart(Bench bench) {
        bench.negotiate(RingFeature.SUSPEND);
        bench.addStatus(DeviceStatus.SUSPEND);
        boolean kept = bench.has(DeviceStatus.SUSPEND);
        return Finding.that(!kept, "SUSPEND written before DRIVER_OK: status %s", bench.status());
    }
}
