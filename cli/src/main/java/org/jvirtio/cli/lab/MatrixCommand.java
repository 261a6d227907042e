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
                        + " models in this process, on QEMU's devices, or on functions by name.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class MatrixCommand implements Callable<Integer> {

    @Option(
            names = "--whole",
            description =
                    "every possible cell on devices that are not models of this process; without,"
                            + " what is named, or as many as have every triple of values, and no"
                            + " policy that is lenient or strict")
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
        axes.checkFor(lab.functions());
        boolean every = whole || lab.isSelective() || axes.isSelective();
        MatrixCases cases = new MatrixCases(axes.axes(), every);
        return lab.run(console, "matrix", reach.reach(cases, console, lab));
    }
}
