package org.jvirtio.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jvirtio.EnvironmentException;
import picocli.CommandLine.Option;

/**
 * The option {@code -o} of commands whose result can be a page: text, JSON, or HTML, on standard
 * output or in a file. A mixin.
 */
public final class PageOutput {

    private static final String PAGE = "html";

    @Option(names = "-o", paramLabel = "FORM", description = "text, json, html or html=FILE")
    private String form = "text";

    /** True if a page was asked for. */
    public boolean isPage() {
        return form.equals(PAGE) || form.startsWith(PAGE + "=");
    }

    /** The form of what is printed; complains of a mistyped one, before anything takes time. */
    public Output output() {
        try {
            return isPage() ? Output.TEXT : Output.parse(form);
        } catch (UsageException e) {
            throw new UsageException(e.getMessage().replaceFirst("\\.$", " or -o html[=FILE]."));
        }
    }

    /** To the file that was named, or like any other result. */
    public void print(String page, Console console) {
        Optional<Path> file = file();
        if (file.isEmpty()) {
            console.out().print(page);
            return;
        }
        try {
            Files.writeString(file.get(), page);
        } catch (IOException e) {
            throw new EnvironmentException(
                    "writing the page "
                            + file.get()
                            + ": "
                            + e
                            + ". Name a place you may write to.",
                    e);
        }
        console.progress("wrote " + file.get());
    }

    private Optional<Path> file() {
        return form.equals(PAGE)
                ? Optional.empty()
                : Optional.of(Functions.path(form.substring(PAGE.length() + 1)));
    }
}
