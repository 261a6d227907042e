package org.jvirtio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/fallback.md shows behind a {@code $} is what the command prints; dots skip lines. */
class FallbackDocumentTest {

    private static final Pattern BLOCK =
            Pattern.compile("```\\n\\$ \\./jvirtio ([^\\n]*)\\n(.*?)```", Pattern.DOTALL);

    static Stream<Arguments> blocks() throws IOException {
        Matcher blocks = BLOCK.matcher(Files.readString(Path.of("../docs/fallback.md")));
        List<Arguments> all = new ArrayList<>();
        while (blocks.find()) {
            all.add(Arguments.of(blocks.group(1), blocks.group(2).lines().toList()));
        }
        assertEquals(7, all.size());
        return all.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("blocks")
    void theCommandPrintsWhatTheDocumentShows(String command, List<String> shown) {
        List<String> printed = CommandRun.of(command.split(" ")).out().lines().toList();
        int next = 0;
        boolean skipping = false;
        for (String line : shown) {
            if (line.equals("...")) {
                skipping = true;
                continue;
            }
            int found = printed.subList(next, printed.size()).indexOf(line);
            assertTrue(
                    skipping ? found >= 0 : found == 0,
                    () ->
                            "not there, or not next: "
                                    + line
                                    + "\nin\n"
                                    + String.join("\n", printed));
            next += found + 1;
            skipping = false;
        }
    }
}
