package org.jvirtio.linux;

import org.jvirtio.EnvironmentException;

/** An open file, by its number in the kernel, until it is closed. */
public final class Descriptor implements AutoCloseable {

    private final String name;
    private int fd;

    /**
     * Takes over an open file.
     *
     * @param name what people call it, for messages
     */
    public Descriptor(int fd, String name) {
        this.fd = fd;
        this.name = name;
    }

    /** Opens a file that exists; {@code next} says what to do if that fails. */
    public static Descriptor open(String path, int flags, String next) {
        int fd = Libc.open(path, flags | Libc.O_CLOEXEC);
        if (fd < 0) {
            throw new EnvironmentException(
                    "opening " + path + ": " + Errno.describe(fd) + ". " + next);
        }
        return new Descriptor(fd, path);
    }

    /** The number; calls with it fail with EBADF once closed. */
    public int fd() {
        return fd;
    }

    public String name() {
        return name;
    }

    /** Bytes of the file; negative, an error number, if it is none that has a length. */
    public long fileLength() {
        return Libc.lseek(fd, 0, Libc.SEEK_END);
    }

    /** Gives the number to somebody else, who closes it from now on. */
    int release() {
        int given = fd;
        fd = -1;
        return given;
    }

    @Override
    public void close() {
        if (fd >= 0) {
            Libc.close(fd);
            fd = -1;
        }
    }
}
