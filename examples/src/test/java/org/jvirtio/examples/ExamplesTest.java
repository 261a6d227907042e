package org.jvirtio.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvirtio.linux.Processors;

/** Every example runs without arguments, is short, and is what the README shows of it. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ExamplesTest {

    private static final Path SOURCES = Path.of("src/main/java/org/jvirtio/examples");

    static List<String> examples() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("package-info.java"))
                    .map(name -> name.replace(".java", ""))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void staysUnderAHundredLines(String name) throws IOException {
        assertTrue(source(name).size() < 100, name + " has " + source(name).size() + " lines");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void runsWithoutArgumentsAndSaysWhatItDoes(String name) throws Exception {
        String printed = run(name);
        assertTrue(printed.lines().count() >= 3, printed);
        assertTrue(printed.contains("emulated"), "says where its device comes from: " + printed);
    }

    @Test
    void theCopyOfADiskIsTheDisk() throws Exception {
        String printed = run("CopyDisk");
        assertTrue(printed.contains("1048576 bytes copied"), printed);
        assertTrue(printed.contains("first difference at byte -1"), printed);
    }

    @Test
    void theTourFallsBackFromTheNewLayoutsToLegacy() throws Exception {
        String printed = run("FallbackTour");
        assertTrue(printed.contains("legacy: CHOSEN"), printed);
        assertTrue(printed.contains("register-set: CHOSEN"), printed);
        assertTrue(printed.contains("virtio1: CHOSEN"), printed);
    }

    @Test
    void everyCoreReadsItsShareOfBothDisks() throws Exception {
        int cores = Processors.allowed().size();
        String printed = run("QueuePerCore");
        assertTrue(printed.contains(2 * cores * 2000 + " blocks read"), printed);
        String sleeps = "looks 100 times, then sleeps on their interrupts";
        assertEquals(cores, printed.lines().filter(line -> line.endsWith(sleeps)).count());
    }

    @Test
    void theReadmeShowsTheCodeAsItIs() throws IOException {
        String readme = Files.readString(Path.of("../README.md"));
        assertTrue(readme.contains(tagged("ReadEntropy", "read")), tagged("ReadEntropy", "read"));
    }

    /** The lines between the tags, moved to the left margin and into a Markdown code block. */
    private static String tagged(String name, String tag) throws IOException {
        List<String> lines = source(name);
        int first = lines.indexOf("        // tag::" + tag + "[]") + 1;
        int last = lines.indexOf("        // end::" + tag + "[]");
        assertTrue(first > 0 && last > first, name + " has the tag " + tag);
        return String.join("\n", lines.subList(first, last)).indent(-8);
    }

    private static List<String> source(String name) throws IOException {
        return Files.readAllLines(SOURCES.resolve(name + ".java"));
    }

    private static String run(String name) throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            Class.forName("org.jvirtio.examples." + name)
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
