package org.jvirtio.model;

import java.nio.file.Path;
import org.jvirtio.EnvironmentException;
import org.jvirtio.linux.Libc;
import org.jvirtio.linux.UnixListener;
import org.jvirtio.linux.UnixSocket;

/** A UNIX stream socket that one host at a time connects to; the next one waits until it left. */
final class SocketEnd implements LineEnd {

    private final UnixListener listener;
    private UnixSocket peer;

    SocketEnd(Path path) {
        listener = UnixListener.bind(path);
    }

    @Override
    public int connected() {
        if (peer == null) {
            try {
                peer = listener.accept(0);
            } catch (EnvironmentException e) {
                return -1; // No descriptor is free: whoever it is waits until one is.
            }
        }
        if (peer == null) {
            return -1;
        }
        Libc.fcntl(peer.fd(), Libc.F_SETFL, Libc.O_NONBLOCK);
        return peer.fd();
    }

    @Override
    public void hangUp() {
        if (peer != null) {
            peer.close();
            peer = null;
        }
    }

    @Override
    public void close() {
        hangUp();
        listener.close();
    }
}
