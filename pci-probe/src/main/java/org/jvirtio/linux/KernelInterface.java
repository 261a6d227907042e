package org.jvirtio.linux;

import java.nio.charset.StandardCharsets;
import org.jvirtio.EnvironmentException;
import org.jvirtio.memory.NativeMemory;

/**
 * A network interface of the kernel, set up as {@code ip} would (netdevice(7), by ioctl). Takes
 * CAP_NET_ADMIN. For one thread.
 */
public final class KernelInterface implements AutoCloseable {

    private static final long SIOCADDRT = 0x890b;
    private static final long SIOCGIFFLAGS = 0x8913;
    private static final long SIOCSIFFLAGS = 0x8914;
    private static final long SIOCSIFADDR = 0x8916;
    private static final long SIOCSIFNETMASK = 0x891c;
    private static final long SIOCSIFMTU = 0x8922;
    private static final long SIOCSIFHWADDR = 0x8924;

    private static final int IFF_UP = 1;
    private static final int ARPHRD_ETHER = 1;

    /** {@code struct sockaddr_in}: family (2), port (2), address (4). */
    private static final int SOCKADDR_IN_ADDRESS = 4;

    private static final int SOCKADDR_DATA = 2;
    private static final int MAC_BYTES = 6;

    private final String name;
    private final Descriptor socket;

    private KernelInterface(String name, Descriptor socket) {
        this.name = name;
        this.socket = socket;
    }

    /** An interface that exists, such as {@code tap0} or {@code lo}. */
    public static KernelInterface of(String name) {
        requireName(name);
        int fd = SocketCalls.inetDatagram();
        if (fd < 0) {
            throw new EnvironmentException(
                    "setting up the interface "
                            + name
                            + ": no socket of IPv4 can be had: "
                            + Errno.describe(fd)
                            + ". Use a kernel with CONFIG_INET.");
        }
        return new KernelInterface(name, new Descriptor(fd, "a socket for " + name));
    }

    static byte[] requireName(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 || bytes.length > IfReq.LONGEST_NAME) {
            throw new IllegalArgumentException(
                    String.format(
                            "naming the interface '%s': its name has %d bytes. Use 1 to %d.",
                            name, bytes.length, IfReq.LONGEST_NAME));
        }
        return bytes;
    }

    /**
     * Sets it up for one host of a network, and lets it carry frames.
     *
     * @param address its IPv4 address, the first byte highest, as the others
     * @param router for all other networks; 0 for none
     */
    public void use(long mac, int mtu, int address, int mask, int router) {
        setMac(mac);
        setMtu(mtu);
        use(address, mask, router);
    }

    /** The same for one that has its Ethernet address and MTU from a driver of the kernel's. */
    public void use(int address, int mask, int router) {
        setAddress(address, mask);
        up();
        if (router != 0) {
            addRouter(router);
        }
    }

    /** Before it is up. */
    private void setMac(long mac) {
        try (NativeMemory request = request()) {
            int at = IfReq.HARDWARE.offset();
            request.write16(at, ARPHRD_ETHER);
            for (int i = 0; i < MAC_BYTES; i++) {
                request.write8(at + SOCKADDR_DATA + i, (int) (mac >>> (8 * (MAC_BYTES - 1 - i))));
            }
            require("giving it an Ethernet address", SIOCSIFHWADDR, request);
        }
    }

    private void setMtu(int bytes) {
        try (NativeMemory request = request()) {
            request.write32(IfReq.MTU.offset(), bytes);
            require("giving it an MTU of " + bytes, SIOCSIFMTU, request);
        }
    }

    /** The address first: it brings a mask of its own. */
    private void setAddress(int address, int mask) {
        setAddress("giving it an address", SIOCSIFADDR, address);
        setAddress("giving it a mask", SIOCSIFNETMASK, mask);
    }

    private void setAddress(String doing, long call, int bits) {
        try (NativeMemory request = request()) {
            writeAddress(request, IfReq.ADDRESS.offset(), bits);
            require(doing, call, request);
        }
    }

    /** Lets it carry frames. */
    public void up() {
        try (NativeMemory request = request()) {
            require("reading its flags", SIOCGIFFLAGS, request);
            int at = IfReq.FLAGS.offset();
            request.write16(at, request.read16(at) | IFF_UP);
            require("letting it carry frames", SIOCSIFFLAGS, request);
        }
    }

    private void addRouter(int address) {
        try (NativeMemory route = NativeMemory.allocate(RtEntry.LENGTH)) {
            writeAddress(route, RtEntry.DESTINATION.offset(), 0);
            writeAddress(route, RtEntry.MASK.offset(), 0);
            writeAddress(route, RtEntry.GATEWAY.offset(), address);
            route.write16(RtEntry.FLAGS.offset(), RtEntry.RTF_UP | RtEntry.RTF_GATEWAY);
            require("adding a default route", SIOCADDRT, route);
        }
    }

    @Override
    public void close() {
        socket.close();
    }

    private NativeMemory request() {
        NativeMemory request = NativeMemory.allocate(IfReq.LENGTH);
        byte[] bytes = requireName(name);
        request.copyFrom(IfReq.NAME.offset(), bytes, 0, bytes.length);
        return request;
    }

    /** The family in this machine's order, the address in the network's. */
    private static void writeAddress(NativeMemory structure, int at, int bits) {
        structure.write16(at, SocketCalls.AF_INET);
        structure.write32(at + SOCKADDR_IN_ADDRESS, Integer.reverseBytes(bits));
    }

    private void require(String doing, long call, NativeMemory request) {
        int done = Libc.ioctl(socket.fd(), call, request.address());
        if (done < 0) {
            throw new EnvironmentException(
                    String.format(
                            "setting up the interface %s, %s: %s. Look at 'ip address' and 'ip"
                                    + " route', and do it with CAP_NET_ADMIN.",
                            name, doing, Errno.describe(done)));
        }
    }
}
