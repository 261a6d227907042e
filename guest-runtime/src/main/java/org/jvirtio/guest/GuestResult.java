package org.jvirtio.guest;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How one boot of a guest went.
 *
 * @param exitCode the program's; 1 if it threw, or if there is a failure
 * @param fault stack trace of what the program threw
 * @param failure why there is no result: the guest crashed, hung, or took too long; with the end of
 *     its console
 * @param marks in the order they came
 * @param peakMemoryBytes most memory the guest's JVM held; 0 if it did not say
 * @param total from QEMU's start to its end
 * @param console the last lines of the kernel's console and of QEMU's own messages
 */
public record GuestResult(
        int exitCode,
        Optional<String> fault,
        Optional<String> failure,
        List<GuestMark> marks,
        long peakMemoryBytes,
        Duration total,
        List<String> console) {

    public GuestResult {
        marks = List.copyOf(marks);
        console = List.copyOf(console);
    }

    /** The moment of this name, if the guest got there. */
    public Optional<Duration> mark(String name) {
        for (GuestMark mark : marks) {
            if (mark.name().equals(name)) {
                return Optional.of(mark.sinceStart());
            }
        }
        return Optional.empty();
    }
}
