package org.jvirtio.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvirtio.EnvironmentException;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.GuestOptions;
import org.jvirtio.cli.Paint;
import org.jvirtio.cli.bench.doorbell.DoorbellPlan;
import org.jvirtio.cli.bench.net.GuestNetBench;
import org.jvirtio.guest.Accelerator;
import org.jvirtio.guest.GuestImage;
import org.jvirtio.guest.GuestMachine;
import org.jvirtio.guest.QemuGuest;
import picocli.CommandLine;

/** What two results have to agree in before they are compared. */
class BenchInputsTest {

    private final PrintStream nowhere =
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    private final Console console = new Console(nowhere, nowhere, Paint.none());

    @TempDir private Path directory;

    @Test
    void bootsAreComparedOnMachinesOfTheSameSizeAndTheSameQemu() throws IOException {
        GuestMachine machine = GuestMachine.with(List.of());
        Map<String, String> inputs = new StartBench(console).inputs(guest(machine));
        assertTrue(inputs.containsKey("QEMU"), inputs.toString());
        assertEquals(machine.accelerator().reason(), inputs.get("accelerator"));
        assertEquals(
                machine.memoryMegabytes() + " MB, " + machine.cpus() + " processors",
                inputs.get("guest"));
    }

    @Test
    void guestsAreComparedIfTheyHaveTheSameBuildOfTheSameKernel() throws IOException {
        Map<String, String> inputs = inputs();
        assertEquals("6.1.0-56-amd64 #1 Debian 6.1.192-2", inputs.get("guest kernel"));
    }

    @Test
    void guestsAreComparedIfQemuWasGivenTheSameArguments() throws IOException {
        Map<String, String> given = inputs("--qemu=-cpu", "--qemu=qemu64,name=a b");
        assertEquals("-cpu 'qemu64,name=a b'", given.get("arguments for QEMU"));
        assertFalse(inputs().containsKey("arguments for QEMU"), "kept results have none");
    }

    private Map<String, String> inputs(String... typed) throws IOException {
        GuestOptions options = new GuestOptions();
        new CommandLine(options).parseArgs(typed);
        Map<String, String> inputs = new LinkedHashMap<>();
        GuestInputs.add(inputs, guest(options.machine(List.of("-device", "pvpanic"))), options);
        return inputs;
    }

    /** Of a kernel whose header tells the version, and nothing else. */
    private QemuGuest guest(GuestMachine machine) throws IOException {
        byte[] kernel = new byte[0x400];
        byte[] version = "6.1.0-56-amd64 #1 Debian 6.1.192-2".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy("HdrS".getBytes(StandardCharsets.US_ASCII), 0, kernel, 0x202, 4);
        kernel[0x20f] = 1; // less 0x200
        System.arraycopy(version, 0, kernel, 0x300, version.length);
        Path file = Files.write(directory.resolve("kernel"), kernel);
        return new QemuGuest(
                machine, new GuestImage(file, directory.resolve("initramfs"), List.of()));
    }

    @Test
    void aGuestWithoutAnIommuIsNotComparedWithOneThatHasIt() {
        GuestOptions options = new GuestOptions();
        new CommandLine(options).parseArgs("--no-iommu", "--qemu=-s");
        PeerGuest.Size size = new PeerGuest.Size(1280, 256);

        GuestMachine machine = PeerGuest.machine(options, List.of("-device", "pvpanic"), size);

        assertEquals("1280 MB, 2 processors, no IOMMU", machine.size());
        assertEquals(256, machine.hugePages());
        assertEquals(List.of("-device", "pvpanic", "-s"), machine.qemuArguments());
        assertEquals(
                "1280 MB, 2 processors",
                PeerGuest.machine(new GuestOptions(), List.of(), size).size());
    }

    @Test
    void withoutAnIommuEveryBenchmarkInAGuestIsTold() {
        GuestMachine machine = GuestMachine.with(List.of()).withoutIommu();
        List<String> told = List.of("-Djvirtio.vfio.path=noiommu");
        List<String> peers = PeerGuest.job(machine, GuestNetBench.class, List.of()).jvmOptions();
        assertTrue(peers.containsAll(told), peers.toString());
        DoorbellPlan plan = new DoorbellPlan(1, 1, 1, 0);
        assertEquals(told, DoorbellBench.job(machine, plan).jvmOptions());
        assertEquals(
                List.of("vfio:0000:00:02.0,path=noiommu"),
                new StartBench(console).job(machine).arguments());
    }

    @Test
    void withoutACompilerTheOthersWereMeasuredAndTheResultIsNotLost() {
        Map<String, String> inputs = new LinkedHashMap<>();
        BlockBench.addCompiler(
                inputs,
                () -> {
                    throw new EnvironmentException("there is no cc");
                });
        assertEquals(Map.of("cc", "missing"), inputs);
    }

    @Test
    void aGuestBesideOtherReachesIsComparedUnderTheSameAccelerator() {
        ReachBench bench = new ReachBench(console);
        Map<String, String> inputs = bench.inputs(List.of(MeasuredReach.VFIO));
        assertEquals(Accelerator.detect().reason(), inputs.get("accelerator"));
        assertFalse(bench.inputs(List.of(MeasuredReach.QTEST)).containsKey("accelerator"));
    }
}
