package org.jvirtio.lab.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.lab.CaseResult;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.Outcome;
import org.jvirtio.lab.Subject;
import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;

/** Good models pass every row, and for each row there is a bad one that does not. */
class CheckTest {

    private static final List<Policy.Order> LAYOUTS =
            List.of(Policy.Order.VIRTIO1, Policy.Order.REGISTER_SET, Policy.Order.LEGACY);

    @BeforeAll
    static void waitsAreShort() {
        System.setProperty("jvirtio.checkMillis", "100");
    }

    @AfterAll
    static void waitsAreAsLongAsEver() {
        System.clearProperty("jvirtio.checkMillis");
    }

    private static Stream<String> models() {
        return Stream.concat(
                EmulatedDevices.all().stream().map(name -> name + ",offer=all"),
                Stream.of(
                        "console,ports=4,offer=all",
                        "block,readonly=on",
                        "block,queue=2",
                        "block,queue=4,offer=all",
                        "net,queue=4,offer=all",
                        "console,queue=4,ports=2",
                        "net,mtu=1500",
                        "block,thread=on,offer=all"));
    }

    private static List<LabCase> cases(String model) {
        List<LabCase> cases = new ArrayList<>();
        for (Policy.Order order : LAYOUTS) {
            try (PciFunction function = EmulatedDevices.parse(model)) {
                if (LayoutChoice.of(function, Policy.of(order)).layout().isPresent()) {
                    cases.addAll(
                            CheckCase.of(
                                    new Subject(
                                            "model",
                                            order,
                                            () -> EmulatedDevices.parse(model),
                                            "none")));
                }
            }
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource("models")
    void goodModelsViolateNoRow(String model) {
        List<String> bad = new ArrayList<>();
        for (LabCase some : cases(model)) {
            CaseResult result = some.run();
            if (result.outcome().isBad()) {
                bad.add(result.id() + ": " + result.seen());
            }
        }
        assertTrue(bad.isEmpty(), String.join("\n", bad));
    }

    private static Stream<String> violated() {
        return new BadDevices().all().keySet().stream();
    }

    private static CaseResult run(Subject device, String id) {
        return CheckCase.of(device).stream()
                .filter(one -> one.id().endsWith("/" + id))
                .findFirst()
                .orElseThrow()
                .run();
    }

    @ParameterizedTest
    @MethodSource("violated")
    void everyCheckFindsADeviceThatViolatesItsRow(String id) {
        CaseResult result = run(new BadDevices().all().get(id), id);
        assertTrue(
                result.outcome() == Outcome.FAIL || result.outcome() == Outcome.WEDGED,
                result.outcome() + ": " + result.seen());
    }

    /** Several things can go wrong in these; one that fails on the way would show nothing. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    CAP-17 | BAR4+0x40000000, 0x100 bytes
                    CAP-18 | overlaps
                    CON-01 | status 0x40, then a request is used, length 0
                    CON-05 | DEVICE_REMOVE of [3], of these with no DEVICE_ADD before it [3]
                    NET-35 | modes on and off: [0: 119, 0, 1: 0, 0
                    NET-37 | (0) its frame is received, after a reset received
                    NET-38 | acknowledged with 0, mac reads [82, 84, 0, 18, 52, 86]
                    NET-39 | a frame for another address is received
                    """)
    void aCheckOfManyStepsFailsAtTheOneThatIsWrong(String id, String seen) {
        CaseResult result = run(new BadDevices().all().get(id), id);
        assertEquals(Outcome.FAIL, result.outcome(), result.seen());
        assertTrue(result.seen().contains(seen), result.seen());
    }

    private static Subject with(String model, Lie... lies) {
        return new Subject(
                "good",
                Policy.Order.VIRTIO1,
                () -> new Liar(EmulatedDevices.parse(model), lies),
                "none");
    }

    @Test
    void aPortThatWasAddedMayBeRemoved() {
        Subject good = with("console,layout=virtio1,ports=4", ConsoleLies.removes(0, 3));
        CaseResult result = run(good, "CON-05");
        assertEquals(Outcome.PASS, result.outcome(), result.seen());
    }

    @Test
    void aPortThatWasRemovedMayBeAddedAgain() {
        Subject good =
                with(
                        "console,layout=virtio1,ports=4",
                        ConsoleLies.removes(0, 1),
                        ConsoleLies.adds(0, 2));
        CaseResult result = run(good, "CON-04");
        assertEquals(Outcome.PASS, result.outcome(), result.seen());
    }

    @Test
    void aPortThatExistsMayNotBeAdded() {
        Subject bad = with("console,layout=virtio1,ports=4", ConsoleLies.adds(0, 1));
        CaseResult result = run(bad, "CON-04");
        assertEquals(Outcome.FAIL, result.outcome(), result.seen());
        assertTrue(result.seen().contains("of these while they existed [0]"), result.seen());
    }

    @Test
    void twoRegionsOfSharedMemoryMayNotHaveOneId() {
        Subject bad = with("entropy,layout=virtio1", Lies.sharedMemory(4, 0x2000, 0x2400));
        CaseResult result = run(bad, "CAP-17");
        assertEquals(Outcome.FAIL, result.outcome(), result.seen());
        assertTrue(result.seen().contains("ids [0, 0]"), result.seen());
    }

    @ParameterizedTest
    @ValueSource(strings = {"CAP-17", "CAP-18"})
    void sharedMemoryMayLieBetweenTheStructures(String id) {
        // Without a configuration there is a gap before the doorbells.
        Subject good = with("entropy,layout=virtio1", Lies.sharedMemory(4, 0x2000));
        CaseResult result = run(good, id);
        assertEquals(Outcome.PASS, result.outcome(), result.seen());
    }

    @Test
    void aDeviceThatReceivesEverythingDoesNotFailTheRowOfTheAddressTable() {
        CaseResult result = run(new BadDevices().all().get("NET-39"), "NET-37");
        assertEquals(Outcome.SKIP, result.outcome(), result.seen());
    }

    @ParameterizedTest
    @CsvSource({
        "used-length-none, 0, shorter than its header",
        "used-index-jumps, 0, more receive buffers",
    })
    void aFrameThatNoDeviceCouldReceiveFailsTheRowAndNotTheCheck(
            String fault, int at, String seen) {
        String model = "net,layout=virtio1,control=off,fault=" + fault + ",fault-at=" + at;
        Subject bad =
                new Subject("bad", Policy.Order.VIRTIO1, () -> EmulatedDevices.parse(model), "");
        CaseResult result = run(bad, "NET-29");
        assertEquals(Outcome.FAIL, result.outcome(), result.seen());
        assertTrue(result.seen().contains(seen), result.seen());
    }

    @Test
    void everyRowThatIsTriedAnywhereHasADeviceThatViolatesIt() {
        Set<String> tried = new TreeSet<>(CheckCase.checkedIds());
        tried.removeAll(CheckCase.undecidedIds());
        assertEquals(tried, new TreeSet<>(new BadDevices().all().keySet()));
    }
}
