package org.jvirtio.cli.lab;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jvirtio.VirtioException;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.ExitCode;
import org.jvirtio.cli.ExplainCommand;
import org.jvirtio.cli.Functions;
import org.jvirtio.cli.JsonText;
import org.jvirtio.cli.Output;
import org.jvirtio.cli.UsageException;
import org.jvirtio.lab.trace.Deviation;
import org.jvirtio.lab.trace.DriverRun;
import org.jvirtio.lab.trace.ModelReplay;
import org.jvirtio.lab.trace.RecordingFunction;
import org.jvirtio.lab.trace.ReplayedFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.trace.LatestEvents;
import org.jvirtio.trace.Trace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Plays one side of a trace to the other side. */
@Command(
        name = "replay",
        description =
                "Play the driver of a trace to a device model and compare what it answers; or, with"
                        + " --driver, play the device to our driver. Exit status 1 if one deviates.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ReplayTrace implements Callable<Integer> {

    private static final String EMULATED = "emulated:";

    @Parameters(paramLabel = "FILE", description = "a trace; - is standard input")
    private String file;

    @Option(
            names = "--on",
            paramLabel = "FUNCTION",
            description = "emulated:DEVICE...; by default the model that was recorded")
    private String on = "";

    @Option(
            names = "--driver",
            description = "start our driver on the recorded device, and close it")
    private boolean driver;

    @Option(
            names = "--policy",
            paramLabel = "POLICY",
            description = "with --driver, as for explain (default: auto)")
    private String policy = "auto";

    @Option(names = "-o", paramLabel = "FORM", description = "text or json")
    private String form = "text";

    private final Console console;

    ReplayTrace(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Output output = Output.parse(form);
        Trace trace = TraceFiles.read(file);
        return driver ? toDriver(trace, output) : toModel(trace, output);
    }

    private int toModel(Trace trace, Output output) {
        ModelReplay.Result result = ModelReplay.run(trace, Functions.openToDrive(model(trace)));
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("written", result.written());
        tree.put("compared", result.compared());
        tree.put("leftOut", result.leftOut());
        tree.put("deviations", result.deviations());
        tree.put("first", result.first().map(Deviation::toString).orElse(""));
        show(tree, output);
        return result.deviations() == 0 ? ExitCode.DONE : ExitCode.FAILED;
    }

    private int toDriver(Trace trace, Output output) {
        Policy chosen = ExplainCommand.parsePolicy(policy);
        ReplayedFunction device = new ReplayedFunction(trace);
        LatestEvents repeated = new LatestEvents(1);
        Map<String, Object> tree = new LinkedHashMap<>();
        String deviation = "";
        try {
            DriverRun.run(new RecordingFunction(device, repeated), chosen, false);
            device.requireFinished();
        } catch (VirtioException e) {
            deviation = e.getMessage();
        }
        tree.put("driver", deviation.isEmpty() ? "did what was recorded" : "deviated");
        tree.put("first", deviation);
        show(tree, output);
        return deviation.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    /** Only a model may be written to by a file. */
    private String model(Trace trace) {
        String name = on.isEmpty() ? trace.header().function() : on;
        if (!name.startsWith(EMULATED)) {
            throw new UsageException(
                    "replaying the trace of "
                            + trace.header().function()
                            + ": '"
                            + name
                            + "' is no model. Name one of the same kind with --on emulated:DEVICE,"
                            + " or play it to a QEMU with trace export --qtest.");
        }
        return name;
    }

    private void show(Map<String, Object> tree, Output output) {
        if (output == Output.JSON) {
            console.out().println(JsonText.of(tree));
            return;
        }
        tree.forEach(
                (name, value) -> {
                    if (!value.equals("")) {
                        console.out().println(name + ": " + value);
                    }
                });
    }
}
