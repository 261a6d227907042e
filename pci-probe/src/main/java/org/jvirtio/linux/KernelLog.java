package org.jvirtio.linux;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jvirtio.memory.NativeMemory;

/**
 * The kernel's own messages, as {@code /dev/kmsg} gives them: one record for each read, oldest
 * first. Reading takes nothing away.
 */
public final class KernelLog {

    private static final String LOG = "/dev/kmsg";
    private static final int LONGEST_RECORD = 8192;
    private static final int MOST_RECORDS = 20_000;

    private KernelLog() {}

    /**
     * Messages with {@code text} in them, without priority and time.
     *
     * @throws org.jvirtio.EnvironmentException if the log cannot be opened
     */
    public static List<String> about(String text) {
        List<String> found = new ArrayList<>();
        try (Descriptor log =
                        Descriptor.open(
                                LOG, Libc.O_RDONLY | Libc.O_NONBLOCK, "Run as root, in a guest.");
                NativeMemory record = NativeMemory.allocate(LONGEST_RECORD)) {
            // Bounded, since what is read may itself be logged. A record that was overwritten while
            // we read is EPIPE, and the next read goes on behind it.
            for (int i = 0; i < MOST_RECORDS; i++) {
                long length = Libc.read(log.fd(), record.address(), LONGEST_RECORD);
                if (Errno.EAGAIN.is(length)) {
                    break;
                }
                String message = length < 0 ? "" : message(record, (int) length);
                if (message.contains(text)) {
                    found.add(message);
                }
            }
        }
        return found;
    }

    /** A record is {@code priority,number,time,flags;text}, then lines of properties. */
    private static String message(NativeMemory memory, int length) {
        byte[] bytes = new byte[length];
        memory.copyTo(0, bytes, 0, length);
        String record = new String(bytes, StandardCharsets.UTF_8);
        int begin = record.indexOf(';') + 1;
        int end = record.indexOf('\n', begin);
        return record.substring(begin, end < 0 ? record.length() : end);
    }
}
