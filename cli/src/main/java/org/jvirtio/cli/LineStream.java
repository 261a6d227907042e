package org.jvirtio.cli;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Hands on what is written to it line by line, as soon as a line is whole. */
public final class LineStream extends OutputStream {

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Consumer<String> taker;

    public LineStream(Consumer<String> taker) {
        this.taker = taker;
    }

    @Override
    public synchronized void write(int value) {
        if (value == '\n') {
            taker.accept(line.toString(StandardCharsets.UTF_8));
            line.reset();
        } else {
            line.write(value);
        }
    }
}
