package org.jvirtio.device;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.jvirtio.VirtioException;

/**
 * A console port to write to. Each write is given to the device at once; a flush waits until it has
 * read all. Thread-safe; closing it from another thread ends a write that waits, with an exception.
 */
final class ConsoleOutput extends OutputStream {

    private final ConsolePort port;
    private final Duration limit;

    ConsoleOutput(ConsolePort port, Duration limit) {
        this.port = port;
        this.limit = limit;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int count) throws IOException {
        try {
            port.write(source, offset, count, limit);
        } catch (VirtioException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            port.drain(limit);
        } catch (VirtioException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        port.close();
    }
}
