package org.jvirtio.cli.lab;

import java.util.concurrent.Callable;
import org.jvirtio.cli.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Every device in every layout under every policy with every interrupt and ring, and a verdict. */
@Command(
        name = "jvirtio matrix",
        description =
                "Drive layout x policy x interrupts x ring x ring features x device, generated, on the"
                        + " models in this process or on QEMU's devices.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class MatrixCommand implements Callable<Integer> {

    @Option(
            names = "--whole",
            description =
                    "on QEMU's devices every possible cell; without, as many as have every triple of"
                            + " values, or what is named")
    private boolean whole;

    @Mixin private AxisOptions axes;

    @Mixin private LabOptions lab;

    @Mixin private ReachOptions reach;

    private final Console console;

    public MatrixCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        lab.check();
        boolean every = whole || lab.isSelective() || axes.isSelective();
        MatrixCases cases = new MatrixCases(axes.axes(), every);
        return lab.run(console, "matrix", reach.reach(cases, console, lab));
    }
}
