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

    /**
     * Rows that no model here can violate, so that only real devices show what the check is worth:
     * the models remove no console port, do what each command says, and have no shared memory.
     */
    private static final Set<String> NOT_ON_MODELS =
            Set.of("CAP-17", "CAP-18", "CON-01", "CON-05", "NET-35", "NET-37", "NET-38", "NET-39");

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

    @ParameterizedTest
    @MethodSource("violated")
    void everyCheckFindsADeviceThatViolatesItsRow(String id) {
        LabCase some =
                CheckCase.of(new BadDevices().all().get(id)).stream()
                        .filter(one -> one.id().endsWith("/" + id))
                        .findFirst()
                        .orElseThrow();
        CaseResult result = some.run();
        assertTrue(
                result.outcome() == Outcome.FAIL || result.outcome() == Outcome.WEDGED,
                result.outcome() + ": " + result.seen());
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
        CaseResult result =
                CheckCase.of(bad).stream()
                        .filter(one -> one.id().endsWith("/NET-29"))
                        .findFirst()
                        .orElseThrow()
                        .run();
        assertEquals(Outcome.FAIL, result.outcome(), result.seen());
        assertTrue(result.seen().contains(seen), result.seen());
    }

    @Test
    void everyRowThatIsTriedAnywhereHasADeviceThatViolatesItOrIsListedHere() {
        Set<String> tried = new TreeSet<>(CheckCase.checkedIds());
        tried.removeAll(CheckCase.undecidedIds());
        Set<String> covered = new TreeSet<>(NOT_ON_MODELS);
        covered.addAll(new BadDevices().all().keySet());
        assertEquals(tried, covered);
    }
}
