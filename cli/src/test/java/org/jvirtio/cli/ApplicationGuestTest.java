package org.jvirtio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The template of an application, which Maven built before these tests, as a newcomer takes it:
 * into an image, and into a guest as its only process.
 */
class ApplicationGuestTest {

    private static final Path JAR = Path.of("../examples/template/target/my-app.jar");

    @TempDir static Path directory;

    private static Path image;

    @BeforeAll
    static void makeImage() {
        new Tool("qemu-system-x86_64", "qemu-system-x86").find();
        image = directory.resolve("my-app.image");
        CommandRun made = CommandRun.of("image", JAR.toString(), "-o", image.toString());
        assertEquals(ExitCode.DONE, made.exit(), made.all());
        assertTrue(made.out().contains("MB, starts com.example.app.MyApp"), made.all());
    }

    @Test
    void itFindsItsDeviceAndDrivesIt() {
        CommandRun run = boot("--", "4");

        assertEquals(ExitCode.DONE, run.exit(), run.all());
        assertTrue(run.out().matches("vfio:0000:00:..\\.. [0-9a-f]{8}\n"), run.all());
        assertEquals("", run.err(), "an image that is there needs no progress");
    }

    @Test
    void aLegacyDeviceIsDrivenAsWell() {
        CommandRun run = boot("--device", "virtio-rng-pci,disable-modern=on");

        assertEquals(ExitCode.DONE, run.exit(), run.all());
        assertTrue(run.out().matches("vfio:0000:00:..\\.. [0-9a-f]{32}\n"), run.all());
    }

    @Test
    void itsExitCodeIsTheCommands() {
        CommandRun run = boot("--device", "virtio-balloon-pci");

        assertEquals(3, run.exit(), run.all());
        assertTrue(run.err().contains("Boot it with --device virtio-rng-pci."), run.all());
    }

    @Test
    void theImageStaysBelowSixtyMegabytes() {
        long bytes = image.toFile().length();

        assertTrue(bytes > 20_000_000 && bytes < 60_000_000, bytes + " bytes");
    }

    @Test
    void theCommandOfQemuCanBePrintedForABootByHand() {
        CommandRun run = boot("--print-cmd", "--", "4");

        assertEquals(ExitCode.DONE, run.exit(), run.all());
        String words = "org.jvirtio.guest.ApplicationMain com.example.app.MyApp 4";
        assertTrue(run.out().contains(words), run.all());
    }

    @Test
    void optionsOfTheJvmAreTriedBeforeAGuestIsBooted() {
        CommandRun run = image("--jvm=-XX:+NoSuchOption");

        assertEquals(ExitCode.ENVIRONMENT, run.exit(), run.all());
        assertTrue(run.err().contains("Unrecognized VM option 'NoSuchOption'"), run.all());
        assertTrue(run.err().contains("Mend --jvm."), run.all());
        assertFalse(Files.exists(directory.resolve("other.image")), "no half of an image stays");
    }

    @Test
    void aClassThatIsNowhereIsToldBeforeAnImageIsBuilt() {
        CommandRun run = image("--main", "com.example.None");

        assertEquals(ExitCode.ENVIRONMENT, run.exit(), run.all());
        assertTrue(run.err().contains("Name the class with --main"), run.all());
    }

    @Test
    void theJarIsNotOverwritten() {
        CommandRun run = CommandRun.of("image", JAR.toString(), "-o", JAR.toString());

        assertEquals(ExitCode.USAGE, run.exit(), run.all());
        assertTrue(run.err().contains("Name another file with -o"), run.all());
    }

    private static CommandRun image(String... more) {
        Path other = directory.resolve("other.image");
        return run(List.of("image", JAR.toString(), "-o", other.toString()), more);
    }

    private static CommandRun boot(String... more) {
        return run(List.of("guest", "--image", image.toString()), more);
    }

    private static CommandRun run(List<String> words, String... more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return CommandRun.of(all.toArray(String[]::new));
    }
}
