package org.jvirtio.linux;

import org.jvirtio.EnvironmentException;
import org.jvirtio.memory.NativeMemory;

/**
 * A pseudo-terminal (pty(7)): programs open {@link #name} as a terminal, and what they write is
 * read here. It is raw: no echo, no translation.
 *
 * <p>May be used from any thread; closed once nobody uses it any more.
 */
public final class Pty implements AutoCloseable {

    private static final long TIOCGPTN = 0x80045430L;
    private static final long TIOCSPTLCK = 0x40045431L;
    private static final long TCGETS = 0x5401L;
    private static final long TCSETS = 0x5402L;

    /** {@code struct termios} of the kernel: four flag words, then bytes. */
    private static final int TERMIOS_BYTES = 36;

    private static final int INPUT_FLAGS = 0;
    private static final int OUTPUT_FLAGS = 4;
    private static final int LOCAL_FLAGS = 12;

    private final Descriptor master;
    private final String name;

    private Pty(Descriptor master, String name) {
        this.master = master;
        this.name = name;
    }

    /**
     * Makes a terminal that nobody has opened yet.
     *
     * @throws EnvironmentException if this system has no pseudo-terminals
     */
    public static Pty open() {
        Descriptor master =
                Descriptor.open(
                        "/dev/ptmx",
                        Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_NONBLOCK,
                        "Mount devpts, or use a socket.");
        try {
            String name = "/dev/pts/" + unlocked(master);
            makeRaw(master);
            // Once somebody opened and closed it, the kernel reports that nobody is there.
            Descriptor.open(name, Libc.O_RDWR | Libc.O_NOCTTY, "Mount devpts there.").close();
            return new Pty(master, name);
        } catch (EnvironmentException e) {
            master.close();
            throw e;
        }
    }

    /** What programs open. */
    public String name() {
        return name;
    }

    /** The number of our side, which never blocks. */
    public int fd() {
        return master.fd();
    }

    /** True while some program has it open. */
    public boolean isOpen() {
        try (NativeMemory memory = NativeMemory.allocate(PollFd.LENGTH + Timespec.LENGTH)) {
            memory.write32(PollFd.FD.offset(), master.fd());
            Libc.ppoll(memory.address(), 1, memory.address() + PollFd.LENGTH);
            return (memory.read16(PollFd.REVENTS.offset()) & PollFd.POLLHUP) == 0;
        }
    }

    @Override
    public void close() {
        master.close();
    }

    private static int unlocked(Descriptor master) {
        try (NativeMemory number = NativeMemory.allocate(Integer.BYTES)) {
            number.write32(0, 0);
            requireDone("unlocking", Libc.ioctl(master.fd(), TIOCSPTLCK, number.address()));
            requireDone("numbering", Libc.ioctl(master.fd(), TIOCGPTN, number.address()));
            return number.read32(0);
        }
    }

    private static void makeRaw(Descriptor master) {
        try (NativeMemory termios = NativeMemory.allocate(TERMIOS_BYTES)) {
            requireDone("asking", Libc.ioctl(master.fd(), TCGETS, termios.address()));
            termios.write32(INPUT_FLAGS, 0);
            termios.write32(OUTPUT_FLAGS, 0);
            termios.write32(LOCAL_FLAGS, 0);
            requireDone("setting", Libc.ioctl(master.fd(), TCSETS, termios.address()));
        }
    }

    private static void requireDone(String what, int result) {
        if (result < 0) {
            throw new EnvironmentException(
                    what
                            + " a pseudo-terminal: "
                            + Errno.describe(result)
                            + ". Mount devpts, or use a socket.");
        }
    }
}
