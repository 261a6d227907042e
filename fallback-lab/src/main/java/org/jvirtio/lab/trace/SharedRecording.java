package org.jvirtio.lab.trace;

import java.util.Optional;
import org.jvirtio.DeviceTimeoutException;
import org.jvirtio.VirtioException;
import org.jvirtio.lab.Subject;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.trace.Trace;

/**
 * One run of a driver, made when the first case asks for it, for the cases of all rules. A case
 * that is tried again asks for a new one.
 */
final class SharedRecording {

    private static final int MOST_EVENTS = 100_000;

    private final Subject subject;
    private Recorded recorded;

    /**
     * What came of the run.
     *
     * @param failure why the driver gave up; empty if it did not
     */
    record Recorded(Trace trace, Optional<VirtioException> failure) {

        /** Whether it waited for the device in vain. */
        boolean hung() {
            return failure.filter(DeviceTimeoutException.class::isInstance).isPresent();
        }
    }

    SharedRecording(Subject subject) {
        this.subject = subject;
    }

    synchronized Recorded first() {
        return recorded == null ? again() : recorded;
    }

    /**
     * Runs the driver once more.
     *
     * @throws VirtioException if the function cannot even be opened
     */
    synchronized Recorded again() {
        RecordingFunction.InMemory memory = opened();
        Optional<VirtioException> failure = Optional.empty();
        try {
            DriverRun.run(memory.function(), subject.policy(), true);
        } catch (VirtioException e) {
            failure = Optional.of(e);
        }
        recorded = new Recorded(memory.trace(), failure);
        return recorded;
    }

    /** Reads the whole configuration space, which may fail: then nobody else would close it. */
    private RecordingFunction.InMemory opened() {
        PciFunction function = subject.opener().get();
        try {
            return RecordingFunction.inMemory(function, MOST_EVENTS);
        } catch (RuntimeException failure) {
            try (function) {
                throw failure;
            }
        }
    }
}
