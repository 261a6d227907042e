package org.jvirtio.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the commands of lessons 6 and 8 write below the current directory. */
final class LessonFiles {

    private static final Path DIRECTORY = Path.of("my-lessons");
    private static final List<String> NAMES = List.of("disk.raw", "arp.pcap");

    private LessonFiles() {}

    static String disk() {
        return DIRECTORY.resolve("disk.raw").toString();
    }

    /** Fails if there is something else, which nobody would remove. */
    static void remove() throws IOException {
        for (String name : NAMES) {
            Files.deleteIfExists(DIRECTORY.resolve(name));
        }
        Files.deleteIfExists(DIRECTORY);
    }
}
