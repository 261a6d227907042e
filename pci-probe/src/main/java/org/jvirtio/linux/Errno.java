package org.jvirtio.linux;

/**
 * The error numbers that reaching a device can meet (Linux {@code asm-generic/errno.h}), with the
 * words of the C library for them.
 */
public enum Errno {
    EPERM(1, "operation not permitted"),
    ENOENT(2, "no such file or directory"),
    EINTR(4, "interrupted system call"),
    EIO(5, "input/output error"),
    ENXIO(6, "no such device or address"),
    E2BIG(7, "argument list too long"),
    ENOEXEC(8, "exec format error"),
    EBADF(9, "bad file descriptor"),
    EAGAIN(11, "resource temporarily unavailable"),
    ENOMEM(12, "cannot allocate memory"),
    EACCES(13, "permission denied"),
    EFAULT(14, "bad address"),
    EBUSY(16, "device or resource busy"),
    EEXIST(17, "file exists"),
    ENODEV(19, "no such device"),
    ENOTDIR(20, "not a directory"),
    EINVAL(22, "invalid argument"),
    ENFILE(23, "too many open files in system"),
    EMFILE(24, "too many open files"),
    ENOTTY(25, "inappropriate ioctl for device"),
    ENOSPC(28, "no space left on device"),
    EROFS(30, "read-only file system"),
    EPIPE(32, "broken pipe"),
    ENOSYS(38, "function not implemented"),
    EOPNOTSUPP(95, "operation not supported"),
    EADDRINUSE(98, "address already in use"),
    ECONNRESET(104, "connection reset by peer"),
    ETIMEDOUT(110, "connection timed out"),
    ECONNREFUSED(111, "connection refused");

    private final int number;
    private final String meaning;

    Errno(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    public int number() {
        return number;
    }

    /** True if a system call that returned {@code result} failed in this way. */
    public boolean is(long result) {
        return result == -number;
    }

    /**
     * What a failed call returned, as people read it: {@code EBUSY (16, device or resource busy)}.
     */
    public static String describe(long result) {
        for (Errno errno : values()) {
            if (errno.is(result)) {
                return errno.name() + " (" + errno.number + ", " + errno.meaning + ")";
            }
        }
        return "error " + -result;
    }
}
