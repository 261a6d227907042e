package org.jvirtio.lab.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.lab.CaseResult;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.Outcome;
import org.jvirtio.lab.overlay.Overlays;
import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;

/** Cells of one function that somebody named: what it shows is found, not told. */
class FoundFunctionTest {

    private static final CellReach REACH = CellReach.found("emulated", "emulated:some");

    /**
     * Nobody says to the one what a model was made to show, nor to the other what its bytes are.
     */
    @ParameterizedTest
    @EnumSource(ShownLayout.class)
    void whatIsFoundForetellsTheSameAsWhatWasMade(ShownLayout made) {
        CellFunctions functions =
                CellPlace.MODELS.functions(made, CellInterrupts.MSIX, CellDevice.BLOCK);
        try (PciFunction function = functions.near()) {
            FoundLayouts found = FoundLayouts.of(function);
            for (Policy policy : MatrixAxes.ALL.policies()) {
                assertEquals(
                        LayoutOracle.RULE.expected(made, policy),
                        LayoutOracle.RULE.expected(found, policy),
                        policy + " of " + found);
            }
            assertEquals(made.halves(), found.halves());
            assertEquals(made.lacksMsix(), found.lacksMsix());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'block,layout=legacy', legacy",
        "'block,layout=transitional', transitional",
        "'block,layout=transitional,fault=short-common', legacy+virtio1-broken",
        "'block,layout=mail-transitional', legacy+register-set",
    })
    void itIsCalledByWhatItShows(String model, String label) {
        try (PciFunction function = EmulatedDevices.parse(model)) {
            assertEquals(label, FoundLayouts.of(function).label());
        }
    }

    /** What a device does not offer is nobody's fault, and no cell is silently left away. */
    @Test
    void aBareDiskPassesWhatItOffersAndTheRestSaysWhy() {
        Map<Outcome, List<CaseResult>> results = run("block,layout=legacy,vectors=0");
        assertFalse(results.containsKey(Outcome.FAIL), () -> "" + results.get(Outcome.FAIL));
        assertTrue(results.get(Outcome.PASS).size() > 10, "" + results);
        String skipped = results.get(Outcome.SKIP).toString();
        for (String reason :
                List.of(
                        "left-out/packed/block, outcome=SKIP, expected=, seen=RING_PACKED is",
                        "left-out/msix/block, outcome=SKIP, expected=, seen=this device has no",
                        "left-out/in-order/block",
                        "expected=, seen=IN_ORDER, NOTIFICATION_DATA and RING_RESET")) {
            assertTrue(skipped.contains(reason), reason + " in " + skipped);
        }
    }

    @Test
    void aFeatureThatItDoesNotOfferIsSkippedByName() {
        Map<Outcome, List<CaseResult>> results = run("entropy,layout=virtio1");
        assertFalse(results.containsKey(Outcome.FAIL), () -> "" + results.get(Outcome.FAIL));
        String skipped = results.get(Outcome.SKIP).toString();
        assertTrue(skipped.contains("this device does not offer [RING_PACKED]"), skipped);
        CaseResult one = results.get(Outcome.SKIP).get(0);
        assertEquals("./jvirtio matrix emulated:some " + one.id(), one.reproduce());
    }

    @Test
    void aDiskThatIsReadOnlyIsRead() {
        Map<Outcome, List<CaseResult>> results = run("block,layout=virtio1,readonly=on");
        assertFalse(results.containsKey(Outcome.FAIL), () -> "" + results.get(Outcome.FAIL));
        assertTrue(results.get(Outcome.PASS).size() > 10, "" + results);
    }

    @Test
    void aNetworkSendsThoughNobodyHasItsOtherEnd() {
        Map<Outcome, List<CaseResult>> results = run("net,layout=virtio1,offer=all");
        assertFalse(results.containsKey(Outcome.FAIL), () -> "" + results.get(Outcome.FAIL));
        String passed = results.get(Outcome.PASS).toString();
        assertTrue(passed.contains("frames sent"), passed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",ports=2", ",layout=legacy"})
    void aConsoleWritesThoughNobodyKnowsWhoReads(String options) {
        Map<Outcome, List<CaseResult>> results = run("console" + options);
        assertFalse(results.containsKey(Outcome.FAIL), () -> "" + results.get(Outcome.FAIL));
        String passed = results.get(Outcome.PASS).toString();
        assertTrue(passed.contains("text sent"), passed);
    }

    /**
     * A function whose interrupts do not come is no function that offers none. The console echoes
     * before it gives the text's buffer back, and nobody waits for the echo.
     */
    @ParameterizedTest
    @ValueSource(strings = {"block", "console,fault-at=1"})
    void aLostInterruptIsAFailureHereToo(String device) {
        Map<Outcome, List<CaseResult>> results =
                run(device + ",layout=virtio1,thread=on,delay=1,fault=interrupt-lost");
        assertTrue(results.containsKey(Outcome.FAIL), "" + results);
    }

    @Test
    void whatOnlyStrictPoliciesMindIsFound() {
        try (PciFunction function =
                Overlays.ready("common-long").over(EmulatedDevices.parse("block"))) {
            FoundLayouts found = FoundLayouts.of(function);
            assertEquals("virtio1", LayoutOracle.RULE.expected(found, Policy.parse("auto")));
            assertEquals(
                    LayoutOracle.REFUSED,
                    LayoutOracle.RULE.expected(found, Policy.parse("virtio1,strict")));
        }
    }

    /** Every pair of values that the function has, and what is left out. */
    private static Map<Outcome, List<CaseResult>> run(String model) {
        FoundLayouts found;
        CellDevice device = CellDevice.valueOf(model.split(",", 2)[0].toUpperCase(Locale.ROOT));
        try (PciFunction function = EmulatedDevices.parse(model)) {
            found = FoundLayouts.of(function);
        }
        Matrix matrix = Matrix.ofFunction(REACH, () -> EmulatedDevices.parse(model));
        List<CellCase> cells = matrix.cells(MatrixAxes.ALL.of(found, device));
        List<LabCase> cases =
                new ArrayList<>(
                        FewCells.of(cells.stream().filter(CellCase::isPossible).toList(), 2));
        cases.addAll(Matrix.leftOut(cells));
        return cases.stream().map(LabCase::run).collect(Collectors.groupingBy(CaseResult::outcome));
    }
}
