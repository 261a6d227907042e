package org.jvirtio.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvirtio.InterruptMode;
import org.jvirtio.InterruptPlan;

/** Virtio 1.4 section 4.1.5.1.2: any number of vectors, each mapping read back. */
class InterruptLadderTest {

    private static final long NO_WAIT = 0;

    private final ScriptedFunction function = new ScriptedFunction();
    private final ScriptedInterrupts platform = function.interrupts;
    private final ByteRegisters isrByte = new ByteRegisters(1);
    private final ScriptedVectors vectors = new ScriptedVectors();
    private InterruptLadder ladder;

    /** Maps what it is told, but for what a test refuses; checks that MSI-X is on meanwhile. */
    private final class ScriptedVectors implements VectorRegisters {

        final List<String> mapped = new ArrayList<>();
        String refused = "";
        int readBack = NO_VECTOR;

        @Override
        public int mapConfig(int vector) {
            return map("config " + vector, vector);
        }

        @Override
        public int mapQueue(int queue, int vector) {
            return map("queue " + queue + " " + vector, vector);
        }

        private int map(String mapping, int vector) {
            assertTrue(new MsixEnable(function.config).now(), "vector written without MSI-X");
            assertTrue(vector < platform.vectors.size(), "vector beyond the table");
            mapped.add(mapping);
            return mapping.equals(refused) ? readBack : vector;
        }
    }

    @BeforeEach
    void aPlatformThatHasEverything() {
        platform.table = 8;
        platform.hasPin = true;
        StatusRegister status =
                new StatusRegister(function, new ByteRegisters(64), CommonRegister.DEVICE_STATUS);
        Isr isr = new Isr(isrByte, SingleRegister.ISR_STATUS, status);
        ladder = new InterruptLadder(platform, vectors, isr);
    }

    @Test
    void eachQueueHasItsVectorAndTheConfigurationTheFirst() {
        InterruptPlan plan = ladder.descend(2, InterruptMode.VECTOR_PER_QUEUE);

        assertEquals(new InterruptPlan(InterruptMode.VECTOR_PER_QUEUE, List.of()), plan);
        assertEquals(List.of("config 0", "queue 0 1", "queue 1 2"), vectors.mapped);
        assertEquals(List.of("disable", "msix 3"), function.events);
        platform.vectors.get(2).raise();
        assertFalse(ladder.queue(0).await(NO_WAIT));
        assertTrue(ladder.queue(1).await(NO_WAIT));
        platform.vectors.get(0).raise();
        assertTrue(ladder.config().await(NO_WAIT));
    }

    @ParameterizedTest
    @CsvSource({
        "0, INTX, 2",
        "1, INTX, 2",
        "2, SHARED_VECTOR, 1",
        "3, SHARED_VECTOR, 1",
        "4, VECTOR_PER_QUEUE, 0",
        "2048, VECTOR_PER_QUEUE, 0"
    })
    void threeQueuesGetWhatTheTableHolds(int table, InterruptMode mode, int steps) {
        platform.table = table;

        InterruptPlan plan = ladder.descend(3, InterruptMode.VECTOR_PER_QUEUE);

        assertEquals(mode, plan.mode());
        assertEquals(steps, plan.steps().size());
    }

    @Test
    void aStepDownSaysWhatIsMissingAndWhy() {
        platform.table = 1;
        platform.hasPin = false;
        platform.limitation = "this reach delivers one vector";

        InterruptPlan plan = ladder.descend(3, InterruptMode.VECTOR_PER_QUEUE);

        assertEquals(
                new InterruptPlan(
                        InterruptMode.POLLING,
                        List.of(
                                "VECTOR_PER_QUEUE needs 4 MSI-X vectors and there are 1"
                                        + " (this reach delivers one vector).",
                                "SHARED_VECTOR needs 2 MSI-X vectors and there are 1"
                                        + " (this reach delivers one vector).",
                                "INTX: there is no interrupt pin"
                                        + " (this reach delivers one vector).")),
                plan);
    }

    @Test
    void q9AVectorRefusedForTheConfigurationLeadsToThePin() {
        vectors.refused = "config 0";

        InterruptPlan plan = ladder.descend(2, InterruptMode.VECTOR_PER_QUEUE);

        assertEquals(InterruptMode.INTX, plan.mode());
        assertEquals(
                List.of(
                        "VECTOR_PER_QUEUE: the device refuses vector 0 for configuration changes;"
                                + " its register reads back 0xffff (no vector).",
                        "SHARED_VECTOR: the device refuses vector 0 for configuration changes;"
                                + " its register reads back 0xffff (no vector)."),
                plan.steps());
        assertEquals(List.of("config 0", "config 0"), vectors.mapped);
        assertEquals(
                List.of("disable", "msix 3", "disable", "msix 2", "disable", "intx"),
                function.events);
    }

    @Test
    void q9AVectorRefusedForALaterQueueLeadsToTheSharedVector() {
        vectors.refused = "queue 1 2";

        InterruptPlan plan = ladder.descend(3, InterruptMode.VECTOR_PER_QUEUE);

        assertEquals(InterruptMode.SHARED_VECTOR, plan.mode());
        assertEquals(
                List.of(
                        "VECTOR_PER_QUEUE: the device refuses vector 2 for queue 1;"
                                + " its register reads back 0xffff (no vector)."),
                plan.steps());
        assertEquals(
                List.of(
                        "config 0",
                        "queue 0 1",
                        "queue 1 2",
                        "config 0",
                        "queue 0 1",
                        "queue 1 1",
                        "queue 2 1"),
                vectors.mapped);
    }

    @Test
    void q9AVectorThatReadsBackAsAnotherIsRefusedToo() {
        vectors.refused = "queue 0 1";
        vectors.readBack = 0;

        InterruptPlan plan = ladder.descend(1, InterruptMode.SHARED_VECTOR);

        assertEquals(
                List.of(
                        "SHARED_VECTOR: the device refuses vector 1 for queue 0;"
                                + " its register reads back 0x0000."),
                plan.steps());
    }

    @Test
    void aPlatformThatRefusesVectorsLeadsToThePin() {
        platform.refusesMsix = true;

        InterruptPlan plan = ladder.descend(1, InterruptMode.SHARED_VECTOR);

        assertEquals(InterruptMode.INTX, plan.mode());
        assertEquals(
                List.of(
                        "SHARED_VECTOR needs 2 MSI-X vectors and the platform refuses:"
                                + " no remapping."),
                plan.steps());
    }

    @Test
    void aPlatformThatRefusesThePinLeadsToPolling() {
        platform.refusesPin = true;

        InterruptPlan plan = ladder.descend(1, InterruptMode.INTX);

        assertEquals(InterruptMode.POLLING, plan.mode());
        assertEquals(List.of("INTX: the platform refuses: no line is routed."), plan.steps());
    }

    @ParameterizedTest
    @EnumSource(InterruptMode.class)
    void theDescentBeginsWhereItIsTold(InterruptMode best) {
        InterruptPlan plan = ladder.descend(2, best);

        assertEquals(new InterruptPlan(best, List.of()), plan);
    }

    @Test
    void pollingAlwaysSaysThatThereMayBeSomething() {
        ladder.descend(1, InterruptMode.POLLING);

        assertTrue(ladder.queue(0).await(NO_WAIT));
        assertTrue(ladder.config().await(NO_WAIT));
        assertEquals(List.of("disable"), function.events);
    }

    @Test
    void aSharedVectorWakesEveryQueue() {
        ladder.descend(2, InterruptMode.SHARED_VECTOR);

        platform.vectors.get(1).raise();

        assertTrue(ladder.queue(0).await(NO_WAIT));
        assertTrue(ladder.queue(1).await(NO_WAIT));
        assertFalse(ladder.queue(1).await(NO_WAIT));
        assertFalse(ladder.config().await(NO_WAIT));
    }

    @Test
    void withMsixTheIsrIsNotRead() {
        function.config.set(4, 0x07);
        isrByte.answer(SingleRegister.ISR_STATUS, 3);
        ladder.descend(2, InterruptMode.SHARED_VECTOR);

        platform.vectors.get(1).raise();

        assertTrue(ladder.queue(0).await(NO_WAIT));
        assertFalse(ladder.config().await(NO_WAIT));
    }

    @Test
    void oneReadOfTheIsrReachesQueuesAndConfiguration() {
        isrByte.answer(SingleRegister.ISR_STATUS, 3, 0);
        ladder.descend(2, InterruptMode.INTX);

        platform.pin.raised.raise();

        assertTrue(ladder.queue(0).await(NO_WAIT));
        assertTrue(ladder.queue(1).await(NO_WAIT));
        assertTrue(ladder.config().await(NO_WAIT));
        assertFalse(ladder.config().await(NO_WAIT));
        assertEquals(List.of("disable", "intx", "unmask"), function.events);
    }

    @Test
    void aWaiterGoesOnWaitingWhileThePinIsRaisedForOthers() {
        isrByte.answer(SingleRegister.ISR_STATUS, 0, 2, 1);
        ladder.descend(1, InterruptMode.INTX);
        platform.pin.raised.raise();
        platform.pin.raised.raise();
        platform.pin.raised.raise();

        assertTrue(ladder.queue(0).await(60_000_000_000L));
        assertTrue(ladder.config().await(NO_WAIT));
        assertEquals(List.of("disable", "intx", "unmask", "unmask", "unmask"), function.events);
    }

    @Test
    void aPinThatIsRaisedForNothingDoesNotHoldAWaiterForEver() {
        ladder.descend(1, InterruptMode.INTX);
        for (int i = 0; i < 1_000_000; i++) {
            platform.pin.raised.raise();
        }

        assertFalse(ladder.queue(0).await(1_000_000));
    }

    @Test
    void interruptsExistOnlyForTheQueuesTheyWereEnabledFor() {
        assertThrows(IllegalStateException.class, ladder::config);
        ladder.descend(2, InterruptMode.INTX);

        assertNotSame(ladder.queue(0), ladder.queue(1));
        assertThrows(IllegalArgumentException.class, () -> ladder.queue(2));
        assertThrows(IllegalArgumentException.class, () -> ladder.queue(-1));
    }
}
