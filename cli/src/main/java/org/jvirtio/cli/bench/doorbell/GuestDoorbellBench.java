package org.jvirtio.cli.bench.doorbell;

import java.io.PrintStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jvirtio.EnvironmentException;
import org.jvirtio.VirtioException;
import org.jvirtio.guest.GuestProgram;

/**
 * What {@code bench doorbell} runs inside the guest: every way warmed up, then every way in turn,
 * round by round; one {@link Finding} on each line.
 */
public final class GuestDoorbellBench implements GuestProgram {

    /** Of one piece of warming up; the first and the last are told. */
    private static final int WARM_UP_REQUESTS = 500;

    private static final int WARM_UP_RINGS = 2000;

    private final Map<DoorbellWay, Boolean> doorbells = new EnumMap<>(DoorbellWay.class);
    private final Map<RoundTripWay, Boolean> trips = new EnumMap<>(RoundTripWay.class);
    private DoorbellPlan plan;
    private PrintStream out;

    @Override
    public int run(List<String> arguments, PrintStream output, PrintStream err) {
        plan = DoorbellPlan.of(arguments);
        out = output;
        for (DoorbellWay way : DoorbellWay.values()) {
            doorbells.put(way, attempt(way.label(), () -> warmUp(way)));
        }
        for (RoundTripWay way : RoundTripWay.values()) {
            trips.put(way, attempt(name(way), () -> warmUp(way)));
        }
        for (int round = 0; round < plan.rounds(); round++) {
            doorbells.replaceAll((way, here) -> here && attempt(way.label(), () -> ring(way)));
            trips.replaceAll((way, here) -> here && attempt(name(way), () -> travel(way)));
        }
        return doorbells.containsValue(true) && trips.containsValue(true) ? 0 : 1;
    }

    /** Returns whether it could be measured; why not is a note. */
    private boolean attempt(String name, Runnable measurement) {
        try {
            measurement.run();
            return true;
        } catch (VirtioException e) {
            say(Finding.note(name + " is missing: " + e.getMessage()));
            return false;
        }
    }

    private void warmUp(DoorbellWay way) {
        try (NotificationCost cost = NotificationCost.open(way)) {
            if (way.withData() && !cost.writesData()) {
                throw new EnvironmentException(
                        "the device does not offer bit 38, and no other measurement stands in for"
                                + " it. Use a QEMU that offers it.");
            }
            double first = cost.nanos(WARM_UP_RINGS);
            double last = first;
            for (long end = warmUpEnd(); System.nanoTime() < end; ) {
                last = cost.nanos(WARM_UP_RINGS);
            }
            say(note(way.label(), first, last));
        }
    }

    private void warmUp(RoundTripWay way) {
        try (RoundTrips trip = RoundTrips.open(way)) {
            double first = trip.percentiles(WARM_UP_REQUESTS).get(0);
            double last = first;
            for (long end = warmUpEnd(); System.nanoTime() < end; ) {
                last = trip.percentiles(WARM_UP_REQUESTS).get(0);
            }
            say(note(name(way) + ", p50", first, last));
        }
    }

    private long warmUpEnd() {
        return System.nanoTime() + (long) (plan.warmUpSeconds() * 1e9);
    }

    private Finding note(String name, double first, double last) {
        return Finding.note(
                String.format(
                        "warm-up of %s s, %s: at first %.0f ns, at last %.0f ns",
                        plan.warmUpSeconds(), name, first, last));
    }

    private void ring(DoorbellWay way) {
        try (NotificationCost cost = NotificationCost.open(way)) {
            cost.nanos(WARM_UP_RINGS);
            List<Double> nanos = List.of(cost.nanos(plan.rings()));
            say(new Finding(Finding.Kind.RING, way.name(), nanos));
        }
    }

    private void travel(RoundTripWay way) {
        try (RoundTrips trip = RoundTrips.open(way)) {
            trip.percentiles(WARM_UP_REQUESTS);
            List<Double> nanos = trip.percentiles(plan.requests());
            say(new Finding(Finding.Kind.ROUND_TRIP, way.name(), nanos));
            if (trip.lostInterrupts() > 0) {
                say(Finding.note(name(way) + ": " + trip.lostInterrupts() + " interrupts lost"));
            }
        }
    }

    private static String name(RoundTripWay way) {
        return way.layout() + ", " + way.label();
    }

    private void say(Finding finding) {
        out.println(finding.line());
        out.flush();
    }
}
