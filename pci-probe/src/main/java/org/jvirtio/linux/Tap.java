package org.jvirtio.linux;

import java.nio.charset.StandardCharsets;
import org.jvirtio.EnvironmentException;
import org.jvirtio.memory.NativeMemory;

/**
 * A tap interface of this machine (Linux {@code networking/tuntap.rst}): frames without a header.
 */
public final class Tap implements AutoCloseable {

    private static final long TUNSETIFF = 0x400454caL;
    private static final int IFF_TAP = 2;
    private static final int IFF_NO_PI = 0x1000;

    /** {@code struct ifreq}: the name, then the flags. */
    private static final int IFREQ_BYTES = 40;

    private static final int LONGEST_NAME = 15;
    private static final int FLAGS = 16;

    private final Descriptor descriptor;

    private Tap(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * Attaches to an interface, or makes one, which takes CAP_NET_ADMIN.
     *
     * @throws EnvironmentException if that is not allowed, or there is no such thing here
     */
    public static Tap open(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 || bytes.length > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    String.format(
                            "opening the tap interface '%s': its name has %d bytes. Use 1 to %d.",
                            name, bytes.length, LONGEST_NAME));
        }
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

    /** The number: each read or write is a frame, and none blocks. */
    public int fd() {
        return descriptor.fd();
    }

    @Override
    public void close() {
        descriptor.close();
    }

    private static int attach(Descriptor tun, byte[] name) {
        try (NativeMemory request = NativeMemory.allocate(IFREQ_BYTES)) {
            request.copyFrom(0, name, 0, name.length);
            request.write16(FLAGS, IFF_TAP | IFF_NO_PI);
            return Libc.ioctl(tun.fd(), TUNSETIFF, request.address());
        }
    }
}
