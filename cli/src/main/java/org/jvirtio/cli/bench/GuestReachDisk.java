package org.jvirtio.cli.bench;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jvirtio.EnvironmentException;
import org.jvirtio.cli.bench.reach.GuestReachBench;
import org.jvirtio.cli.bench.reach.ReachDisk;
import org.jvirtio.cli.bench.reach.ReachSample;
import org.jvirtio.guest.GuestResult;

/** A disk in a guest, which measured all its rounds in one boot and is gone. */
final class GuestReachDisk implements ReachDisk {

    private static final PeerGuest.Size SIZE = new PeerGuest.Size(1024, 64);

    private final Deque<ReachSample> rounds;

    private final Map<String, String> inputs = new LinkedHashMap<>();

    private GuestReachDisk(Deque<ReachSample> rounds, PeerGuest guest) {
        this.rounds = rounds;
        guest.describe(inputs);
    }

    static GuestReachDisk boot(MeasuredReach.Order order, List<String> devices) {
        PeerGuest guest =
                new PeerGuest(
                        order.options(),
                        order.console(),
                        List.of(),
                        new PeerPrograms(),
                        devices,
                        SIZE,
                        order.plan().limit());
        Deque<ReachSample> rounds = new ArrayDeque<>();
        List<String> said = new ArrayList<>();
        GuestResult boot =
                guest.run(
                        GuestReachBench.class,
                        order.plan().arguments(),
                        line ->
                                ReachSample.parse(line)
                                        .ifPresentOrElse(rounds::add, () -> said.add(line)));
        if (rounds.size() < order.plan().rounds()) {
            throw new EnvironmentException(
                    String.format(
                            "measuring in a guest: it ended after %d of %d rounds: %s %s",
                            rounds.size(),
                            order.plan().rounds(),
                            boot.failure().or(boot::fault).orElse("no reason given"),
                            said));
        }
        return new GuestReachDisk(rounds, guest);
    }

    @Override
    public ReachSample round() {
        return rounds.remove();
    }

    @Override
    public Map<String, String> inputs() {
        return inputs;
    }

    @Override
    public void close() {
        rounds.clear();
    }
}
