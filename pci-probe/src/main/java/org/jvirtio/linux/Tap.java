package org.jvirtio.linux;

import org.jvirtio.EnvironmentException;
import org.jvirtio.Interrupt;
import org.jvirtio.memory.NativeMemory;

/**
 * A tap interface of this machine (Linux {@code networking/tuntap.rst}): a frame per read and
 * write. One thread may read while another writes.
 */
public final class Tap implements AutoCloseable {

    private static final long TUNSETIFF = 0x400454caL;
    private static final int IFF_TAP = 2;
    private static final int IFF_NO_PI = 0x1000;
    private static final int IFF_VNET_HDR = 0x4000;

    private final Descriptor descriptor;

    private final Interrupt interrupt;
    private final VnetFrame incoming = new VnetFrame();
    private final VnetFrame outgoing = new VnetFrame();

    private Tap(Descriptor descriptor) {
        this.descriptor = descriptor;
        interrupt = new ReadableInterrupt(descriptor);
    }

    /**
     * Attaches to an interface, or makes one, which takes CAP_NET_ADMIN.
     *
     * @throws EnvironmentException if that is not allowed, or there is no such thing here
     */
    public static Tap open(String name) {
        byte[] bytes = KernelInterface.requireName(name);
        Descriptor tun =
                Descriptor.open(
                        "/dev/net/tun",
                        Libc.O_RDWR | Libc.O_NONBLOCK,
                        "Load the module tun, or connect with listen=PATH or hub=NAME.");
        int done = attach(tun, bytes);
        if (done < 0) {
            tun.close();
            throw new EnvironmentException(
                    String.format(
                            "attaching to the tap interface %s: %s. Let root make it for you: ip"
                                    + " tuntap add %s mode tap user $USER; or connect with"
                                    + " listen=PATH or hub=NAME.",
                            name, Errno.describe(done), name));
        }
        return new Tap(tun);
    }

    /** Comes when there may be a frame to {@link #read}, after one found none. */
    public Interrupt interrupt() {
        return interrupt;
    }

    /** The number, to wait for frames otherwise. */
    public int fd() {
        return descriptor.fd();
    }

    /**
     * Reads one frame that the kernel sends on the interface, and never waits; for one thread.
     *
     * @param most bytes of room; of a longer frame the rest is lost
     * @return its bytes; 0 if there is none
     * @throws EnvironmentException if there will be none any more
     */
    public int read(NativeMemory memory, long offset, int most) {
        long count = incoming.read(descriptor, memory, offset, most);
        if (count < 0 && !Errno.EAGAIN.is(count) && !Errno.EINTR.is(count)) {
            throw new EnvironmentException(
                    String.format(
                            "reading a frame from %s: %s. Keep the interface while frames are"
                                    + " relayed.",
                            descriptor.name(), Errno.describe(count)));
        }
        return (int) Math.max(count, 0);
    }

    /**
     * Gives the kernel one frame, as if it came in on the interface; for one thread.
     *
     * @param segmentBytes 0, or the payload of each segment of TCP over IPv4 of which the frame was
     *     joined; then the kernel takes its checksum for right, and wants the sum of the pseudo
     *     header where it would be
     * @return false if it did not take it: the interface is down, or the kernel short of memory
     */
    public boolean write(NativeMemory memory, long offset, int count, int segmentBytes) {
        return outgoing.write(descriptor, memory, offset, count, segmentBytes);
    }

    @Override
    public void close() {
        descriptor.close();
    }

    private static int attach(Descriptor tun, byte[] name) {
        try (NativeMemory request = NativeMemory.allocate(IfReq.LENGTH)) {
            request.copyFrom(IfReq.NAME.offset(), name, 0, name.length);
            request.write16(IfReq.FLAGS.offset(), IFF_TAP | IFF_NO_PI | IFF_VNET_HDR);
            return Libc.ioctl(tun.fd(), TUNSETIFF, request.address());
        }
    }
}
