package org.jvirtio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.jvirtio.cli.CommandRun.refused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a guest takes of a machine: caches, temporary files, QEMU, kernels and modules that are not
 * what they have to be. {@link BadInputGuestTest} has the items that need VFIO, and so a guest that
 * runs.
 */
class BadInputOfGuestTest {

    @TempDir private Path directory;

    /** As on a machine where this user may not write to the cache: root may, everywhere else. */
    @Test
    void noPermissionForTheCache() {
        refused(
                OwnJvm.run(directory, Map.of("XDG_CACHE_HOME", "/proc"), "guest", "--", "probe"),
                ExitCode.ENVIRONMENT,
                "writing the guest cache /proc/jvirtio: ",
                "XDG_CACHE_HOME");
    }

    @Test
    void noPlaceForTemporaryFiles() {
        refused(
                OwnJvm.run(directory, Map.of("TMPDIR", "/proc"), "run", "--embedded"),
                ExitCode.ENVIRONMENT,
                "making a temporary directory in /proc: ",
                "TMPDIR");
    }

    /** With an image that is there: making one takes programs that are not found either. */
    @Test
    void noQemu() {
        assertEquals(ExitCode.DONE, CommandRun.of("guest", "--print-cmd", "--", "probe").exit());
        refused(
                OwnJvm.run(directory, Map.of("PATH", directory.toString()), "guest", "--", "probe"),
                ExitCode.ENVIRONMENT,
                "there is no qemu-system-x86_64 on the PATH. Install it: apt");
    }

    @Test
    void argumentThatQemuRefuses() {
        refused(
                CommandRun.of("guest", "--device", "no-such-device", "--", "probe"),
                ExitCode.ENVIRONMENT,
                "QEMU ended with status 1 and said:",
                "'no-such-device' is not a valid device model name",
                "Mend its arguments");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "9223372037", "9223372036854775807"})
    void limitThatIsNoTime(String seconds) {
        refused(
                CommandRun.of("guest", "--limit", seconds, "--print-cmd", "--", "probe"),
                ExitCode.USAGE,
                "booting a guest: --limit " + seconds + " is no time",
                "from 1 to 9223372036");
    }

    @Test
    void classPathOfAllThatIsInAFile() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "com.example.Main");
        Path jar = directory.resolve("my-app.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        refused(
                CommandRun.of("image", jar.toString(), "--class-path", jar + "/*"),
                ExitCode.USAGE,
                "reading --class-path: " + jar + " is no directory");
    }

    @Test
    void kernelThatIsNone() throws IOException {
        Path text = Files.writeString(directory.resolve("kernel"), "not a kernel\n".repeat(100));
        refused(
                guestWith(text, modulesOf("6.1.0-1-cloud-amd64")),
                ExitCode.ENVIRONMENT,
                "reading the kernel " + text + ": there is no 'HdrS' at 0x202",
                "Give a bzImage with --kernel");
    }

    @Test
    void modulesOfAnotherKernel() throws IOException {
        byte[] kernel = new byte[0x2000];
        put(kernel, 0x202, "HdrS");
        put(kernel, 0x20e, "\0\u0010");
        put(kernel, 0x1200, "6.1.0-2-cloud-amd64 (us) #1");
        refused(
                guestWith(
                        Files.write(directory.resolve("kernel"), kernel),
                        modulesOf("6.1.0-1-cloud-amd64")),
                ExitCode.ENVIRONMENT,
                "is 6.1.0-2-cloud-amd64, and the module ",
                "was built for 6.1.0-1-cloud-amd64. Give both of one release");
    }

    @Test
    void noModules() {
        refused(
                guestWith(directory, directory.resolve("nowhere")),
                ExitCode.ENVIRONMENT,
                "reading kernel modules below " + directory.resolve("nowhere") + ": ",
                "--modules");
    }

    private static CommandRun guestWith(Path kernel, Path modules) {
        return CommandRun.of(
                "guest",
                "--kernel",
                kernel.toString(),
                "--modules",
                modules.toString(),
                "--",
                "probe");
    }

    private Path modulesOf(String release) throws IOException {
        for (String name : List.of("vfio_iommu_type1.ko", "vfio-pci.ko")) {
            Files.writeString(
                    directory.resolve(name), "ELF\0depends=\0vermagic=" + release + " SMP\0");
        }
        return directory;
    }

    private static void put(byte[] target, int offset, String text) {
        for (int i = 0; i < text.length(); i++) {
            target[offset + i] = (byte) text.charAt(i);
        }
    }

    @Test
    void commandTooLongForAGuest() {
        refused(
                CommandRun.of("guest", "--", "explain", "x".repeat(3000)),
                ExitCode.USAGE,
                "bytes; Linux passes 31 and 2047 at most. Give fewer or shorter");
    }
}
