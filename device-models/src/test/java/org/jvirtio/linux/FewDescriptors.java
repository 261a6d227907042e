package org.jvirtio.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.Supplier;
import org.jvirtio.memory.NativeMemory;

/**
 * Lets this process open only so many files more for a while (setrlimit(2)). A class that the JVM
 * would read from a file meanwhile cannot be loaded: whatever runs has run before.
 */
public final class FewDescriptors {

    private static final int RLIMIT_NOFILE = 7;
    private static final NativeCall GETRLIMIT = new NativeCall("getrlimit");
    private static final NativeCall SETRLIMIT = new NativeCall("setrlimit");

    /** {@code struct rlimit}: what holds, and what it may be raised to. */
    private static final NativeMemory LIMIT = NativeMemory.allocate(2 * Long.BYTES);

    private FewDescriptors() {}

    /** What {@code action} gives, while {@code count} more can be opened. */
    public static <T> T leaving(int count, Supplier<T> action) {
        assertEquals(0, GETRLIMIT.call(RLIMIT_NOFILE, LIMIT.address()));
        long usual = LIMIT.read64(0);
        int lowestFree = Libc.open("/dev/null", Libc.O_RDONLY);
        Libc.close(lowestFree);
        set(lowestFree + count); // The numbers below it are taken; gaps above are not counted.
        try {
            return action.get();
        } finally {
            set(usual);
        }
    }

    private static void set(long most) {
        LIMIT.write64(0, most);
        assertEquals(0, SETRLIMIT.call(RLIMIT_NOFILE, LIMIT.address()));
    }
}
