package org.jvirtio.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The descriptors that this process has open, to see that none is left. */
public final class OpenFiles {

    static {
        try {
            // The JDK keeps one socket for itself from the first use of its channels on.
            SocketChannel.open().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private OpenFiles() {}

    /** How many refer to something whose name contains {@code what}: {@code memfd:}. */
    public static long count(String what) {
        try (Stream<Path> links = Files.list(Path.of("/proc/self/fd"))) {
            return links.filter(link -> target(link).contains(what)).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return ""; // the one that lists them
        }
    }
}
