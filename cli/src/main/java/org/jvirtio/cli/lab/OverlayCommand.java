package org.jvirtio.cli.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.ExitCode;
import org.jvirtio.cli.JsonText;
import org.jvirtio.cli.UsageException;
import org.jvirtio.lab.overlay.Overlay;
import org.jvirtio.lab.overlay.Overlays;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the ready overlays, or checks and prints one. */
@Command(
        name = "jvirtio overlay",
        description = {
            "List the ready masks for functions; or check one, or a file, and print it.",
            "Every command that takes a function takes overlay:NAME@FUNCTION and"
                    + " overlay:FILE@FUNCTION."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class OverlayCommand implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "NAME|FILE", description = "what to print")
    private String name;

    @Option(names = "-o", paramLabel = "FORM", description = "text or json")
    private String form = "text";

    private final Console console;

    public OverlayCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (!form.equals("text") && !form.equals("json")) {
            throw new UsageException(
                    "choosing the form of the result: there is no '"
                            + form
                            + "'. Use -o text or -o json.");
        }
        if (form.equals("json")) {
            console.out().println(JsonText.of(tree()));
        } else if (name == null) {
            for (Overlay overlay : overlays()) {
                console.out().printf("%-28s %s%n", overlay.name(), overlay.sentence());
            }
        } else {
            Overlays.find(name);
            console.out().print(Overlays.text(name));
        }
        return ExitCode.DONE;
    }

    private List<Overlay> overlays() {
        return name == null
                ? Overlays.names().stream().map(Overlays::ready).toList()
                : List.of(Overlays.find(name));
    }

    private Object tree() {
        List<Map<String, String>> tree = new ArrayList<>();
        for (Overlay overlay : overlays()) {
            Map<String, String> one = new LinkedHashMap<>();
            one.put("name", overlay.name());
            one.put("sentence", overlay.sentence());
            one.put("text", Overlays.text(overlay.name()));
            tree.add(one);
        }
        return tree;
    }
}
