package org.jvirtio.cli.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.bench.net.GuestNetBench;
import org.jvirtio.cli.bench.net.NetCell;
import org.jvirtio.cli.bench.net.NetMeasurement;
import org.jvirtio.cli.bench.net.NetPeer;
import org.jvirtio.cli.bench.net.NetPlan;
import org.jvirtio.cli.bench.report.Better;
import org.jvirtio.cli.bench.report.Cell;
import org.jvirtio.cli.bench.report.Figure;
import org.jvirtio.cli.bench.report.Goal;
import org.jvirtio.cli.bench.report.Rounds;

/** What the guest of {@code bench net} said, and the report's cells that come of it. */
final class NetFindings {

    private static final Figure RATE = new Figure("frames per second", "k/s", Better.HIGHER);
    private static final NetCell WITH_GOAL = new NetCell(64, 32);

    private final NetPlan plan;
    private final Console console;
    private final Map<String, List<NetMeasurement>> measurements = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private String testpmdVersion = "not told";

    NetFindings(NetPlan plan, Console console) {
        this.plan = plan;
        this.console = console;
    }

    /** Takes a line of the guest's output. */
    void accept(String line) {
        if (line.startsWith(GuestNetBench.TESTPMD_IS)) {
            testpmdVersion = line.substring(GuestNetBench.TESTPMD_IS.length());
            return;
        }
        NetMeasurement.parse(line)
                .ifPresentOrElse(this::add, () -> console.progress("the guest says: " + line));
    }

    private void add(NetMeasurement found) {
        String who = found.cell().name() + " by " + found.peer().label();
        String round = who + ", round " + found.round() + ": ";
        if (found.failure().isEmpty()) {
            console.progress(
                    String.format(
                            "%s%.0f/s sent, %.0f/s received",
                            round, found.transmitted(), found.received()));
            measurements.computeIfAbsent(who, name -> new ArrayList<>()).add(found);
        } else {
            console.progress(round + found.failure());
            notes.add(round + found.failure());
        }
    }

    String testpmdVersion() {
        return testpmdVersion;
    }

    /** What went wrong, sentence by sentence. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (NetCell cell : plan.cells()) {
            add(cells, rounds("transmit", cell), cell, NetMeasurement::transmitted);
            add(cells, rounds("receive", cell), cell, NetMeasurement::received);
        }
        return cells;
    }

    private static Rounds rounds(String direction, NetCell cell) {
        Rounds rounds =
                new Rounds(direction, RATE).at("bytes", cell.bytes()).at("batch", cell.batch());
        return cell.equals(WITH_GOAL)
                ? rounds.goal(Goal.ratioTo(NetPeer.TESTPMD.label(), 0.9))
                : rounds;
    }

    /** Adds everybody who was measured in every round; whoever failed once has a note instead. */
    private void add(
            List<Cell> cells,
            Rounds rounds,
            NetCell cell,
            ToDoubleFunction<NetMeasurement> figure) {
        boolean any = false;
        for (NetPeer peer : NetPeer.values()) {
            List<NetMeasurement> found =
                    measurements.getOrDefault(cell.name() + " by " + peer.label(), List.of());
            if (found.size() == plan.rounds()) {
                found.forEach(one -> rounds.add(peer.label(), figure.applyAsDouble(one) / 1e3));
                any = true;
            }
        }
        if (any) {
            cells.add(rounds.cell());
        }
    }
}
