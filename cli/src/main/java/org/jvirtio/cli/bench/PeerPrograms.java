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
    PeerPrograms add(String peer, Supplier<ImageFile> program) {
        try {
            files.add(program.get());
        } catch (EnvironmentException e) {
            notes.add(peer + " is missing: " + e.getMessage());
        }
        return this;
    }

    List<ImageFile> files() {
        return List.copyOf(files);
    }

    /** One sentence for each that is missing. */
    List<String> notes() {
        return List.copyOf(notes);
    }
}
