package org.jvirtio.device;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.jvirtio.VirtioException;

/**
 * A console port to read from. A read gives what is there and waits if that is nothing; it ends
 * when the host has left. Thread-safe; closing it from another thread ends a read that waits, with
 * an exception.
 */
final class ConsoleInput extends InputStream {

    /** Nobody waits as long as this. */
    private static final Duration FOR_EVER = Duration.ofDays(365);

    private final ConsolePort port;

    ConsoleInput(ConsolePort port) {
        this.port = port;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) == ConsolePort.END ? ConsolePort.END : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
        int done = 0;
        try {
            while (done == 0 && count > 0) {
                done = port.read(target, offset, count, FOR_EVER);
            }
        } catch (VirtioException e) {
            throw new IOException(e.getMessage(), e);
        }
        return done;
    }

    @Override
    public int available() throws IOException {
        try {
            return port.atHand();
        } catch (VirtioException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        port.close();
    }
}
