package org.jvirtio.linux;

import java.util.List;
import java.util.stream.IntStream;
import org.jvirtio.EnvironmentException;
import org.jvirtio.memory.NativeMemory;

/** The processors of this machine, by the numbers that the kernel gives them. */
public final class Cores {

    private static final int MOST = 1024;
    private static final int MASK_BYTES = MOST / 8;

    private Cores() {}

    /**
     * Those that the calling thread may use, lowest first: fewer than there are, in a container.
     */
    public static List<Integer> usable() {
        try (NativeMemory mask = NativeMemory.allocate(MASK_BYTES)) {
            int done = Libc.schedGetaffinity(MASK_BYTES, mask.address());
            if (done < 0) {
                throw new EnvironmentException(
                        "asking which processors may be used: "
                                + Errno.describe(done)
                                + ". Use a machine of at most "
                                + MOST
                                + " processors.");
            }
            return IntStream.range(0, MOST).filter(core -> isIn(mask, core)).boxed().toList();
        }
    }

    /**
     * Moves the calling thread to one processor, and keeps it there.
     *
     * @throws EnvironmentException if it may not use that one
     */
    public static void pinTo(int core) {
        if (core < 0 || core >= MOST) {
            throw new IllegalArgumentException(
                    "processor " + core + "; they are 0 to " + (MOST - 1));
        }
        try (NativeMemory mask = NativeMemory.allocate(MASK_BYTES)) {
            mask.write8(core / 8, 1 << core % 8);
            int done = Libc.schedSetaffinity(MASK_BYTES, mask.address());
            if (done < 0) {
                throw new EnvironmentException(
                        String.format(
                                "pinning thread '%s' to processor %d: %s. It may use %s: choose one"
                                        + " of them.",
                                Thread.currentThread().getName(),
                                core,
                                Errno.describe(done),
                                usable()));
            }
        }
    }

    private static boolean isIn(NativeMemory mask, int core) {
        return (mask.read8(core / 8) & 1 << core % 8) != 0;
    }
}
