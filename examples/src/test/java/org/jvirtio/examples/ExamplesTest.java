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
import org.jvirtio.model.EmulatedDevices;

/** Every example runs without arguments, is short, and is what the README shows of it. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ExamplesTest {

    private static final Path SOURCES = Path.of("src/main/java/org/jvirtio/examples");

    private static final Path TEMPLATE =
            Path.of("template/src/main/java/com/example/app/MyApp.java");

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

    /** The others boot a guest: {@link ServeHttpGuestTest} and {@link EchoConsoleGuestTest}. */
    static List<String> onTheModels() throws IOException {
        List<String> inGuests = List.of("ServeHttp", "EchoConsole");
        return examples().stream().filter(name -> !inGuests.contains(name)).toList();
    }

    @ParameterizedTest
    @MethodSource("onTheModels")
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
    void theListNamesEveryDeviceWithItsBars() throws Exception {
        String printed = run("ListFunctions");
        for (String device : EmulatedDevices.all()) {
            assertTrue(printed.contains("\nemulated:" + device + "\n  BAR"), device + printed);
        }
    }

    @Test
    void sixteenBytesOfEntropyAreRead() throws Exception {
        String last = run("ReadEntropy").lines().reduce("", (before, line) -> line);
        assertTrue(last.matches("[0-9a-f]{32}"), last);
    }

    /** QEMU's man page, section -drive: a comma in a value has to be doubled. */
    @Test
    void theSocketOfTheEchoMayHaveAComma() {
        List<String> devices = EchoConsole.devices(Path.of("/tmp/a,b/port"));
        assertTrue(devices.contains("socket,id=terminal,path=/tmp/a,,b/port"), "" + devices);
    }

    /** A percentile is no less than the one before; a read takes longer than reading the clock. */
    @Test
    void theRingsAreMeasuredInPercentiles() throws Exception {
        List<String> rows = run("MeasureRing").lines().skip(3).toList();
        assertEquals(3, rows.size(), rows::toString);
        long[] clock = figures(rows.get(0), "clock alone");
        for (long[] ring :
                List.of(figures(rows.get(1), "split ring"), figures(rows.get(2), "packed ring"))) {
            assertTrue(ring[0] > clock[0], rows::toString);
            for (int i = 1; i < ring.length; i++) {
                assertTrue(ring[i] >= ring[i - 1], rows::toString);
            }
        }
    }

    private static long[] figures(String row, String what) {
        assertTrue(row.startsWith(what), row);
        String figures = row.substring(what.length()).strip();
        return Stream.of(figures.split(" +", -1)).mapToLong(Long::parseLong).toArray();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theReadmeNamesItInItsTable(String name) throws IOException {
        String row = "| [" + name + "](examples/" + SOURCES + "/" + name + ".java) | ";
        assertTrue(Files.readString(Path.of("../README.md")).contains(row), "no row: " + row);
    }

    @Test
    void theReadmeShowsTheCodeAsItIs() throws IOException {
        String readme = Files.readString(Path.of("../README.md"));
        String read = tagged(source("ReadEntropy"), "read");
        assertTrue(readme.contains(read), read);
        String find = tagged(Files.readAllLines(TEMPLATE), "find");
        assertTrue(readme.contains(find), find);
    }

    /** The lines between the tags, moved to the left margin and into a Markdown code block. */
    private static String tagged(List<String> lines, String tag) {
        List<String> bare = lines.stream().map(String::strip).toList();
        int first = bare.indexOf("// tag::" + tag + "[]") + 1;
        int last = bare.indexOf("// end::" + tag + "[]");
        assertTrue(first > 0 && last > first, tag + " is a tag");
        int margin = lines.get(last).indexOf('/');
        return String.join("\n", lines.subList(first, last)).indent(-margin);
    }

    private static List<String> source(String name) throws IOException {
        return Files.readAllLines(SOURCES.resolve(name + ".java"));
    }

    static String run(String name) throws Exception {
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
