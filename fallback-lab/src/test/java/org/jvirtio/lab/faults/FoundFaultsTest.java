package org.jvirtio.lab.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvirtio.EnvironmentException;
import org.jvirtio.lab.CaseResult;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.Outcome;
import org.jvirtio.lab.matrix.FoundLayouts;
import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.pci.DeviceIdentity;
import org.jvirtio.pci.ForwardedFunction;
import org.jvirtio.pci.PciFunction;

/** Faults of one function that somebody named, through overlays: those that fit it are survived. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
@ExtendWith(ShortenedWaits.class)
class FoundFaultsTest {

    private static FoundDevice device(String model, UnaryOperator<PciFunction> through) {
        try (PciFunction function = EmulatedDevices.parse(model)) {
            return new FoundDevice(
                    "emulated",
                    DeviceIdentity.of(function.config()).type().orElseThrow(),
                    FoundLayouts.of(function),
                    () -> through.apply(EmulatedDevices.parse(model)),
                    "./jvirtio faults emulated:" + model);
        }
    }

    private static Map<Boolean, List<CaseResult>> skippedOrNot(List<LabCase> cases) {
        return cases.stream()
                .map(LabCase::run)
                .collect(Collectors.partitioningBy(some -> some.outcome() == Outcome.SKIP));
    }

    /** What is expected of each is what the table says of QEMU's; how many fit differs. */
    @ParameterizedTest
    @CsvSource({
        "'block,layout=virtio1', 22",
        "'block,layout=legacy', 7",
        "'block,layout=transitional', 33",
        "'entropy,layout=virtio1', 18",
        "'console,layout=virtio1', 18",
        "'console,layout=transitional,ports=2', 26",
    })
    void whatFitsTheFunctionIsSurvived(String model, int fitting) {
        Map<Boolean, List<CaseResult>> results =
                skippedOrNot(Faults.found(device(model, function -> function)));
        List<CaseResult> tried = results.get(false);
        assertEquals(
                List.of(),
                tried.stream().filter(some -> some.outcome().isBad()).toList(),
                "bad ones");
        assertEquals(fitting, tried.size(), results.get(true).toString());
        assertTrue(results.get(true).stream().noneMatch(some -> some.seen().isBlank()));
    }

    @Test
    void aNetworkAloneIsSkippedWithTheReason() {
        Map<Boolean, List<CaseResult>> results =
                skippedOrNot(Faults.found(device("net", function -> function)));
        assertEquals(List.of(), results.get(false));
        assertTrue(results.get(true).get(1).seen().contains("does nothing alone"), "" + results);
    }

    /** What a reach keeps from us after a quarantine is no failure of the next case. */
    @Test
    void aFunctionThatStaysQuarantinedSkipsTheCasesAfter() {
        boolean[] quarantined = new boolean[1];
        FoundDevice device =
                device(
                        "block,layout=legacy",
                        function -> {
                            if (quarantined[0]) {
                                function.close();
                                throw new EnvironmentException("it is busy");
                            }
                            return new ForwardedFunction(function) {
                                @Override
                                public void quarantine() {
                                    quarantined[0] = true;
                                    super.quarantine();
                                }
                            };
                        });
        List<LabCase> stuck =
                Faults.found(device).stream()
                        .filter(some -> some.id().equals("faults/S1/emulated/legacy"))
                        .toList();
        assertEquals(Outcome.PASS, stuck.get(0).run().outcome());
        CaseResult again = stuck.get(0).run();
        assertEquals(Outcome.SKIP, again.outcome(), again.toString());
        assertTrue(again.seen().contains("under the overlay status-stuck"), again.seen());
    }

    @Test
    void aStackThatWouldNotMindTurnsTheCaseRed() {
        FoundDevice device = device("block,layout=virtio1", function -> function);
        Injection tooShort =
                FaultTable.rows(Faults.REAL).stream()
                        .flatMap(row -> row.injections().stream())
                        .filter(some -> some.overlay().equals("common-cap-short"))
                        .findFirst()
                        .orElseThrow();
        assertEquals(Optional.empty(), device.obstacle(tooShort));
        Injection harmless =
                new Injection(
                        tooShort.name(),
                        tooShort.device(),
                        "",
                        "common-cap-long",
                        tooShort.policy(),
                        tooShort.surroundings(),
                        tooShort.work(),
                        tooShort.keeps(),
                        tooShort.expected(),
                        tooShort.saying());
        InjectionTrial.Ending ending =
                new InjectionTrial(
                                device.here(harmless),
                                new FoundBench(device, "auto", new AtomicReference<>()))
                        .run();
        assertEquals(Outcome.FAIL, ending.outcome(), ending.seen());
    }
}
