package org.jvirtio.pci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order in which a function is given up, whatever fails on the way. */
class ClosingTest {

    private final List<String> taken = new ArrayList<>();

    private final Closing closing =
            new Closing()
                    .step(() -> taken.add("stop"))
                    .unlessQuarantined(() -> taken.add("free"))
                    .step(() -> taken.add("give back"));

    @Test
    void everyStepIsTakenOnceAndInOrder() {
        closing.close();
        closing.close();
        assertEquals(List.of("stop", "free", "give back"), taken);
    }

    @Test
    void aQuarantinedDeviceKeepsItsMemory() {
        closing.quarantine();
        closing.close();
        assertEquals(List.of("stop", "give back"), taken);
    }

    /** The other side may be gone: then every step but our own fails, and ours still come. */
    @Test
    void aStepThatFailsKeepsNoOtherFromBeingTaken() {
        Closing failing =
                new Closing()
                        .step(() -> fail("first"))
                        .step(() -> taken.add("between"))
                        .step(() -> fail("second"))
                        .step(() -> taken.add("last"));
        IllegalStateException failure = assertThrows(IllegalStateException.class, failing::close);
        assertEquals(List.of("between", "last"), taken);
        assertEquals("first", failure.getMessage());
        assertEquals("second", failure.getSuppressed()[0].getMessage());
    }

    private static void fail(String what) {
        throw new IllegalStateException(what);
    }
}
