package org.jvirtio.lab.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvirtio.DeviceType;
import org.jvirtio.FeatureSet;
import org.jvirtio.lab.CaseResult;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.Outcome;
import org.jvirtio.lab.report.CaseRun;
import org.jvirtio.lab.report.ReportedCase;
import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.model.Fault;
import org.jvirtio.pci.Policy;

/** The matrix on the models: generated, foretold by an oracle of its own, and really driven. */
class MatrixTest {

    private static final Matrix EMULATED = Matrix.ofModels();

    private static final List<CellCase> CELLS = EMULATED.cells(MatrixAxes.ALL);

    private static final FoundLayouts WITHOUT_INTERRUPTS =
            new FoundLayouts(
                    List.of("legacy"), List.of("legacy"), List.of(), List.of(), true, true);

    private static List<CellCase> possible() {
        return CELLS.stream().filter(CellCase::isPossible).toList();
    }

    private static List<ReportedCase> run(List<? extends LabCase> cases) {
        return new CaseRun(2, Duration.ofSeconds(20), 0).run(List.copyOf(cases), each -> {});
    }

    @Test
    void everyPairOfValuesWorksOnTheModels() {
        List<CellCase> few = FewCells.of(possible(), 2);
        assertTrue(few.size() > 100, few.size() + " cells");
        for (ReportedCase reported : run(few)) {
            assertFalse(reported.outcome().isBad(), reported.id() + ": " + reported.result());
        }
    }

    @Test
    void aDeviceIsTheSameThroughEveryHalfThatItShows() {
        List<LabCase> halves = EMULATED.halves(MatrixAxes.ALL);
        assertEquals(20, halves.size());
        for (ReportedCase reported : run(halves)) {
            assertEquals(Outcome.PASS, reported.outcome(), reported.result().toString());
        }
    }

    @Test
    void aHalfThatDiffersIsAFinding() {
        DeviceView one = view("legacy", 0x20, "0001", 256);
        List<DeviceView> others =
                List.of(
                        view("virtio1", 0x30, "0001", 256),
                        view("virtio1", 0x20, "0002", 256),
                        view("virtio1", 0x20, "0001", 128));
        for (DeviceView other : others) {
            assertFalse(HalvesCase.compare(List.of(one, other)).allRight(), other.toString());
        }
        DeviceView same = view("virtio1", 0x1_0000_0020L, "000100", 256);
        assertTrue(
                HalvesCase.compare(List.of(one, same)).allRight(),
                "more features and padding than legacy can say");
    }

    private static DeviceView view(String half, long features, String config, int entries) {
        FeatureSet offered = new FeatureSet(features, 0);
        return new DeviceView(half, DeviceType.ENTROPY, offered, config, List.of(entries));
    }

    /** A choice that goes wrong looks like this to a cell: another layout than it foretold. */
    @ParameterizedTest
    @CsvSource({"legacy", "register-set", "refused"})
    void aChoiceThatDisagreesWithTheOracleTurnsItsCellRed(String foretold) {
        Cell cell = cell(ShownLayout.VIRTIO1, Policy.AUTO, CellRing.SPLIT);
        CaseResult red = new CellCase(cell, CellPlace.MODELS, (shown, policy) -> foretold).run();
        assertEquals(Outcome.FAIL, red.outcome());
        assertTrue(red.seen().contains("expected " + foretold + ", seen virtio1"), red.seen());
        assertEquals(
                "./jvirtio matrix matrix/emulated/virtio1/auto/msix/split/plain/block",
                red.reproduce());
        assertTrue(red.trace().size() > 10, "the choice with its evidence: " + red.trace());
    }

    @Test
    void aDeviceThatDoesNotGiveWhatTheCellWantsTurnsItRed() {
        Cell cell = cell(ShownLayout.LEGACY, Policy.AUTO, CellRing.PACKED);
        CaseResult red = new CellCase(cell, CellPlace.MODELS).drive(functions(cell));
        assertEquals(Outcome.FAIL, red.outcome());
        assertTrue(red.seen().contains("[RING_PACKED]"), red.seen());
    }

    @Test
    void aRedCellShowsTheRegisterAccessesThatLedThere() {
        Cell cell = cell(ShownLayout.LEGACY, Policy.AUTO, CellRing.PACKED);
        String trace =
                String.join(
                        "\n", new CellCase(cell, CellPlace.MODELS).drive(functions(cell)).trace());
        assertTrue(trace.contains("the last accesses to emulated:block"), trace);
        assertTrue(trace.contains("legacy DEVICE_STATUS  ACKNOWLEDGE"), trace);
        assertTrue(trace.contains("virtio 1.4 section"), trace);
    }

    /**
     * With interrupts lost in a cell that sleeps for none, the cell would stay green. A console
     * sleeps on those of all its queues at once, so that the next makes up for most that are lost,
     * and which of them is the last depends on who is faster: {@link FoundFunctionTest} has one
     * that writes and does no more.
     */
    @Test
    void aLostInterruptTurnsEveryCellRedThatHasInterrupts() {
        List<CellCase> cells =
                FewCells.of(possible(), 2).stream()
                        .filter(some -> some.cell().interrupts() != CellInterrupts.POLLING)
                        .filter(some -> some.cell().device() != CellDevice.CONSOLE)
                        .filter(MatrixTest::isDriven)
                        .toList();
        assertTrue(cells.size() > 60, cells.size() + " cells");
        List<String> green =
                cells.stream().filter(MatrixTest::staysGreen).map(CellCase::id).toList();
        assertEquals(List.of(), green);
    }

    /**
     * A driver that gets no processor for the millisecond before the device answers never sleeps,
     * and misses no interrupt: its cell is driven again.
     */
    private static boolean staysGreen(CellCase some) {
        return IntStream.range(0, 3)
                .allMatch(i -> some.drive(losing(some.cell())).outcome() != Outcome.FAIL);
    }

    /** A model has room for one fault, and that of the broken one is taken. */
    private static boolean isDriven(CellCase some) {
        Cell cell = some.cell();
        String layout = LayoutOracle.RULE.expected(cell.shown(), cell.policy());
        return !layout.equals(LayoutOracle.REFUSED)
                && cell.shown() != ShownLayout.TRANSITIONAL_BROKEN;
    }

    private static CellFunctions functions(Cell cell) {
        return CellPlace.MODELS.functions(cell.shown(), cell.interrupts(), cell.device());
    }

    private static CellFunctions losing(Cell cell) {
        return new ModelFunctions(
                EmulatedDevices::parse,
                cell.shown(),
                cell.interrupts(),
                cell.device(),
                Fault.INTERRUPT_LOST);
    }

    private static Cell cell(ShownLayout shown, Policy policy, CellRing ring) {
        return new Cell(
                CellReach.EMULATED,
                shown,
                policy,
                CellInterrupts.MSIX,
                ring,
                RingFeatures.PLAIN,
                CellDevice.BLOCK);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "VIRTIO1 | auto | virtio1",
                "VIRTIO1 | legacy | refused",
                "VIRTIO1 | pci-cfg | virtio1 through PCI_CFG",
                "LEGACY | auto | legacy",
                "LEGACY | virtio1,lenient | refused",
                "TRANSITIONAL | legacy-first | legacy",
                "MAIL_TRANSITIONAL | auto | register-set",
                "MAIL_FAST_ISR | legacy-first | register-set",
                "BOTH_NEW | auto | virtio1",
                "ALL_THREE | register-set | register-set",
                "TRANSITIONAL_BROKEN | auto | refused",
                "TRANSITIONAL_BROKEN | auto,lenient | legacy",
                "TRANSITIONAL_BROKEN | legacy-first | legacy",
                "TRANSITIONAL_BROKEN | pci-cfg,lenient | refused",
                "TRANSITIONAL_BROKEN | auto,strict | refused",
                "TRANSITIONAL | auto,strict | virtio1",
                "TRANSITIONAL_NOTED | auto | virtio1",
                "TRANSITIONAL_NOTED | auto,strict | refused",
                "TRANSITIONAL_NOTED | legacy-first,strict | legacy",
                "TRANSITIONAL_NOTED | pci-cfg,strict | refused",
            })
    void theOracleSaysWhatThePolicyPromises(ShownLayout shown, String policy, String layout) {
        assertEquals(layout, LayoutOracle.RULE.expected(shown, Policy.parse(policy)));
    }

    @Test
    void idsAreStable() {
        Set<String> ids = new HashSet<>(CELLS.stream().map(CellCase::id).toList());
        assertEquals(CELLS.size(), ids.size(), "no two cells share one");
        for (String id :
                List.of(
                        "matrix/emulated/virtio1/auto/msix/split/event-idx+indirect/block",
                        "matrix/emulated/legacy/legacy-first,lenient/polling/split/plain/net",
                        "matrix/emulated/transitional-noted/auto,strict/msix/split/plain/block",
                        "matrix/emulated/transitional-broken/auto,lenient/intx/split/plain/entropy",
                        "matrix/emulated/mail-fast-isr/register-set/intx/packed/all/net")) {
            assertTrue(ids.contains(id), id);
        }
    }

    @Test
    void everySkippedCellSaysWhyAndEveryReasonHasItsCells() {
        Set<String> reasons = new TreeSet<>();
        for (CellReach reach : CellReach.ALL) {
            reasons.addAll(reasons(new Matrix(reach, CellPlace.MODELS), MatrixAxes.ALL));
        }
        reasons.addAll(reasons(EMULATED, MatrixAxes.ALL.of(WITHOUT_INTERRUPTS, CellDevice.BLOCK)));
        assertEquals(CellRule.ALL.size(), reasons.size(), reasons.toString());
        CaseResult skipped =
                new CellCase(
                                cell(ShownLayout.LEGACY, Policy.AUTO, CellRing.PACKED),
                                CellPlace.MODELS)
                        .run();
        assertEquals(Outcome.SKIP, skipped.outcome());
        assertTrue(skipped.seen().contains("RING_PACKED is feature 34"), skipped.seen());
    }

    private static Set<String> reasons(Matrix matrix, MatrixAxes axes) {
        Set<String> reasons = new TreeSet<>();
        for (CellCase cell : matrix.cells(axes)) {
            CellRule.impossible(cell.cell()).ifPresent(reasons::add);
        }
        return reasons;
    }

    @Test
    void everyPolicyIsThereOrdinaryLenientAndStrict() {
        assertEquals(
                Policy.Order.values().length * Policy.Strictness.values().length,
                new HashSet<>(MatrixAxes.ALL.policies()).size());
        assertEquals(
                Policy.Order.values().length,
                MatrixAxes.ALL.withOrdinaryPolicies().policies().size());
    }

    @Test
    void aPolicyThatIsStrictForNothingHasOneCellForEachDevice() {
        List<String> strict =
                possible().stream()
                        .filter(some -> some.cell().shown() == ShownLayout.MAIL_FAST_ISR)
                        .filter(some -> some.cell().policy().equals(Policy.parse("auto,strict")))
                        .map(some -> some.cell().interrupts().label())
                        .toList();
        assertEquals(List.of("intx", "intx", "intx", "intx"), strict);
    }

    @Test
    void fewCellsHaveEveryPairThatAnyCellHas() {
        List<CellCase> all = possible();
        List<CellCase> few = FewCells.of(all, 2);
        assertEquals(pairs(all), pairs(few));
        assertTrue(few.size() * 20 < all.size(), few.size() + " of " + all.size());
    }

    private static Set<List<Object>> pairs(List<CellCase> cells) {
        Set<List<Object>> pairs = new HashSet<>();
        for (CellCase some : cells) {
            List<Object> values = some.cell().values();
            for (int i = 0; i < values.size(); i++) {
                for (int j = 0; j < i; j++) {
                    pairs.add(List.of(i, values.get(i), j, values.get(j)));
                }
            }
        }
        return pairs;
    }
}
