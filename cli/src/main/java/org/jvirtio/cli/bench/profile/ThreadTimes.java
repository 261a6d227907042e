package org.jvirtio.cli.bench.profile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jvirtio.EnvironmentException;

/**
 * Processor time of the threads of a process by their names, as the kernel counts it ({@code
 * /proc/PID/task/TID/schedstat}); threads of one name are one.
 *
 * @param nanos so far, by what the kernel keeps of a name: its first 15 bytes
 */
public record ThreadTimes(Map<String, Long> nanos) {

    /**
     * Looks at a process.
     *
     * @throws EnvironmentException if it is gone, or this is no Linux
     */
    public static ThreadTimes of(long pid) {
        Map<String, Long> nanos = new TreeMap<>();
        try (Stream<Path> tasks = Files.list(Path.of("/proc", "" + pid, "task"))) {
            for (Path task : tasks.toList()) {
                add(task, nanos);
            }
        } catch (IOException e) {
            throw new EnvironmentException(
                    "looking at the threads of process " + pid + ": " + e + ". Use Linux.", e);
        }
        return new ThreadTimes(nanos);
    }

    /** A thread may end while it is looked at. */
    private static void add(Path task, Map<String, Long> nanos) {
        try {
            String name = Files.readString(task.resolve("comm"), StandardCharsets.ISO_8859_1);
            String times = Files.readString(task.resolve("schedstat"));
            nanos.merge(name.strip(), Long.parseLong(times.split(" ", 2)[0]), Long::sum);
        } catch (IOException e) {
            return;
        }
    }

    /**
     * What each thread used since {@code before}, most first; those that used nothing are left out.
     */
    public Map<String, Long> since(ThreadTimes before) {
        Map<String, Long> used = new LinkedHashMap<>();
        nanos.entrySet().stream()
                .map(now -> Map.entry(now.getKey(), now.getValue() - before.of(now.getKey())))
                .filter(thread -> thread.getValue() > 0)
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .forEach(thread -> used.put(thread.getKey(), thread.getValue()));
        return used;
    }

    private long of(String name) {
        return nanos.getOrDefault(name, 0L);
    }
}
