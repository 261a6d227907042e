package org.jvirtio.cli.lab;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jvirtio.EnvironmentException;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.UsageException;
import org.jvirtio.trace.Trace;
import org.jvirtio.trace.TraceReader;

/** Opens traces by the names people type; {@code -} is standard input, or standard output. */
final class TraceFiles {

    private static final String STANDARD = "-";

    private TraceFiles() {}

    static Trace read(String file) {
        if (!file.equals(STANDARD)) {
            return TraceReader.read(path(file));
        }
        try {
            byte[] bytes = System.in.readAllBytes();
            return TraceReader.parse(
                    "on standard input", new String(bytes, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException("reading a trace from standard input", e);
        }
    }

    /** A file, or the console, which closing leaves open. */
    static PrintStream create(String file, Console console) {
        if (file.equals(STANDARD)) {
            return new PrintStream(new Unclosed(console.out()), false, StandardCharsets.UTF_8);
        }
        try {
            OutputStream stream = new BufferedOutputStream(Files.newOutputStream(path(file)));
            return new PrintStream(stream, false, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new EnvironmentException(
                    "writing " + file + ": " + e + ". Name a file that can be written.", e);
        }
    }

    /** Closes a stream of {@link #create}, and complains if not all could be written. */
    static void close(PrintStream out, String file) {
        out.close();
        if (out.checkError()) {
            throw new EnvironmentException(
                    "writing " + file + ": not all of it could be written. Make room for it.");
        }
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UsageException(
                    "reading the file name '" + text + "': " + e.getReason() + ". Name another.");
        }
    }

    private static final class Unclosed extends FilterOutputStream {

        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
