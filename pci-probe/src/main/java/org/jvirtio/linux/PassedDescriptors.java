package org.jvirtio.linux;

import java.util.Arrays;

/**
 * Descriptors that came with a message (SCM_RIGHTS, unix(7)), in the order in which they were sent.
 * Each is closed unless somebody takes it. Not thread-safe.
 */
public final class PassedDescriptors {

    /** What the kernel carries in one message ({@code SCM_MAX_FD}). */
    public static final int MOST = 253;

    private static final int TAKEN = -1;

    private final int[] fds = new int[MOST];
    private int count;
    private boolean lost;

    /** How many came, taken or not. */
    public int count() {
        return count;
    }

    /** True if more came, for which this process had no number (EMFILE). */
    public boolean areLost() {
        return lost;
    }

    /**
     * Takes one, which the caller closes from then on.
     *
     * @param index below {@link #count}
     * @param name what people call it, for messages
     */
    public Descriptor take(int index, String name) {
        if (index < 0 || index >= count || fds[index] == TAKEN) {
            throw new IllegalArgumentException(
                    "descriptor " + index + " of " + count + ", or it was taken before");
        }
        int fd = fds[index];
        fds[index] = TAKEN;
        return new Descriptor(fd, name);
    }

    /** Closes what nobody took, and forgets all. */
    public void closeRest() {
        for (int i = 0; i < count; i++) {
            if (fds[i] != TAKEN) {
                Libc.close(fds[i]);
            }
        }
        Arrays.fill(fds, 0, count, TAKEN);
        count = 0;
        lost = false;
    }

    void lose() {
        lost = true;
    }

    /** One more than there is room for is closed at once. */
    void add(int fd) {
        if (count == MOST) {
            Libc.close(fd);
        } else {
            fds[count++] = fd;
        }
    }
}
