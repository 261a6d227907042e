package org.jvirtio.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jvirtio.LayoutException;
import org.jvirtio.pci.ChoiceJson;
import org.jvirtio.pci.ChoiceText;
import org.jvirtio.pci.DecodedFunction;
import org.jvirtio.pci.DecodedJson;
import org.jvirtio.pci.DecodedText;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Decodes one function and shows the layout choice with its evidence. Reads, and never writes. */
@Command(
        name = "jvirtio explain",
        description = "Decode one function's configuration and show why a layout would be chosen.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ExplainCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FUNCTION", description = Functions.FORMS)
    private String function;

    @Option(
            names = "--policy",
            paramLabel = "POLICY",
            description =
                    "auto, legacy, register-set, virtio1, pci-cfg or legacy-first; add ,lenient to go"
                            + " on past what is broken (default: auto)")
    private String policy = "auto";

    @Option(names = "-o", paramLabel = "FORM", description = "text or json")
    private String form = "text";

    private final Console console;

    ExplainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Output output = Output.parse(form);
        try (PciFunction opened = Functions.openToLook(function)) {
            LayoutChoice choice = LayoutChoice.of(opened, parsePolicy(policy));
            DecodedFunction decoded = DecodedFunction.of(opened);
            if (output == Output.JSON) {
                console.out().println(JsonText.of(json -> write(json, decoded, choice)));
            } else {
                DecodedText.lines(decoded).forEach(console.out()::println);
                console.out().println();
                ChoiceText.lines(choice).forEach(console.out()::println);
                if (choice.layout().isEmpty()) {
                    explainRefusal(choice);
                }
            }
            return choice.layout().isPresent() ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private static void write(JsonGenerator json, DecodedFunction decoded, LayoutChoice choice)
            throws IOException {
        json.writeStartObject();
        json.writeFieldName("decoded");
        DecodedJson.write(decoded, json);
        json.writeFieldName("choice");
        ChoiceJson.write(choice, json);
        json.writeEndObject();
    }

    private void explainRefusal(LayoutChoice choice) {
        try {
            choice.require();
        } catch (LayoutException e) {
            console.out().println();
            console.out().println(e.getMessage());
        }
    }

    static Policy parsePolicy(String text) {
        try {
            return Policy.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--policy: " + e.getMessage());
        }
    }
}
