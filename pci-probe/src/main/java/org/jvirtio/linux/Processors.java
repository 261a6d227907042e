package org.jvirtio.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jvirtio.EnvironmentException;
import org.jvirtio.memory.NativeMemory;

/** The processors that this process may use, and a thread's place on one of them. */
public final class Processors {

    private static final String ALLOWED = "Cpus_allowed_list:";

    private Processors() {}

    /** Numbers of the processors that this process may run on, as the kernel counts them. */
    public static List<Integer> allowed() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith(ALLOWED)) {
                    return numbers(line.substring(ALLOWED.length()).strip());
                }
            }
            return List.of(0);
        } catch (IOException e) {
            throw new EnvironmentException("reading /proc/self/status: " + e + ". Mount /proc.", e);
        }
    }

    /** Keeps the calling thread on one processor from now on. */
    public static void pinThisThreadTo(int processor) {
        int bytes = (processor / Long.SIZE + 1) * Long.BYTES;
        try (NativeMemory set = NativeMemory.allocate(bytes)) {
            set.write8(processor / Byte.SIZE, 1 << processor % Byte.SIZE);
            int result = Libc.schedSetAffinity(0, bytes, set.address());
            if (result < 0) {
                throw new EnvironmentException(
                        "keeping a thread on processor "
                                + processor
                                + ": "
                                + Errno.describe(result)
                                + ". Choose one of "
                                + allowed()
                                + ".");
            }
        }
    }

    /** {@code 0-2,5} is 0, 1, 2, 5. */
    static List<Integer> numbers(String list) {
        List<Integer> numbers = new ArrayList<>();
        for (String range : list.split(",", -1)) {
            String[] ends = range.split("-", -1);
            int last = Integer.parseInt(ends[ends.length - 1]);
            for (int i = Integer.parseInt(ends[0]); i <= last; i++) {
                numbers.add(i);
            }
        }
        return numbers;
    }
}
