package org.jvirtio.cli.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.GuestOptions;
import org.jvirtio.cli.UsageException;
import org.jvirtio.cli.bench.net.GuestNetBench;
import org.jvirtio.cli.bench.net.NetPeer;
import org.jvirtio.cli.bench.net.NetPlan;
import org.jvirtio.cli.bench.net.NetPort;
import org.jvirtio.cli.bench.net.Testpmd;
import org.jvirtio.cli.bench.report.BenchReport;
import org.jvirtio.cli.bench.report.MachineInputs;
import org.jvirtio.cli.bench.report.ReportOutput;
import org.jvirtio.guest.GuestCache;
import org.jvirtio.guest.GuestResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures raw frames in one boot of one guest: sent on one function and received on another, by
 * our driver and by DPDK's testpmd, in turn.
 */
@Command(
        name = "net",
        description = "Measure raw frames in a guest: ours, and DPDK's testpmd.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class NetBench implements Callable<Integer> {

    private static final PeerGuest.Size SIZE = new PeerGuest.Size(1280, 256);

    /** Of one start of testpmd, with both its processes. */
    private static final int TESTPMD_SECONDS = 30;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "of one measurement, whole ones (default: 4)")
    private int seconds = 4;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "in each of which everybody has a turn (default: 3)")
    private int rounds = 3;

    @Option(
            names = "--warm-up",
            paramLabel = "S",
            description = "ours runs unmeasured before the first round (default: 15)")
    private int warmUp = 15;

    @Option(
            names = "--only",
            paramLabel = "CELLS",
            description = "measure only some, such as 64-b32,1518-b256")
    private String only = "";

    @Mixin private GuestOptions guestOptions;

    @Mixin private ReportOutput output;

    private final Console console;

    NetBench(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        output.check();
        NetPlan plan = plan();
        Instant begin = Instant.now();
        PeerPrograms programs = programs(console);
        PeerGuest guest = guest(plan, programs, guestOptions, console);
        NetFindings findings = new NetFindings(plan, console);
        GuestResult boot = guest.run(GuestNetBench.class, plan.arguments(), findings::accept);
        List<String> notes = new ArrayList<>(programs.notes());
        notes.addAll(findings.notes());
        boot.failure().or(boot::fault).ifPresent(notes::add);
        Map<String, String> inputs = inputs(findings);
        guest.describe(inputs);
        BenchReport report = new BenchReport("net", begin, inputs, findings.cells(), notes);
        output.finish(console, report);
        return OwnFigures.exitCode(console, report, boot);
    }

    private NetPlan plan() {
        try {
            return new NetPlan(NetPlan.cells(only), rounds, seconds, warmUp);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    static PeerPrograms programs(Console console) {
        console.progress("fetching DPDK's testpmd (kept for the next time)");
        PeerPrograms programs = new PeerPrograms();
        programs.add(NetPeer.TESTPMD.label(), () -> Testpmd.files(GuestCache.ofUser()));
        return programs;
    }

    static PeerGuest guest(
            NetPlan plan, PeerPrograms programs, GuestOptions options, Console console) {
        List<String> devices = new ArrayList<>();
        for (NetPort port : NetPort.values()) {
            devices.addAll(port.qemuArguments());
        }
        int samples = plan.cells().size() * plan.rounds();
        int planned = samples * (2 * plan.seconds() + TESTPMD_SECONDS) + plan.warmUpSeconds();
        Duration limit = Duration.ofMinutes(10).plusSeconds(2L * planned);
        return new PeerGuest(options, console, List.of(), programs, devices, SIZE, limit);
    }

    private Map<String, String> inputs(NetFindings findings) {
        Map<String, String> inputs = MachineInputs.ofThisMachine();
        inputs.put("testpmd", findings.testpmdVersion());
        inputs.put("seconds per sample", "" + seconds);
        inputs.put("seconds of warm-up", "" + warmUp);
        return inputs;
    }
}
