package org.jvirtio.linux;

import java.nio.charset.StandardCharsets;
import org.jvirtio.memory.NativeMemory;

/**
 * The system calls that reaching a device and being process 1 need, by their C names.
 *
 * <p>A failure is a negative return value: the negated error number, as the kernel itself returns
 * it. {@link Errno#describe} names it. Addresses are those of {@link NativeMemory#address}. Nothing
 * is allocated, except by the calls that take text. May be called from any thread.
 */
public final class Libc {

    public static final int O_RDONLY = 0;
    public static final int O_WRONLY = 1;
    public static final int O_RDWR = 2;
    public static final int O_NOCTTY = 0x100;
    public static final int O_SYNC = 0x101000;
    public static final int O_CLOEXEC = 0x80000;
    public static final int O_NONBLOCK = 0x800;

    public static final int PROT_READ = 1;
    public static final int PROT_WRITE = 2;
    public static final int MAP_SHARED = 1;
    public static final int MAP_PRIVATE = 2;
    public static final int MAP_FIXED = 0x10;
    public static final int MAP_ANONYMOUS = 0x20;
    public static final int MAP_LOCKED = 0x2000;
    public static final int MAP_NORESERVE = 0x4000;
    public static final int MAP_POPULATE = 0x8000;
    public static final int MAP_HUGETLB = 0x40000;

    /** The size is given by its logarithm in bits 26 to 31. */
    public static final int MAP_HUGE_2MB = 21 << 26;

    public static final int EFD_NONBLOCK = 0x800;
    public static final int EFD_CLOEXEC = O_CLOEXEC;

    public static final int F_SETFL = 4;
    public static final int F_ADD_SEALS = 1033;
    public static final int F_GET_SEALS = 1034;
    public static final int F_SEAL_SEAL = 1;
    public static final int F_SEAL_SHRINK = 2;
    public static final int F_SEAL_GROW = 4;
    public static final int SEEK_END = 2;

    public static final int EPOLL_CLOEXEC = O_CLOEXEC;
    public static final int EPOLL_CTL_ADD = 1;
    public static final int EPOLL_CTL_DEL = 2;

    public static final int MS_RDONLY = 1;
    public static final int MS_NOSUID = 2;
    public static final int MS_NODEV = 4;
    public static final int MS_NOEXEC = 8;
    public static final int MNT_DETACH = 2;

    public static final int RB_AUTOBOOT = 0x01234567;
    public static final int RB_HALT_SYSTEM = 0xcdef0123;
    public static final int RB_POWER_OFF = 0x4321fedc;

    private static final int SYS_IO_SETUP = 206;
    private static final int SYS_IO_GETEVENTS = 208;
    private static final int SYS_IO_SUBMIT = 209;
    private static final int SYS_FINIT_MODULE = 313;

    private static final NativeCall OPEN = new NativeCall("open");
    private static final NativeCall CLOSE = new NativeCall("close");
    private static final NativeCall READ = new NativeCall("read");
    private static final NativeCall WRITE = new NativeCall("write");
    private static final NativeCall PREAD = new NativeCall("pread");
    private static final NativeCall PWRITE = new NativeCall("pwrite");
    private static final NativeCall READV = new NativeCall("readv");
    private static final NativeCall WRITEV = new NativeCall("writev");
    private static final NativeCall IOCTL = new NativeCall("ioctl");
    private static final NativeCall MMAP = new NativeCall("mmap");
    private static final NativeCall MUNMAP = new NativeCall("munmap");
    private static final NativeCall MLOCK = new NativeCall("mlock");
    private static final NativeCall FCNTL = new NativeCall("fcntl");
    private static final NativeCall LSEEK = new NativeCall("lseek");
    private static final NativeCall FTRUNCATE = new NativeCall("ftruncate");
    private static final NativeCall EVENTFD = new NativeCall("eventfd");
    private static final NativeCall PPOLL = new NativeCall("ppoll");
    private static final NativeCall EPOLL_CREATE1 = new NativeCall("epoll_create1");
    private static final NativeCall EPOLL_CTL = new NativeCall("epoll_ctl");
    private static final NativeCall EPOLL_WAIT = new NativeCall("epoll_wait");
    private static final NativeCall MOUNT = new NativeCall("mount");
    private static final NativeCall UMOUNT2 = new NativeCall("umount2");
    private static final NativeCall SYSCALL = new NativeCall("syscall");
    private static final NativeCall REBOOT = new NativeCall("reboot");
    private static final NativeCall GETPID = new NativeCall("getpid");
    private static final NativeCall SCHED_SETAFFINITY = new NativeCall("sched_setaffinity");

    /** Where text goes on its way to the kernel: room for the four strings of a mount. */
    private static final int TEXT_BYTES = 4096;

    private static final NativeMemory TEXT = NativeMemory.allocate(4 * TEXT_BYTES);

    private Libc() {}

    /** Opens a file that exists. */
    public static synchronized int open(String path, int flags) {
        return (int) OPEN.call(text(0, path), flags, 0);
    }

    public static int close(int fd) {
        return (int) CLOSE.call(fd);
    }

    public static long read(int fd, long address, long count) {
        return READ.call(fd, address, count);
    }

    public static long write(int fd, long address, long count) {
        return WRITE.call(fd, address, count);
    }

    public static long pread(int fd, long address, long count, long position) {
        return PREAD.call(fd, address, count, position);
    }

    public static long pwrite(int fd, long address, long count, long position) {
        return PWRITE.call(fd, address, count, position);
    }

    /**
     * Reads into many places.
     *
     * @param pieces address of {@code count} {@code struct iovec}s, see {@link IoVec}
     */
    static long readv(int fd, long pieces, int count) {
        return READV.call(fd, pieces, count);
    }

    /** Writes from many places, as {@link #readv} reads. */
    static long writev(int fd, long pieces, int count) {
        return WRITEV.call(fd, pieces, count);
    }

    /** The argument is a number or an address, as the request has it. */
    public static int ioctl(int fd, long request, long argument) {
        return (int) IOCTL.call(fd, request, argument);
    }

    /** The kernel chooses the address: a positive number, a multiple of the page size. */
    public static long mmap(long length, int protection, int flags, int fd, long position) {
        return MMAP.call(0, length, protection, flags, fd, position);
    }

    /** Maps at exactly this address, in place of whatever is there. */
    public static long mmapAt(
            long address, long length, int protection, int flags, int fd, long position) {
        return MMAP.call(address, length, protection, flags | MAP_FIXED, fd, position);
    }

    public static int munmap(long address, long length) {
        return (int) MUNMAP.call(address, length);
    }

    public static int mlock(long address, long length) {
        return (int) MLOCK.call(address, length);
    }

    public static int fcntl(int fd, int command, long argument) {
        return (int) FCNTL.call(fd, command, argument);
    }

    /** Moves the position of a file; the new one. */
    public static long lseek(int fd, long offset, int whence) {
        return LSEEK.call(fd, offset, whence);
    }

    public static int ftruncate(int fd, long length) {
        return (int) FTRUNCATE.call(fd, length);
    }

    public static int eventfd(int flags) {
        return (int) EVENTFD.call(0, flags);
    }

    /**
     * Waits for one of {@code count} descriptors; a null {@code timeout} (0) waits for ever.
     *
     * @param descriptors address of {@code struct pollfd}s, see {@link PollFd}
     * @param timeout address of a {@code struct timespec}, see {@link Timespec}
     * @return how many descriptors have something to report; 0 if the time passed
     */
    public static int ppoll(long descriptors, int count, long timeout) {
        return (int) PPOLL.call(descriptors, count, timeout, 0);
    }

    public static int epollCreate1(int flags) {
        return (int) EPOLL_CREATE1.call(flags);
    }

    /** The event is the address of a {@code struct epoll_event}, see {@link EpollEvent}. */
    public static int epollCtl(int epoll, int operation, int fd, long event) {
        return (int) EPOLL_CTL.call(epoll, operation, fd, event);
    }

    /**
     * Waits for events of the descriptors that were added.
     *
     * @param events address of {@code most} {@code struct epoll_event}s
     * @param timeoutMillis the longest wait; -1 for ever
     * @return how many events there are; 0 if the time passed
     */
    public static int epollWait(int epoll, long events, int most, int timeoutMillis) {
        return (int) EPOLL_WAIT.call(epoll, events, most, timeoutMillis);
    }

    /**
     * Mounts a file system.
     *
     * @param options as in {@code mount -o}, or an empty text
     */
    public static synchronized int mount(
            String source, String target, String type, int flags, String options) {
        return (int)
                MOUNT.call(
                        text(0, source), text(1, target), text(2, type), flags, text(3, options));
    }

    public static synchronized int umount2(String target, int flags) {
        return (int) UMOUNT2.call(text(0, target), flags);
    }

    /**
     * Loads the kernel module in an open file. Through {@code syscall}: glibc has no name for it.
     */
    public static synchronized int finitModule(int fd, String parameters) {
        return (int) SYSCALL.call(SYS_FINIT_MODULE, fd, text(0, parameters), 0);
    }

    /** Makes a context for {@code most} requests; through {@code syscall}, as those below. */
    public static int ioSetup(int most, long context) {
        return (int) SYSCALL.call(SYS_IO_SETUP, most, context);
    }

    /** Begins requests, to which {@code pointers} are pointers; how many, or why none. */
    public static int ioSubmit(long context, int count, long pointers) {
        return (int) SYSCALL.call(SYS_IO_SUBMIT, context, count, pointers);
    }

    /** Takes the ends of up to {@code most} requests, without waiting for any. */
    public static int ioGetEvents(long context, int most, long events) {
        return (int) SYSCALL.call(SYS_IO_GETEVENTS, context, 0, most, events, 0);
    }

    /** Ends or restarts the whole machine, at once and without writing back file systems. */
    public static int reboot(int how) {
        return (int) REBOOT.call(how);
    }

    public static int getpid() {
        return (int) GETPID.call();
    }

    /**
     * Says on which processors a thread may run.
     *
     * @param thread 0 for the calling one
     * @param length bytes of the set
     * @param set address of a bit for each processor
     */
    public static int schedSetAffinity(int thread, long length, long set) {
        return (int) SCHED_SETAFFINITY.call(thread, length, set);
    }

    private static long text(int slot, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length >= TEXT_BYTES) {
            throw new IllegalArgumentException(
                    "text of " + bytes.length + " bytes for a system call, which takes 4095");
        }
        long offset = (long) slot * TEXT_BYTES;
        TEXT.copyFrom(offset, bytes, 0, bytes.length);
        TEXT.write8(offset + bytes.length, 0);
        return TEXT.address() + offset;
    }
}
