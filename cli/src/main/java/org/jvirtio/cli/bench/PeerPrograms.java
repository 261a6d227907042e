package org.jvirtio.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jvirtio.EnvironmentException;
import org.jvirtio.guest.ImageFile;

/** The programs that a guest's image gets for a benchmark, and why others are missing. */
final class PeerPrograms {

    private final List<ImageFile> files = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** Adds a program, or the reason why it cannot be had: the rest is measured without it. */
    void add(String peer, Supplier<List<ImageFile>> program) {
        try {
            files.addAll(program.get());
        } catch (EnvironmentException e) {
            notes.add(peer + " is missing: " + e.getMessage());
        }
    }

    /** Adds a program without which there is nothing to measure. */
    void require(ImageFile program) {
        files.add(program);
    }

    List<ImageFile> files() {
        return List.copyOf(files);
    }

    /** One sentence for each that is missing. */
    List<String> notes() {
        return List.copyOf(notes);
    }
}
