package org.jvirtio.cli.learn;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.ExitCode;
import org.jvirtio.cli.ExplainCommand;
import org.jvirtio.cli.Functions;
import org.jvirtio.cli.JsonText;
import org.jvirtio.cli.Output;
import org.jvirtio.cli.PageOutput;
import org.jvirtio.cli.UsageException;
import org.jvirtio.learn.picture.Picture;
import org.jvirtio.learn.picture.Pictures;
import org.jvirtio.page.Page;
import org.jvirtio.pci.PciFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws one picture of a function, from what it says and does now. */
@Command(
        name = "draw",
        description =
                "Draw a function: header, chain (of capabilities), bars; or start it and draw"
                        + " handshake, ring, interrupts; of a disk three requests, of a network"
                        + " device a frame or a ping.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class DrawCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "PICTURE",
            description =
                    "header, chain, bars, handshake, ring, request, interrupts, frame or ping")
    private String picture;

    @Parameters(index = "1", paramLabel = "FUNCTION", description = Functions.FORMS)
    private String function;

    @Option(
            names = "--policy",
            paramLabel = "POLICY",
            description = "which layout, as for explain (default: auto)")
    private String policy = "auto";

    @Mixin private PageOutput page;

    private final Console console;

    DrawCommand(Console console) {
        this.console = console;
    }

    /** The picture that these words ask for. */
    static Picture parse(List<String> words) {
        DrawCommand command = new DrawCommand(null);
        new CommandLine(command).parseArgs(words.toArray(new String[0]));
        return command.draw();
    }

    @Override
    public Integer call() {
        Output output = page.output();
        Picture drawn = draw();
        if (page.isPage()) {
            page.print(Page.of(drawn.title(), drawn::write), console);
        } else if (output == Output.JSON) {
            console.out()
                    .println(JsonText.of(Map.of("title", drawn.title(), "lines", drawn.lines())));
        } else {
            drawn.lines().forEach(console.out()::println);
        }
        return ExitCode.DONE;
    }

    private Picture draw() {
        Pictures kind;
        try {
            kind = Pictures.of(picture);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
        PciFunction opened =
                kind.drives() ? Functions.openToDrive(function) : Functions.openToLook(function);
        return kind.draw(opened, ExplainCommand.parsePolicy(policy));
    }
}
