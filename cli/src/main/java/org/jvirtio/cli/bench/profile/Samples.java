package org.jvirtio.cli.bench.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import org.jvirtio.EnvironmentException;

/**
 * What one thread was found doing, looked at every ten milliseconds by the JDK's Flight Recorder
 * ({@code jdk.ExecutionSample}), which sees inlined methods too.
 */
public record Samples(Map<Role, Integer> counts) {

    private static final String EVENT = "jdk.ExecutionSample";
    private static final Duration PERIOD = Duration.ofMillis(10);

    /** Runs {@code work} on this thread, and samples it. */
    public static Samples during(Runnable work) {
        try (Recording recording = new Recording()) {
            recording.enable(EVENT).withPeriod(PERIOD);
            recording.start();
            work.run();
            recording.stop();
            return read(recording, Thread.currentThread().getName());
        }
    }

    private static Samples read(Recording recording, String thread) {
        try {
            Path file = Files.createTempFile("jvirtio", ".jfr");
            try {
                recording.dump(file);
                return count(RecordingFile.readAllEvents(file), thread);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new EnvironmentException(
                    "reading a recording of the Flight Recorder: " + e + ". Free some space.", e);
        }
    }

    private static Samples count(List<RecordedEvent> events, String thread) {
        Map<Role, Integer> counts = new EnumMap<>(Role.class);
        for (RecordedEvent event : events) {
            boolean ours =
                    event.getEventType().getName().equals(EVENT)
                            && event.getThread("sampledThread").getJavaName().equals(thread);
            if (ours && event.getStackTrace() != null) {
                List<String> frames =
                        event.getStackTrace().getFrames().stream().map(Samples::name).toList();
                counts.merge(Role.of(frames), 1, Integer::sum);
            }
        }
        return new Samples(counts);
    }

    private static String name(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
    }

    public int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Of all samples, in percent; 0 if there are none. */
    public double percent(Role role) {
        return total() == 0 ? 0 : 100.0 * counts.getOrDefault(role, 0) / total();
    }
}
