package org.jvirtio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.DeviceTimeoutException;
import org.jvirtio.DeviceType;
import org.jvirtio.RequestException;
import org.jvirtio.VirtioException;
import org.jvirtio.device.BlockDriver;
import org.jvirtio.device.EntropyDriver;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.Policy;
import org.jvirtio.transport.Transports;

/**
 * Everything a user, a machine or a device can do wrong: each item of the list with the exit status
 * and the three parts of its message, and with nothing left behind. {@link BadInputGuestTest} has
 * the items that need VFIO, and so a guest.
 */
class BadInputTest {

    private static final int KILLED = 137;
    private static final int INTERRUPTED = 130;

    @TempDir private Path directory;

    private static void refused(CommandRun run, int exit, String... parts) {
        assertEquals(exit, run.exit(), run.all());
        assertFalse(run.err().contains("\tat "), "no stack trace: " + run.all());
        for (String part : parts) {
            assertTrue(run.err().contains(part), "'" + part + "' in: " + run.all());
        }
    }

    /** The command in a JVM of its own, with its own environment. */
    private ProcessBuilder command(Map<String, String> environment, String... words) {
        // Whoever runs this in the background has SIGINT ignored, and children inherit that.
        List<String> all = new ArrayList<>(List.of("env", "--default-signal=INT"));
        all.addAll(List.of(java(), "-XX:+UseSerialGC"));
        all.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        all.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(all);
        builder.environment().putAll(environment);
        return builder;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private CommandRun run(Map<String, String> environment, String... words) {
        File out = directory.resolve("out").toFile();
        File err = directory.resolve("err").toFile();
        try {
            Process process =
                    command(environment, words).redirectOutput(out).redirectError(err).start();
            assertTrue(process.waitFor(2, TimeUnit.MINUTES), "still running");
            return new CommandRun(
                    process.exitValue(),
                    Files.readString(out.toPath()),
                    Files.readString(err.toPath()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"explain sysfs:ffff:ff:1f.7", "explain vfio:ffff:ff:1f.7"})
    void unknownAddress(String typed) {
        refused(
                CommandRun.of(typed.split(" ")),
                ExitCode.ENVIRONMENT,
                "looking for the PCI function ffff:ff:1f.7: ",
                "Name one of those");
    }

    @Test
    void addressThatIsNone() {
        refused(
                CommandRun.of("explain", "vfio:00:99.0"),
                ExitCode.USAGE,
                "reading the name of a function: 0000:00:99.0 is no PCI address. A bus is 0 to ff");
    }

    /** As on a machine where this user may not write to the cache: root may, everywhere else. */
    @Test
    void noPermissionForTheCache() {
        refused(
                run(Map.of("XDG_CACHE_HOME", "/proc"), "guest", "--", "probe"),
                ExitCode.ENVIRONMENT,
                "writing the guest cache /proc/jvirtio: ",
                "XDG_CACHE_HOME");
    }

    @Test
    void noPlaceForTemporaryFiles() {
        refused(
                run(Map.of("TMPDIR", "/proc"), "run", "--embedded"),
                ExitCode.ENVIRONMENT,
                "making a temporary directory in /proc: ",
                "TMPDIR");
    }

    @Test
    void noQemu() {
        refused(
                run(Map.of("PATH", directory.toString()), "guest", "--", "probe"),
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

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere/at/all", "/tmp"})
    void imageFileThatIsNotThere(String image) {
        refused(
                CommandRun.of("explain", "emulated:block,image=" + image),
                ExitCode.ENVIRONMENT,
                "opening the disk image " + image + ": ",
                "or correct image=FILE");
    }

    @Test
    void imageFileWhoseNameHasCommasAndSpaces() throws IOException {
        Path image = Files.write(directory.resolve("a, b,c.raw"), new byte[4096]);
        CommandRun run =
                CommandRun.of(
                        "explain", "emulated:block,image=" + image.toString().replace(",", ",,"));
        assertEquals(ExitCode.DONE, run.exit(), run.all());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 64, 255, 256, 4096, 5000})
    void dumpOfAnything(int length) throws IOException {
        byte[] bytes = new byte[length];
        new java.util.Random(length).nextBytes(bytes);
        Path dump = Files.write(directory.resolve("dump"), bytes);
        CommandRun run = CommandRun.of("explain", "dump:" + dump);
        assertTrue(run.exit() == ExitCode.FAILED || run.exit() == ExitCode.ENVIRONMENT, run.all());
        assertFalse(run.err().contains("\tat "), run.all());
    }

    @Test
    void unusableCapabilityList() {
        CommandRun run = CommandRun.of("explain", "emulated:block,fault=short-common");
        assertEquals(ExitCode.FAILED, run.exit(), run.all());
        assertTrue(run.out().contains("choosing the layout of emulated:block,fault"), run.all());
        assertTrue(run.out().contains("virtio1: broken"), run.all());
        assertTrue(run.out().contains("'it has at least 56 bytes' fails: length 0x10"), run.all());
    }

    @Test
    void resetThatDoesNotFinish() {
        WatchedFunction function = WatchedFunction.emulated("entropy,fault=stuck-reset");
        EntropyDriver driver =
                EntropyDriver.start(
                        Transports.open(
                                function,
                                DeviceType.ENTROPY,
                                LayoutChoice.of(function, Policy.AUTO).require()));
        VirtioException e = assertThrows(DeviceTimeoutException.class, driver::close);
        assertTrue(e.getMessage().startsWith("Resetting emulated:entropy"), e.getMessage());
        assertTrue(e.getMessage().contains("after 1000 ms"), e.getMessage());
        assertTrue(e.getMessage().contains("-Djvirtio.resetMillis"), e.getMessage());
        assertEquals(List.of("quarantine", "close"), function.events());
    }

    @Test
    void deviceThatAsksForAReset() {
        WatchedFunction function = WatchedFunction.emulated("entropy,fault=needs-reset");
        try (EntropyDriver driver =
                EntropyDriver.start(
                        Transports.open(
                                function,
                                DeviceType.ENTROPY,
                                LayoutChoice.of(function, Policy.AUTO).require()))) {
            VirtioException e =
                    assertThrows(DeviceBrokenException.class, () -> driver.fill(new byte[64]));
            assertTrue(
                    e.getMessage().contains("it asks to be reset: its status is 0x4f"),
                    e.getMessage());
            assertTrue(e.getMessage().contains("Close it and start it again"), e.getMessage());
        }
        assertEquals(List.of("close"), function.events());
    }

    @Test
    void readPastTheCapacity() {
        WatchedFunction function = WatchedFunction.emulated("block,size=1M");
        try (BlockDriver disk = disk(function)) {
            VirtioException e =
                    assertThrows(RequestException.class, () -> disk.read(2047, new byte[1024]));
            assertEquals(
                    "reading 2 sectors from sector 2047: the disk has 2048. Stay inside.",
                    e.getMessage());
            disk.read(2047, new byte[512]);
        }
        assertEquals(List.of("close"), function.events());
    }

    @Test
    void readOnlyDisk() {
        WatchedFunction function = WatchedFunction.emulated("block,readonly=on");
        try (BlockDriver disk = disk(function)) {
            VirtioException e =
                    assertThrows(RequestException.class, () -> disk.write(0, new byte[512]));
            assertTrue(e.getMessage().contains("read-only (feature RO). Use one"), e.getMessage());
            disk.read(0, new byte[512]);
        }
        assertEquals(List.of("close"), function.events());
    }

    /** The image became shorter behind the device's back. */
    @Test
    void errorStatusOfADisk() throws IOException {
        Path image = Files.write(directory.resolve("disk"), new byte[8192]);
        WatchedFunction function = WatchedFunction.emulated("block,image=" + image);
        try (BlockDriver disk = disk(function)) {
            Files.write(image, new byte[512]);
            VirtioException e =
                    assertThrows(RequestException.class, () -> disk.read(8, new byte[512]));
            assertTrue(e.getMessage().contains("sector 8"), e.getMessage());
            assertTrue(e.getMessage().contains("IOERR"), e.getMessage());
        }
        assertEquals(List.of("close"), function.events());
    }

    private static BlockDriver disk(WatchedFunction function) {
        return BlockDriver.start(
                Transports.open(
                        function,
                        DeviceType.BLOCK,
                        LayoutChoice.of(function, Policy.AUTO).require()));
    }

    @Test
    void controlCEndsQemuAndLeavesNoFile() throws Exception {
        Process run = guestThatRuns();
        List<ProcessHandle> children = run.toHandle().descendants().toList();
        signal("INT", run);
        assertTrue(run.waitFor(30, TimeUnit.SECONDS));
        assertEquals(INTERRUPTED, run.exitValue());
        assertGone(children);
        assertEquals(List.of("err"), List.of(directory.toFile().list()));
        String err = Files.readString(directory.resolve("err"));
        assertFalse(err.contains("\tat ") || err.contains("Mend its arguments"), err);
    }

    @Test
    void whatAKilledRunLeftGoesWithTheNext() throws Exception {
        Process run = guestThatRuns();
        List<ProcessHandle> children = run.toHandle().descendants().toList();
        signal("KILL", run);
        assertTrue(run.waitFor(30, TimeUnit.SECONDS));
        assertEquals(KILLED, run.exitValue());
        assertGone(children);
        for (File left :
                directory.toFile().listFiles((parent, name) -> name.startsWith("jvirtio-"))) {
            // Young ones are spared: they may not have their lock yet.
            Files.setLastModifiedTime(left.toPath().resolve("lock"), FileTime.fromMillis(0));
        }
        ScratchDirectory.make(directory).close();
        assertEquals(List.of("err"), List.of(directory.toFile().list()));
    }

    @Test
    void theDirectoryOfARunThatGoesOnIsLeftAlone() throws IOException {
        try (ScratchDirectory first = ScratchDirectory.make(directory)) {
            Files.setLastModifiedTime(first.path().resolve("lock"), FileTime.fromMillis(0));
            ScratchDirectory.make(directory).close();
            assertTrue(Files.isDirectory(first.path()));
        }
    }

    /** A printed QEMU command names disks that the next run must not sweep away. */
    @Test
    void aDirectoryThatWasKeptStays() {
        ScratchDirectory kept = ScratchDirectory.make(directory);
        kept.keep();
        kept.close();
        assertEquals(List.of(), List.of(kept.path().toFile().list()), "no lock to be found");
        ScratchDirectory.make(directory).close();
        assertTrue(Files.isDirectory(kept.path()));
    }

    /** Returns once QEMU is there. */
    private Process guestThatRuns() throws Exception {
        new Tool("qemu-system-x86_64", "qemu-system-x86").find();
        Map<String, String> environment = new HashMap<>();
        environment.put("TMPDIR", directory.toString());
        Process run =
                command(environment, "run")
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(directory.resolve("err").toFile())
                        .start();
        for (int i = 0; i < 600 && !hasQemu(run); i++) {
            assertTrue(run.isAlive(), Files.readString(directory.resolve("err")));
            Thread.sleep(100);
        }
        assertTrue(hasQemu(run), "no QEMU after a minute");
        return run;
    }

    private static boolean hasQemu(Process run) {
        return run.descendants()
                .anyMatch(child -> child.info().command().orElse("").contains("qemu-system"));
    }

    /** By name: Java can only ask nicely, or kill. */
    private static void signal(String name, Process process) throws Exception {
        String pid = String.valueOf(process.pid());
        Process kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid).start();
        assertEquals(0, kill.waitFor());
    }

    private static void assertGone(List<ProcessHandle> children) throws InterruptedException {
        assertFalse(children.isEmpty());
        for (ProcessHandle child : children) {
            for (int i = 0; i < 100 && isRunning(child); i++) {
                Thread.sleep(100);
            }
            assertFalse(isRunning(child), child.info()::toString);
        }
    }

    /** A process that ended and that nobody has waited for is still listed, without a command. */
    private static boolean isRunning(ProcessHandle process) {
        assertNotNull(process);
        return process.isAlive() && process.info().command().isPresent();
    }
}
