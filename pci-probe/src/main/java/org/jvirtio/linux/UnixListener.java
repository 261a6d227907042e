package org.jvirtio.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jvirtio.EnvironmentException;

/**
 * A UNIX stream socket in the file system that others connect to. Only its user may (mode 0600).
 *
 * <p>One thread accepts and closes; any may {@link #shutdown}.
 */
public final class UnixListener implements AutoCloseable {

    private static final int BACKLOG = 16;

    private final Path path;
    private final Descriptor descriptor;
    private final SocketWait clients;
    private final Object file;

    private UnixListener(Path path, Descriptor descriptor) throws IOException {
        this.path = path;
        this.descriptor = descriptor;
        clients = new SocketWait(descriptor, PollFd.POLLIN);
        file = fileKey(path);
    }

    /**
     * Listens at a path. A socket that a server left there when it died is removed.
     *
     * @throws EnvironmentException if somebody listens there, or there is something else
     */
    public static UnixListener bind(Path path) {
        removeLeftOver(path);
        Descriptor socket =
                new Descriptor(
                        UnixSocket.required(SocketCalls.socket(SocketCalls.SOCK_NONBLOCK)),
                        path.toString());
        try {
            requireDone(path, SocketCalls.bind(socket.fd(), path));
            // Nobody can connect before it listens, so nobody sees the mode that bind gave it.
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            requireDone(path, SocketCalls.listen(socket.fd(), BACKLOG));
            return new UnixListener(path, socket);
        } catch (IOException e) {
            socket.close();
            throw refused(path, e.toString());
        } catch (EnvironmentException e) {
            socket.close();
            throw e;
        }
    }

    /** The number, to be polled with others; it stays this socket's. */
    public int fd() {
        return descriptor.fd();
    }

    /**
     * Waits for somebody to connect.
     *
     * @return the connection; null if nobody came in that time, or after {@link #shutdown}
     * @throws EnvironmentException if there is no descriptor or memory for whoever came: he waits
     *     on, and is there again at the next call
     */
    public UnixSocket accept(long nanos) {
        if (!clients.until(System.nanoTime() + nanos)) {
            return null;
        }
        int fd = SocketCalls.accept4(descriptor.fd(), SocketCalls.SOCK_CLOEXEC);
        if (fd >= 0) {
            return new UnixSocket(new Descriptor(fd, path.toString()));
        }
        if (Errno.EAGAIN.is(fd) || Errno.EINTR.is(fd) || Errno.EINVAL.is(fd)) {
            return null; // Whoever it was has gone again, or nobody can come any more.
        }
        throw new EnvironmentException(
                "letting somebody in at "
                        + path
                        + ": "
                        + Errno.describe(fd)
                        + ". End other clients, or raise the limit of open files (ulimit -n of this"
                        + " process, fs.file-max of the machine).");
    }

    /** Ends the wait of {@link #accept}; nobody can connect any more. */
    public synchronized void shutdown() {
        SocketCalls.shutdown(descriptor.fd(), SocketCalls.SHUT_RDWR);
    }

    /** Takes the socket out of the file system, unless another server has put its own there. */
    @Override
    public synchronized void close() {
        descriptor.close();
        try {
            if (file.equals(fileKey(path))) {
                Files.delete(path);
            }
        } catch (IOException e) {
            return; // Somebody has removed it before.
        }
    }

    private static void removeLeftOver(Path path) {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Descriptor probe =
                new Descriptor(
                        UnixSocket.required(SocketCalls.socket(SocketCalls.SOCK_NONBLOCK)),
                        "a probe");
        int done = SocketCalls.connect(probe.fd(), path);
        probe.close();
        if (!isSocket(path) || !Errno.ECONNREFUSED.is(done)) {
            boolean listens = done >= 0 || Errno.EAGAIN.is(done); // and has no room just now
            throw refused(path, listens ? "a server listens there already" : Errno.describe(done));
        }
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw refused(path, e.toString());
        }
    }

    private static boolean isSocket(Path path) {
        try {
            int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
            return (mode & S_IFMT) == S_IFSOCK;
        } catch (IOException e) {
            return false;
        }
    }

    private static final int S_IFMT = 0xf000;
    private static final int S_IFSOCK = 0xc000;

    private static Object fileKey(Path path) throws IOException {
        return Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS);
    }

    private static void requireDone(Path path, int result) {
        if (result < 0) {
            throw refused(path, Errno.describe(result));
        }
    }

    private static EnvironmentException refused(Path path, String found) {
        return new EnvironmentException(
                "listening at "
                        + path
                        + ": "
                        + found
                        + ". Choose another path, in a directory of your own, or end what is"
                        + " there.");
    }
}
