package org.jvirtio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.DeviceType;
import org.jvirtio.InterruptMode;
import org.jvirtio.pci.Policy;
import org.jvirtio.queue.QueueSnapshot;
import org.jvirtio.queue.QueueSnapshot.State;

/** What a run records for its page: it is of the run itself, and comes through from a guest. */
class RecordedRunTest {

    private static DriveOrder order(String layout, RingFormat ring) {
        return new DriveOrder(
                "emulated:entropy,layout=" + layout + ",ring=" + ring.label(),
                "",
                DeviceType.ENTROPY,
                "modern",
                new DriveOrder.Expectation(
                        Policy.AUTO, layout, InterruptMode.VECTOR_PER_QUEUE, ring),
                new Placeholder("a", "0123"),
                "");
    }

    @ParameterizedTest
    @CsvSource({"virtio1,SPLIT", "virtio1,PACKED", "legacy,SPLIT"})
    void aRowComesThroughAsALineOfJson(String layout, RingFormat ring) throws IOException {
        DeviceReport row = Drive.recorded(order(layout, ring));
        String line = JSON.std.asString(row.wholeTree());
        assertFalse(line.contains("\n"), line);
        DeviceReport back =
                JSON.std
                        .without(JSON.Feature.FAIL_ON_UNKNOWN_BEAN_PROPERTY)
                        .beanFrom(DeviceReport.class, line);
        assertEquals(row, back);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SPLIT", "PACKED"})
    void aQueueIsSeenWithWhatIsUsedAndWhatWasNotShownYet(RingFormat ring) {
        DeviceReport row = Drive.recorded(order("virtio1", ring));
        assertTrue(row.verified(), row.toString());
        QueueSnapshot queue = row.recorded().queues().get(0);
        assertEquals(ring.label(), queue.format());
        assertEquals(2, count(queue, State.USED), queue.toString());
        assertEquals(1, count(queue, State.IN_FLIGHT), queue.toString());
        assertEquals(1, count(queue, State.OFFERED), queue.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"virtio1", "legacy"})
    void theTraceEndsWithTheStart(String layout) {
        String trace = Drive.recorded(order(layout, RingFormat.SPLIT)).recorded().trace();
        assertTrue(trace.startsWith("jvirtio-trace 1\n"), trace);
        assertTrue(trace.lines().count() > 30, trace);
        assertFalse(trace.contains("mark close"), trace);
    }

    @ParameterizedTest
    @ValueSource(strings = {"virtio1", "legacy"})
    void nothingIsRecordedIfNobodyAsked(String layout) {
        assertEquals(Recorded.NOTHING, Drive.report(order(layout, RingFormat.SPLIT)).recorded());
    }

    private static long count(QueueSnapshot queue, State state) {
        return queue.descriptors().stream().filter(some -> some.state() == state).count();
    }
}
