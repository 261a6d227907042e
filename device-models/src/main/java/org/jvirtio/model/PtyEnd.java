package org.jvirtio.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jvirtio.EnvironmentException;
import org.jvirtio.linux.Pty;

/** A terminal that programs such as screen open, at a name that people choose. */
final class PtyEnd implements LineEnd {

    private final Pty pty;
    private final Path link;

    /**
     * Makes a terminal.
     *
     * @param link becomes a symbolic link to it, until this is closed; an old link is replaced
     */
    PtyEnd(Path link) {
        this.link = link;
        this.pty = Pty.open();
        try {
            if (Files.isSymbolicLink(link)) {
                Files.delete(link);
            }
            Files.createSymbolicLink(link, Path.of(pty.name()));
        } catch (IOException e) {
            pty.close();
            throw new EnvironmentException(
                    String.format(
                            "linking %s to the terminal %s: %s. Choose another name for pty=.",
                            link, pty.name(), e),
                    e);
        }
    }

    @Override
    public int connected() {
        return pty.isOpen() ? pty.fd() : -1;
    }

    @Override
    public void hangUp() {
        // The terminal stays, and waits for the next one.
    }

    @Override
    public void close() {
        pty.close();
        try {
            boolean mine =
                    Files.exists(link, LinkOption.NOFOLLOW_LINKS)
                            && Files.readSymbolicLink(link).equals(Path.of(pty.name()));
            if (mine) {
                Files.delete(link);
            }
        } catch (IOException e) {
            return; // Somebody has put something else there.
        }
    }
}
