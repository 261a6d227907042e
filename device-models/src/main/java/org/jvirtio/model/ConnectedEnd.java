package org.jvirtio.model;

import java.nio.file.Path;
import org.jvirtio.linux.Libc;
import org.jvirtio.linux.UnixSocket;

/** A UNIX stream socket that somebody else listens on; once closed, it stays so. */
final class ConnectedEnd implements LineEnd {

    private UnixSocket socket;

    ConnectedEnd(Path path) {
        socket = UnixSocket.connect(path);
        Libc.fcntl(socket.fd(), Libc.F_SETFL, Libc.O_NONBLOCK);
    }

    @Override
    public int connected() {
        return socket == null ? -1 : socket.fd();
    }

    @Override
    public void hangUp() {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }

    @Override
    public void close() {
        hangUp();
    }
}
