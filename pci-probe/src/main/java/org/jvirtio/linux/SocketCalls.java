package org.jvirtio.linux;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jvirtio.EnvironmentException;
import org.jvirtio.memory.NativeMemory;

/**
 * The system calls of UNIX stream sockets (unix(7)), by their C names and with the manners of
 * {@link Libc}: a failure is a negated error number. Of IPv4 there is a socket to call ioctl on.
 */
final class SocketCalls {

    static final int AF_INET = 2;
    static final int SOCK_STREAM = 1;
    static final int SOCK_DGRAM = 2;
    static final int SOCK_NONBLOCK = Libc.O_NONBLOCK;
    static final int SOCK_CLOEXEC = Libc.O_CLOEXEC;
    static final int SHUT_RDWR = 2;

    static final int MSG_CTRUNC = 8;
    static final int MSG_DONTWAIT = 0x40;
    static final int MSG_NOSIGNAL = 0x4000;
    static final int MSG_CMSG_CLOEXEC = 0x4000_0000;

    static final int SO_TYPE = 3;
    static final int SO_DOMAIN = 39;

    private static final NativeCall SOCKET = new NativeCall("socket");
    private static final NativeCall SOCKETPAIR = new NativeCall("socketpair");
    private static final NativeCall BIND = new NativeCall("bind");
    private static final NativeCall LISTEN = new NativeCall("listen");
    private static final NativeCall ACCEPT4 = new NativeCall("accept4");
    private static final NativeCall CONNECT = new NativeCall("connect");
    private static final NativeCall SENDMSG = new NativeCall("sendmsg");
    private static final NativeCall RECVMSG = new NativeCall("recvmsg");
    private static final NativeCall SHUTDOWN = new NativeCall("shutdown");
    private static final NativeCall GETSOCKOPT = new NativeCall("getsockopt");

    private SocketCalls() {}

    /** Makes a UNIX stream socket that is closed on exec. */
    static int socket(int moreFlags) {
        return (int) SOCKET.call(SockaddrUn.AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | moreFlags, 0);
    }

    /** Makes one of IPv4, for netdevice(7): which other sockets do not have. */
    static int inetDatagram() {
        return (int) SOCKET.call(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    }

    /** Makes two that are connected; their numbers are at {@code descriptors}, 32 bits each. */
    static int socketpair(long descriptors) {
        return (int)
                SOCKETPAIR.call(SockaddrUn.AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, descriptors);
    }

    static int bind(int fd, Path path) {
        try (NativeMemory address = address(path)) {
            return (int) BIND.call(fd, address.address(), SockaddrUn.LENGTH);
        }
    }

    static int listen(int fd, int backlog) {
        return (int) LISTEN.call(fd, backlog);
    }

    static int accept4(int fd, int flags) {
        return (int) ACCEPT4.call(fd, 0, 0, flags);
    }

    static int connect(int fd, Path path) {
        try (NativeMemory address = address(path)) {
            return (int) CONNECT.call(fd, address.address(), SockaddrUn.LENGTH);
        }
    }

    /** Sends a message, see {@link MsgHdr}; the bytes that were taken. */
    static long sendmsg(int fd, long message, int flags) {
        return SENDMSG.call(fd, message, flags);
    }

    /** Receives into a message, see {@link MsgHdr}; the bytes that came, 0 at the end. */
    static long recvmsg(int fd, long message, int flags) {
        return RECVMSG.call(fd, message, flags);
    }

    static int shutdown(int fd, int how) {
        return (int) SHUTDOWN.call(fd, how);
    }

    /** The value of a socket's option, or a negated error number. */
    static int option(int fd, int option) {
        try (NativeMemory value = NativeMemory.allocate(8)) {
            value.write32(4, 4);
            long done =
                    GETSOCKOPT.call(
                            fd, CmsgHdr.SOL_SOCKET, option, value.address(), value.address() + 4);
            return done < 0 ? (int) done : value.read32(0);
        }
    }

    private static NativeMemory address(Path path) {
        byte[] bytes = path.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > SockaddrUn.LONGEST_PATH) {
            throw new EnvironmentException(
                    "naming the socket "
                            + path
                            + ": its path has "
                            + bytes.length
                            + " bytes, and the kernel takes "
                            + SockaddrUn.LONGEST_PATH
                            + ". Put it into a directory with a shorter name.");
        }
        NativeMemory address = NativeMemory.allocate(SockaddrUn.LENGTH);
        address.write16(SockaddrUn.FAMILY.offset(), SockaddrUn.AF_UNIX);
        address.copyFrom(SockaddrUn.PATH.offset(), bytes, 0, bytes.length);
        return address;
    }
}
