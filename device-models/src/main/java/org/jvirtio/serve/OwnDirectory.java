package org.jvirtio.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jvirtio.EnvironmentException;

/**
 * Where a socket may lie: in a directory of this user's in which nobody else can put another in its
 * place.
 */
final class OwnDirectory {

    /** A link of root's; what it leads to is of whoever runs this process (proc(5)). */
    private static final Path SELF = Path.of("/proc/self");

    private static final int OTHERS_WRITE = 0022;
    private static final int STICKY = 01000;

    private OwnDirectory() {}

    /** Refuses a path whose directory does not exist, or belongs to others. */
    static void require(Path socket) {
        require(socket, SELF);
    }

    /** The same for the user whom {@code self} leads to. */
    static void require(Path socket, Path self) {
        Path directory = socket.toAbsolutePath().getParent();
        if (directory == null) {
            throw refused(socket, "the root is in no directory", null);
        }
        try {
            Map<String, Object> found = Files.readAttributes(directory, "unix:uid,mode");
            Object user = Files.getAttribute(self, "unix:uid");
            int mode = (int) found.get("mode");
            boolean open = (mode & OTHERS_WRITE) != 0 && (mode & STICKY) == 0;
            if (!found.get("uid").equals(user) || open) {
                throw refused(
                        socket,
                        String.format(
                                "its directory belongs to user %s, mode %o",
                                found.get("uid"), mode & 07777),
                        null);
            }
        } catch (IOException e) {
            throw refused(socket, e.toString(), e);
        }
    }

    private static EnvironmentException refused(Path socket, String found, IOException cause) {
        return new EnvironmentException(
                "listening at "
                        + socket
                        + ": "
                        + found
                        + ". Make a directory that only you can write to (mkdir -m 700 DIRECTORY),"
                        + " and listen in it.",
                cause);
    }
}
