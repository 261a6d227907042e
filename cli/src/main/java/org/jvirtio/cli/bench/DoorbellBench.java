package org.jvirtio.cli.bench;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.ExitCode;
import org.jvirtio.cli.GuestOptions;
import org.jvirtio.cli.GuestVfio;
import org.jvirtio.cli.LineStream;
import org.jvirtio.cli.UsageException;
import org.jvirtio.cli.bench.doorbell.DoorbellDevices;
import org.jvirtio.cli.bench.doorbell.DoorbellPlan;
import org.jvirtio.cli.bench.doorbell.GuestDoorbellBench;
import org.jvirtio.cli.bench.report.BenchReport;
import org.jvirtio.cli.bench.report.MachineInputs;
import org.jvirtio.cli.bench.report.ReportOutput;
import org.jvirtio.guest.GuestJob;
import org.jvirtio.guest.GuestMachine;
import org.jvirtio.guest.GuestResult;
import org.jvirtio.guest.QemuGuest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures in a guest, over VFIO, what one notification costs by each way there is, and how long
 * one request takes there and back by poll, message and pin.
 */
@Command(
        name = "doorbell",
        description = "Measure a notification by every way, and one request there and back.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class DoorbellBench implements Callable<Integer> {

    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final Duration SILENCE = Duration.ofMinutes(4);

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "in each of which every way has a turn (default: 3)")
    private int rounds = 3;

    @Option(
            names = "--rings",
            paramLabel = "N",
            description = "notifications of one sample (default: 20000)")
    private int rings = 20_000;

    @Option(
            names = "--requests",
            paramLabel = "N",
            description = "requests of one sample, each timed (default: 50000)")
    private int requests = 50_000;

    @Option(
            names = "--warm-up",
            paramLabel = "S",
            description = "every way is used unmeasured before the first round (default: 3)")
    private double warmUp = 3;

    @Mixin private GuestOptions guestOptions;

    @Mixin private ReportOutput output;

    private final Console console;

    DoorbellBench(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        output.check();
        DoorbellPlan plan = plan();
        Instant begin = Instant.now();
        QemuGuest guest =
                guestOptions.guest(console, DoorbellDevices.qemuArguments(), LIMIT, SILENCE);
        DoorbellFindings findings = new DoorbellFindings(console, plan.rounds());
        console.progress("booting a guest (" + guest.machine().accelerator().reason() + ")");
        GuestResult boot =
                guest.run(
                        job(guest.machine(), plan),
                        new PrintStream(
                                new LineStream(findings::accept), true, StandardCharsets.UTF_8),
                        console.err());
        List<String> notes = new ArrayList<>(findings.notes());
        boot.failure().or(boot::fault).ifPresent(notes::add);
        output.finish(
                console,
                new BenchReport("doorbell", begin, inputs(guest), findings.cells(), notes));
        return boot.failure().isPresent() ? ExitCode.FAILED : boot.exitCode();
    }

    static GuestJob job(GuestMachine machine, DoorbellPlan plan) {
        return new GuestJob(
                GuestDoorbellBench.class.getName(),
                plan.arguments(),
                GuestVfio.jvmOptions(machine));
    }

    private DoorbellPlan plan() {
        try {
            return new DoorbellPlan(rounds, rings, requests, warmUp);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private Map<String, String> inputs(QemuGuest guest) {
        Map<String, String> inputs = MachineInputs.ofThisMachine();
        GuestInputs.add(inputs, guest, guestOptions);
        inputs.put("notifications per sample", "" + rings);
        inputs.put("requests per sample", "" + requests);
        inputs.put("seconds of warm-up", "" + warmUp);
        return inputs;
    }
}
