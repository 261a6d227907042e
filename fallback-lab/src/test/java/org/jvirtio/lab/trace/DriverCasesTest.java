package org.jvirtio.lab.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.Registers;
import org.jvirtio.lab.CaseResult;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.Outcome;
import org.jvirtio.lab.Subject;
import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.pci.ForwardedFunction;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;

/** The driver rows of the conformance table on our own driver, over models in every layout. */
class DriverCasesTest {

    private static final int DRIVER_ROWS = 173;

    /**
     * Rules that no model gives an occasion for, each with a trace of its own in the other test.
     */
    private static final Set<String> WITHOUT_OCCASION =
            Set.of(
                    "BLK-03", "BLK-05", "FEA-04", "FEA-16", "FEA-17", "INI-02", "INI-04", "INI-12",
                    "INI-13", "INI-14", "SED-10", "SED-13");

    private static final List<LabCase> CASES =
            ModelSubjects.all().stream()
                    .flatMap(subject -> DriverCases.of(subject).stream())
                    .toList();
    private static final List<CaseResult> RESULTS = CASES.stream().map(LabCase::run).toList();

    @Test
    void ourDriverKeepsEveryRuleOnEveryModel() {
        List<String> broken =
                RESULTS.stream()
                        .filter(result -> result.outcome().isBad())
                        .map(result -> result.id() + ": " + result.seen())
                        .toList();
        assertEquals(List.of(), broken);
    }

    @Test
    void everyRuleHasAnOccasionOnSomeModel() {
        Set<String> kept =
                RESULTS.stream()
                        .filter(result -> result.outcome() == Outcome.PASS)
                        .map(result -> result.id().replaceFirst(".*/", ""))
                        .collect(Collectors.toSet());
        Set<String> without = new TreeSet<>();
        TraceRules.all().stream()
                .map(TraceRule::id)
                .filter(id -> !kept.contains(id))
                .forEach(without::add);
        assertEquals(new TreeSet<>(WITHOUT_OCCASION), without);
    }

    @Test
    void everyDriverRowIsDecidedOrSaysWhyNot() {
        Set<String> rows = new HashSet<>();
        TraceRules.all().forEach(rule -> assertTrue(rows.add(rule.id()), rule.id()));
        for (UndecidedRow row : UndecidedRow.all()) {
            assertTrue(rows.add(row.id()), row.id() + " is there twice");
            assertTrue(row.reason().length() > 20, row.toString());
        }
        assertEquals(DRIVER_ROWS, rows.size());
    }

    @Test
    void idsStayDifferentAndCanBeTyped() {
        Set<String> ids = new HashSet<>();
        for (LabCase lab : CASES) {
            assertTrue(ids.add(lab.id()), lab.id() + " is there twice");
            assertTrue(lab.id().matches("[a-zA-Z0-9/.,=-]+"), lab.id());
        }
    }

    @Test
    void onlyModelsThatLieMakeTheDriverGiveUp() {
        List<String> gaveUp =
                RESULTS.stream()
                        .filter(result -> !result.id().contains("fault="))
                        .map(CaseResult::seen)
                        .filter(seen -> seen.contains("gave up"))
                        .distinct()
                        .toList();
        assertEquals(List.of(), gaveUp);
    }

    /** Its rows were skipped, as if it had given no occasion for them. */
    @ParameterizedTest
    @ValueSource(strings = {"stuck-reset", "never-completes"})
    void aDeviceThatHangsIsWedged(String fault) {
        String model = "entropy,layout=virtio1,fault=" + fault;
        Subject stuck =
                new Subject("stuck", Policy.Order.VIRTIO1, () -> EmulatedDevices.parse(model), "");
        List<CaseResult> bad = new ArrayList<>();
        System.setProperty("jvirtio.requestMillis", "200");
        try {
            for (LabCase some : DriverCases.of(stuck)) {
                CaseResult result = some.run();
                if (result.outcome().isBad()) {
                    bad.add(result);
                }
            }
        } finally {
            System.clearProperty("jvirtio.requestMillis");
        }
        assertFalse(bad.isEmpty());
        for (CaseResult result : bad) {
            assertEquals(Outcome.WEDGED, result.outcome(), result.seen());
            assertTrue(result.seen().contains("the driver gave up"), result.seen());
        }
    }

    @Test
    void aFunctionThatCannotBeReadIsGivenBack() {
        List<String> calls = new ArrayList<>();
        Subject gone = new Subject("gone", Policy.Order.VIRTIO1, () -> unreadable(calls), "");
        CaseResult result = DriverCases.of(gone).get(0).run();
        assertEquals(Outcome.WEDGED, result.outcome(), result.seen());
        assertEquals(List.of("closed"), calls);
    }

    private static PciFunction unreadable(List<String> calls) {
        return new ForwardedFunction(EmulatedDevices.parse("entropy")) {

            @Override
            public Registers config() {
                throw new DeviceBrokenException("its configuration cannot be read");
            }

            @Override
            public void close() {
                calls.add("closed");
                super.close();
            }
        };
    }
}
