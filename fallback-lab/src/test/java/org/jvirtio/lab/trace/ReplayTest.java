package org.jvirtio.lab.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.EnvironmentException;
import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.pci.Policy;
import org.jvirtio.trace.LatestEvents;
import org.jvirtio.trace.Trace;

/** One side of a trace is played to the other side, which does the same again or is found out. */
class ReplayTest {

    static List<String> allDevices() {
        return Recorded.driven();
    }

    @ParameterizedTest
    @MethodSource("allDevices")
    void theSameModelAnswersTheSame(String device) {
        ModelReplay.Result result =
                ModelReplay.run(Recorded.run(device), EmulatedDevices.parse(device));
        assertEquals("", result.first().map(Deviation::toString).orElse(""));
        assertTrue(result.compared() > 30, result.toString());
        assertTrue(result.written() > 10, result.toString());
    }

    @Test
    void anotherModelIsFoundOutWhereItFirstAnswersOtherwise() {
        ModelReplay.Result result =
                ModelReplay.run(
                        Recorded.run("block,size=1M"), EmulatedDevices.parse("block,size=2M"));
        assertTrue(result.deviations() > 0, result.toString());
        Deviation first = result.first().orElseThrow();
        assertTrue(first.recorded().contains("CAPACITY low"), first.toString());
        assertTrue(first.instead().contains("0x00001000"), first.toString());
    }

    @Test
    void aModelWithoutTheBarIsRefused() {
        Trace virtio1 = Recorded.run("entropy,layout=virtio1");
        String message =
                assertThrows(
                                EnvironmentException.class,
                                () ->
                                        ModelReplay.run(
                                                virtio1,
                                                EmulatedDevices.parse("entropy,layout=legacy")))
                        .getMessage();
        assertTrue(message.contains("it has no BAR4"), message);
    }

    @ParameterizedTest
    @MethodSource("allDevices")
    void ourDriverStartsOnTheRecordedDevice(String device) {
        ReplayedFunction recorded = new ReplayedFunction(Recorded.run(device));
        start(recorded, Policy.AUTO);
        recorded.requireFinished();
    }

    @Test
    void aDriverThatDoesSomethingElseIsFoundOutAtOnce() {
        ReplayedFunction recorded =
                new ReplayedFunction(Recorded.run("entropy,layout=transitional"));
        String message =
                assertThrows(
                                DeviceBrokenException.class,
                                () -> start(recorded, Policy.parse("legacy")))
                        .getMessage();
        assertTrue(message.contains("recorded was"), message);
        assertTrue(message.contains("the driver does"), message);
    }

    @Test
    void aDriverThatStopsTooEarlyIsFoundOut() {
        ReplayedFunction recorded = new ReplayedFunction(Recorded.run("entropy"));
        recorded.config().read16(0);
        assertThrows(DeviceBrokenException.class, recorded::requireFinished);
        recorded.close();
    }

    private static void start(ReplayedFunction recorded, Policy policy) {
        DriverRun.run(new RecordingFunction(recorded, new LatestEvents(1)), policy, false);
    }
}
