package org.jvirtio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people type behind {@code bench}. */
class BenchCommandTest {

    @TempDir Path directory;

    @Test
    void aloneItListsTheBenchmarks() {
        CommandRun run = CommandRun.of("bench");
        assertEquals(ExitCode.DONE, run.exit(), run.all());
        for (String benchmark : new String[] {"start", "ring", "micro", "reach", "compare"}) {
            assertTrue(run.out().contains("\n  " + benchmark), run.all());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "bench nonsense, nonsense",
        "bench ring --rounds 0, --rounds 0",
        "bench ring --ring round, there is no 'round'",
        "bench ring --batch 257, --batch 257",
        "bench ring -o xml, html=FILE",
        "bench start --pairs 0, --pairs 0",
        "bench qtest --rounds 0, --rounds 0",
        "bench reach --reach moon, 'Use emulated, vfio-user, qtest, vfio'",
        "bench reach --rounds 0, --rounds 0",
        "bench vfio-user --ring pakced --layout moon, there is no 'pakced'",
        "bench vfio-user --seconds 0 --layout moon, --seconds 0",
        "bench vfio-user --warm-up -1 --layout moon, --warm-up -1",
        "bench compare one.json, two files",
    })
    void whatIsMistypedIsExitStatus2BeforeAnythingIsMeasured(String typed, String said) {
        CommandRun run = CommandRun.of(typed.split(" "));
        assertEquals(ExitCode.USAGE, run.exit(), run.all());
        assertTrue(run.err().contains(said), run.all());
    }

    @Test
    void resultsOfDifferentInputsAreNotComparedAndTheDifferenceIsNamed() throws IOException {
        CommandRun run = compare(kept("17", 10), kept("25", 20));
        assertEquals(ExitCode.FAILED, run.exit(), run.all());
        assertTrue(run.err().contains("java: 17 / 25"), run.all());
        assertEquals("", run.out());
    }

    @Test
    void resultsOfTheSameInputsAreCompared() throws IOException {
        CommandRun run = compare(kept("17", 10), kept("17", 20));
        assertEquals(ExitCode.DONE, run.exit(), run.all());
        assertTrue(run.out().contains("split: batch 1, speed: +100.0 %"), run.all());
    }

    @Test
    void aResultThatHasThePeerWithoutOursHasNoRatio() throws IOException {
        String before = kept("17", 10).replace("[10]", "[10], \"C\": [20]");
        String after = before.replace("\"jvirtio\": [10], ", "");
        CommandRun json = compare(before, after, "-o", "json");
        assertEquals(ExitCode.DONE, json.exit(), json.all());
        assertEquals(Map.of(), ((Map<?, ?>) change(json)).get("ratios"), json.all());
        CommandRun text = compare(before, after);
        assertTrue(text.out().contains("speed: not measured both times"), text.all());
    }

    private static Object change(CommandRun run) throws IOException {
        return ((List<?>) JSON.std.mapFrom(run.out()).get("changes")).get(0);
    }

    @Test
    void resultsWithoutACellInCommonAreNoComparison() throws IOException {
        String before = kept("17", 10);
        CommandRun run = compare(before, before.replace("\"batch\": \"1\"", "\"batch\": \"8\""));
        assertEquals(ExitCode.FAILED, run.exit(), run.all());
        assertTrue(run.err().contains("none of the same cells"), run.all());
        assertEquals("", run.out());
    }

    @Test
    void microOutsideTheLauncherSaysHowToStartIt() {
        CommandRun run = CommandRun.of("bench", "micro");
        assertEquals(ExitCode.ENVIRONMENT, run.exit(), run.all());
        assertTrue(run.err().contains("./jvirtio bench micro"), run.all());
    }

    private static String kept(String java, int speed) {
        return String.format(
                """
                {"benchmark": "ring", "time": "2026-01-31T23:59:59Z", "inputs": {"java": "%s"},
                 "cells": [{"table": "split", "parameters": {"batch": "1"}, "figure": "speed",
                            "unit": "M/s", "better": "higher", "samples": {"jvirtio": [%s]},
                            "goals": []}],
                 "notes": []}
                """,
                java, speed);
    }

    private CommandRun compare(String before, String after, String... more) throws IOException {
        Path one = Files.writeString(directory.resolve("1.json"), before);
        Path two = Files.writeString(directory.resolve("2.json"), after);
        List<String> words = new ArrayList<>(List.of("bench", "compare"));
        words.addAll(List.of(one.toString(), two.toString()));
        words.addAll(List.of(more));
        return CommandRun.of(words.toArray(String[]::new));
    }
}
