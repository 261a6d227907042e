package org.jvirtio.lab.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.jvirtio.lab.CaseResult;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.Outcome;

/** Every fault of the table has the reaction that the table expects, in every layout. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
@ExtendWith(ShortenedWaits.class)
class FaultsTest {

    @Test
    void everyReactionIsTheExpectedOne() {
        List<CaseResult> bad =
                Faults.all().parallelStream()
                        .map(LabCase::run)
                        .filter(result -> result.outcome().isBad())
                        .toList();

        assertEquals(List.of(), bad);
    }

    @Test
    void everyFaultIsThereOnceAndSaysWhyIfItIsNotInjected() {
        List<FaultRow> rows = FaultTable.rows(Faults.MODELS);

        assertEquals(108, rows.size());
        assertEquals(56, rows.stream().filter(FaultRow::first).count());
        for (FaultRow row : rows) {
            assertTrue(row.injections().isEmpty() != row.skipped().isEmpty(), row.id());
        }
    }

    @Test
    void idsAreUnique() {
        Set<String> ids = new HashSet<>();
        Faults.all().forEach(some -> assertTrue(ids.add(some.id()), some.id()));
    }

    /** A check that cannot fail is none: what is expected of a fault is not seen without it. */
    @Test
    void aDeviceWithoutItsFaultFailsTheCase() {
        List<Injection> real =
                FaultTable.rows(Faults.MODELS).stream()
                        .flatMap(row -> row.injections().stream())
                        .filter(i -> i.expected() != Reaction.GO_ON)
                        .filter(i -> i.policy().equals("auto"))
                        .toList();

        List<String> passed =
                real.stream()
                        .filter(i -> unharmed(i).outcome() != Outcome.FAIL)
                        .map(Injection::how)
                        .collect(Collectors.toList());

        assertFalse(real.isEmpty());
        assertEquals(List.of(), passed);
    }

    @Test
    void aCaseThatFailsShowsTheRegisterAccessesThatLedThere() {
        Injection some =
                FaultTable.rows(Faults.MODELS).stream()
                        .flatMap(row -> row.injections().stream())
                        .filter(i -> i.expected() == Reaction.TIMEOUT)
                        .findFirst()
                        .orElseThrow();

        List<String> trace = unharmed(some).trace();

        assertTrue(trace.size() > 20, trace.toString());
        assertTrue(String.join("\n", trace).contains("DEVICE_STATUS"), trace.toString());
    }

    @Test
    void aRuleOfTheTraceWithoutAnOccasionFailsTheCase() {
        Injection injection =
                new Injection(
                        "virtio1",
                        "block,layout=virtio1",
                        "",
                        "",
                        "auto",
                        Surroundings.ORDINARY,
                        Work.ORDINARY,
                        List.of("STA-02", "LEG-05"),
                        Reaction.GO_ON,
                        "");

        InjectionTrial.Ending ending =
                new InjectionTrial(injection, new EmulatedBench(injection.device())).run();

        assertEquals(Outcome.FAIL, ending.outcome());
        assertTrue(ending.seen().startsWith("rule LEG-05 found no occasion: "), ending::seen);
    }

    private static InjectionTrial.Ending unharmed(Injection injection) {
        Injection clean = injection.clean(Injection.USUAL_POLICY);
        return new InjectionTrial(
                        new Injection(
                                clean.name(),
                                clean.device(),
                                "",
                                "",
                                "auto",
                                Surroundings.ORDINARY,
                                clean.work(),
                                List.of(),
                                injection.expected(),
                                injection.saying()),
                        new EmulatedBench(injection.device()))
                .run();
    }
}
