package org.jvirtio.cli.bench;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.ExitCode;
import org.jvirtio.cli.ScratchDirectory;
import org.jvirtio.cli.UsageException;
import org.jvirtio.cli.bench.report.BenchReport;
import org.jvirtio.cli.bench.report.MachineInputs;
import org.jvirtio.cli.bench.report.ReportOutput;
import org.jvirtio.guest.QemuWithoutGuest;
import org.jvirtio.qtest.QtestMachine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures what it takes to drive a disk of a QEMU without a guest: from a QEMU that is up to
 * functions with addresses, to a device that runs, and then single reads. Each round has a QEMU of
 * its own.
 */
@Command(
        name = "qtest",
        description = "Measure a disk of a QEMU without a guest: start, handshake, single reads.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class QtestBench implements Callable<Integer> {

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "each with a QEMU of its own (default: 5)")
    private int rounds = 5;

    @Option(
            names = "--reads",
            paramLabel = "N",
            description = "of 4 KiB, by each disk and way of waiting in a round (default: 2000)")
    private int reads = 2000;

    @Mixin private ReportOutput output;

    private final Console console;

    QtestBench(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        output.check();
        if (rounds < 1 || reads < 1) {
            throw new UsageException(
                    "--rounds " + rounds + " --reads " + reads + ": at least one is needed");
        }
        Instant begin = Instant.now();
        QtestFigures figures = new QtestFigures();
        try (ScratchDirectory scratch = ScratchDirectory.make()) {
            for (int round = 1; round <= rounds; round++) {
                console.progress("round " + round + " of " + rounds);
                measure(directory(scratch, round), reads, figures);
            }
        }
        output.finish(
                console, new BenchReport("qtest", begin, inputs(), figures.cells(), List.of()));
        return ExitCode.DONE;
    }

    /** One round, with a QEMU that lives in {@code directory}. */
    static void measure(Path directory, int reads, QtestFigures figures) {
        List<String> arguments = new ArrayList<>();
        for (QtestDisk disk : QtestDisk.values()) {
            arguments.addAll(disk.qemuArguments(image(directory, disk)));
        }
        long start = System.nanoTime();
        try (QemuWithoutGuest qemu = QemuWithoutGuest.start(directory, arguments)) {
            long up = System.nanoTime();
            figures.started(up - start);
            try (QtestMachine machine = QtestMachine.attach(qemu.socket(), qemu.memory())) {
                machine.settle();
                long enumerated = System.nanoTime() - up;
                figures.enumerated(enumerated);
                for (QtestDisk disk : QtestDisk.values()) {
                    disk.measure("qtest:" + qemu.socket() + "@", enumerated, reads, figures);
                }
            }
        }
    }

    private static Path directory(ScratchDirectory scratch, int round) {
        Path directory = scratch.path().resolve("round-" + round);
        try {
            return Files.createDirectory(directory);
        } catch (IOException e) {
            throw ScratchDirectory.unusable("making " + directory, e);
        }
    }

    private static Path image(Path directory, QtestDisk disk) {
        Path image = directory.resolve(disk.name() + ".raw");
        try (RandomAccessFile made = new RandomAccessFile(image.toFile(), "rw")) {
            made.setLength(QtestDisk.BYTES);
            return image;
        } catch (IOException e) {
            throw ScratchDirectory.unusable("making a disk, " + image, e);
        }
    }

    private Map<String, String> inputs() {
        Map<String, String> inputs = MachineInputs.ofThisMachine();
        inputs.put("QEMU", PeerGuest.qemuVersion());
        inputs.put("rounds", "" + rounds);
        inputs.put("reads of 4 KiB", "" + reads);
        return inputs;
    }
}
