package org.jvirtio.lab.trace;

import java.util.List;
import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.pci.Policy;
import org.jvirtio.trace.Trace;

/** Traces of our own driver on models. */
final class Recorded {

    private static final int MOST_EVENTS = 10_000;

    private Recorded() {}

    /** Every model but the console, which tells of its ports when it comes to it. */
    static List<String> driven() {
        return EmulatedDevices.all().stream().filter(name -> !name.startsWith("console")).toList();
    }

    static Trace run(String device) {
        return run(device, Policy.AUTO);
    }

    static Trace run(String device, Policy policy) {
        RecordingFunction.InMemory memory =
                RecordingFunction.inMemory(EmulatedDevices.parse(device), MOST_EVENTS);
        DriverRun.run(memory.function(), policy, true);
        return memory.trace();
    }
}
