package org.jvirtio.lab.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvirtio.lab.trace.RecordingFunction.InMemory;
import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.model.EmulatedFunction;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.Policy;
import org.jvirtio.trace.Mark;
import org.jvirtio.trace.Trace;

/**
 * A device does not notice that it is recorded, and the header is enough to choose a layout again.
 */
class RecordingFunctionTest {

    static List<String> allDevices() {
        return Recorded.driven();
    }

    @ParameterizedTest
    @MethodSource("allDevices")
    void theModelHasNothingToComplainOf(String device) {
        EmulatedFunction function = EmulatedDevices.parse(device);
        DriverRun.run(RecordingFunction.inMemory(function, 10_000).function(), Policy.AUTO, true);
        assertEquals(List.of(), function.complaints().list());
    }

    @ParameterizedTest
    @MethodSource("allDevices")
    void theHeaderLeadsToTheSameChoice(String device) {
        EmulatedFunction function = EmulatedDevices.parse(device);
        LayoutChoice live = LayoutChoice.of(function, Policy.AUTO);
        Trace trace = RecordingFunction.inMemory(function, 1).trace();
        LayoutChoice again =
                LayoutChoice.of(
                        function.name(),
                        FunctionHeader.config(trace.header()),
                        FunctionHeader.bars(trace.header()),
                        Policy.AUTO);
        assertEquals(live, again);
        function.close();
    }

    @Test
    void whatHappensBesideTheRegistersIsMarked() {
        Trace trace = Recorded.run("entropy");
        List<String> marks =
                trace.events().stream()
                        .filter(Mark.class::isInstance)
                        .map(event -> ((Mark) event).text())
                        .toList();
        assertTrue(marks.contains("phase choice"), marks.toString());
        assertTrue(marks.contains("interrupts msix 2"), marks.toString());
        assertTrue(
                marks.stream().anyMatch(text -> text.startsWith("dma physical 0x1")), "" + marks);
        assertEquals("close", marks.get(marks.size() - 1));
    }

    @Test
    void onlyTheLatestEventsAreKeptInMemory() {
        InMemory memory = RecordingFunction.inMemory(EmulatedDevices.parse("block"), 5);
        DriverRun.run(memory.function(), Policy.AUTO, true);
        assertEquals(5, memory.trace().events().size());
        assertTrue(memory.trace().lost() > 100, "" + memory.trace().lost());
    }
}
