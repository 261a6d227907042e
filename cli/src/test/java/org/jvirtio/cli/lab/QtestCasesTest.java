package org.jvirtio.cli.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvirtio.DeviceType;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.GuestOptions;
import org.jvirtio.cli.Paint;
import org.jvirtio.device.EntropyDriver;
import org.jvirtio.lab.CaseResult;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.Outcome;
import org.jvirtio.lab.report.ReportedCase;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.transport.Transports;

/**
 * Cases over a real QEMU without a guest: one that wedges, or whose QEMU dies under it, costs
 * itself, and the rest finds a fresh one. Fails where there is no QEMU, and says so.
 */
@Timeout(60)
class QtestCasesTest {

    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final int SLOT = 4;

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final Console console = new Console(stream(told), stream(told), Paint.none());

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    /** Reads entropy; then what its name says happens. */
    private record Awkward(QemuPlace place, String name) implements LabCase {

        @Override
        public String id() {
            return "awkward/" + name;
        }

        @Override
        public String title() {
            return "entropy comes";
        }

        @Override
        public String clause() {
            return "";
        }

        @Override
        public CaseResult run() {
            try (PciFunction function = place.open(SLOT);
                    EntropyDriver driver =
                            EntropyDriver.start(
                                    Transports.open(
                                            function,
                                            DeviceType.ENTROPY,
                                            LayoutChoice.of(function, Policy.AUTO).require()))) {
                driver.fill(new byte[64]);
                if (name.startsWith("kills")) {
                    ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
                    driver.fill(new byte[64]);
                }
                if (name.equals("hangs")) {
                    Thread.sleep(60_000);
                }
                return new CaseResult(id(), Outcome.PASS, "entropy", "entropy", "", List.of());
            } catch (RuntimeException | InterruptedException e) {
                return new CaseResult(id(), Outcome.FAIL, "entropy", e.toString(), "", List.of());
            }
        }
    }

    private record AwkwardCases(List<String> names) implements ReachCases {

        @Override
        public Duration limit() {
            return LIMIT;
        }

        @Override
        public List<LabCase> onModels() {
            return List.of();
        }

        @Override
        public List<LabCase> onServed(ModelPlace place) {
            return List.of();
        }

        @Override
        public List<LabCase> onFunctions(List<NamedFunction> functions, String typed) {
            return List.of();
        }

        @Override
        public List<LabCase> onQemu(QemuPlace place) {
            return names.stream().<LabCase>map(name -> new Awkward(place, name)).toList();
        }

        @Override
        public List<String> qemuArguments(Path directory) {
            return List.of("-device", "virtio-rng-pci,addr=" + SLOT);
        }

        @Override
        public GuestCaseList guestList() {
            throw new AssertionError("there is no guest");
        }

        @Override
        public List<String> guestArguments() {
            return List.of();
        }
    }

    private Reached reach(String... names) {
        LabReach.Order order = new LabReach.Order(console, new LabOptions(), new GuestOptions());
        return new QtestReach().reach(new AwkwardCases(List.of(names)), order);
    }

    @Test
    void aCaseThatWedgesOrKillsItsQemuCostsItselfOnly() {
        Reached there = reach("one", "hangs", "two", "kills", "three", "four");
        List<String> through = new ArrayList<>();
        List<ReportedCase> reported =
                there.runner().run(there.cases(), each -> through.add(each.id()));
        String all = told.toString(StandardCharsets.UTF_8) + reported;
        assertEquals(
                List.of(
                        Outcome.PASS,
                        Outcome.WEDGED,
                        Outcome.PASS,
                        Outcome.WEDGED,
                        Outcome.PASS,
                        Outcome.PASS),
                reported.stream().map(ReportedCase::outcome).toList(),
                all);
        assertEquals(there.cases().stream().map(LabCase::id).toList(), through, all);
        assertTrue(reported.get(1).result().seen().contains("thread 'case awkward/hangs'"), all);
        String ending = reported.get(3).result().seen();
        assertTrue(ending.contains("QEMU ended with exit status 137"), ending);
        assertTrue(ending.contains("talking to QEMU at"), ending);
        assertEquals("3", there.about().get("QEMU starts"), all);
    }

    @Test
    void nothingOfAQemuIsLeftWhenTheCasesAreThrough() {
        Reached there = reach("one");
        there.runner().run(there.cases(), each -> {});
        assertEquals(
                List.of(),
                ProcessHandle.current()
                        .children()
                        .filter(child -> child.info().command().orElse("").contains("qemu"))
                        .toList());
    }
}
