package org.jvirtio.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jvirtio.cli.explain.Explanation;
import org.jvirtio.cli.explain.ExplanationJson;
import org.jvirtio.cli.explain.ExplanationPage;
import org.jvirtio.cli.explain.ExplanationText;
import org.jvirtio.lab.peers.KernelCheck;
import org.jvirtio.lab.peers.Peer;
import org.jvirtio.lab.peers.Peers;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Decodes one function and shows the layout choice with its evidence, and what other drivers do
 * with the same bytes. Reads, and never writes, unless the kernel is to be asked too.
 */
@Command(
        name = "jvirtio explain",
        description = "Decode one function's configuration and show why a layout would be chosen.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class ExplainCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FUNCTION", description = Functions.FORMS)
    private String function;

    @Option(
            names = "--policy",
            paramLabel = "POLICY",
            description =
                    "auto, legacy, register-set, virtio1, pci-cfg or legacy-first; add ,lenient to go"
                            + " on past what is broken, ,strict to refuse what is only noted"
                            + " (default: auto)")
    private String policy = "auto";

    @Option(
            names = "--overlay",
            paramLabel = "NAME|FILE",
            description = "look at the function through this mask; jvirtio overlay lists them")
    private String overlay;

    @Option(
            names = "--as",
            paramLabel = "DRIVER",
            split = ",",
            description =
                    "also say what this driver does with the same bytes: linux, dpdk, spdk, libblkio,"
                            + " rcore, osv, hermit, libqos, or all; repeat")
    private List<String> as = new ArrayList<>();

    @Option(
            names = "--verify",
            description =
                    "with --as linux, in a guest: let the kernel's virtio-pci take the function and"
                            + " compare")
    private boolean verify;

    @Mixin private PageOutput page;

    private final Console console;

    ExplainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Output output = page.output();
        List<Peer> peers = peers();
        Policy chosenBy = parsePolicy(policy);
        Explanation explanation;
        try (PciFunction opened = Functions.openToLook(masked())) {
            explanation = Explanation.of(opened, Functions.pathTo(function), chosenBy, peers);
            tellOfLengths(opened);
        }
        if (verify) {
            explanation = explanation.with(KernelCheck.of(Functions.realAddress(function)));
        }
        if (page.isPage()) {
            page.print(ExplanationPage.of(explanation), console);
        } else if (output == Output.JSON) {
            Explanation whole = explanation;
            console.out().println(JsonText.of(json -> ExplanationJson.write(whole, json)));
        } else {
            ExplanationText.lines(explanation).forEach(console.out()::println);
        }
        return explanation.choice().layout().isPresent() && explanation.kernelAgrees()
                ? ExitCode.DONE
                : ExitCode.FAILED;
    }

    private void tellOfLengths(PciFunction opened) {
        if (!opened.bars().stream().allMatch(Bar::lengthKnown)) {
            console.progress(
                    "how long its BARs are is unknown: only writing to them would tell, and this"
                            + " only looks at what is there");
        }
    }

    /** The function's name, behind the mask if there is one. */
    private String masked() {
        return overlay == null ? function : "overlay:" + overlay + "@" + function;
    }

    private List<Peer> peers() {
        if (verify && !as.contains("linux") && !as.contains("all")) {
            throw new UsageException(
                    "--verify compares the kernel with what is said of it: add --as linux.");
        }
        try {
            return Peers.named(as);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--as: " + e.getMessage());
        }
    }

    public static Policy parsePolicy(String text) {
        try {
            return Policy.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--policy: " + e.getMessage());
        }
    }
}
