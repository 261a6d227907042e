package org.jvirtio.guest;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads one port of a running guest, line by line, on a thread of its own. A line ends at a line
 * feed or at 64 KiB; each of its chars is one byte; carriage returns before the end are dropped.
 */
final class PortReader extends Thread {

    /** Takes the lines. */
    interface Lines {
        void accept(String line, long arrivalNanos);
    }

    private static final int LONGEST = 64 * 1024;

    private final InputStream port;
    private final Lines lines;
    private volatile long lastByteNanos = System.nanoTime();

    PortReader(String name, InputStream port, Lines lines) {
        super(name);
        setDaemon(true);
        this.port = new BufferedInputStream(port);
        this.lines = lines;
    }

    /** When the last line came, by {@link System#nanoTime}. */
    long lastByteNanos() {
        return lastByteNanos;
    }

    @Override
    public void run() {
        StringBuilder line = new StringBuilder();
        try {
            for (int b = port.read(); b >= 0; b = port.read()) {
                if (b != '\n') {
                    line.append((char) b);
                }
                if (b == '\n' || line.length() == LONGEST) {
                    deliver(line);
                }
            }
        } catch (IOException e) {
            // The process was ended and its pipe with it: the same as the end of the stream.
            line.append(e.getMessage());
        }
        if (line.length() > 0) {
            deliver(line);
        }
    }

    private void deliver(StringBuilder line) {
        int length = line.length();
        while (length > 0 && line.charAt(length - 1) == '\r') {
            length--;
        }
        lastByteNanos = System.nanoTime();
        lines.accept(line.substring(0, length), lastByteNanos);
        line.setLength(0);
    }
}
