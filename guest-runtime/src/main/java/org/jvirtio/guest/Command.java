package org.jvirtio.guest;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jvirtio.EnvironmentException;

/** A {@link HostProgram} that has to succeed: returns what it printed, or says what helps. */
final class Command {

    /** A download from a slow mirror takes longest. */
    private static final Duration LIMIT = Duration.ofMinutes(30);

    /** What every program says of a full disk, and what then helps whatever it was doing. */
    private static final String NO_SPACE = "No space left on device";

    private static final String MAKE_ROOM =
            "Make room there, or name another place in XDG_CACHE_HOME.";

    private Command() {}

    /**
     * Standard output and error together.
     *
     * @param doing what this is part of, as a message begins: "building the image"
     * @param remedy what to do if the program is missing or fails, as a sentence
     */
    static String run(String doing, String remedy, Path directory, List<String> command) {
        return run(doing, remedy, directory, command, LIMIT);
    }

    /** The same; one that runs longer than {@code limit} is ended, with whatever it started. */
    static String run(
            String doing, String remedy, Path directory, List<String> command, Duration limit) {
        try {
            HostProgram.Ended ended = HostProgram.run(directory, command, limit);
            if (ended.exit().orElse(1) != 0) {
                String found =
                        ended.exit().isEmpty()
                                ? "still ran after the limit of " + limit.toSeconds() + " s"
                                : "failed";
                throw failed(doing, remedy, command, found, ended.output());
            }
            return ended.output();
        } catch (IOException e) {
            throw new EnvironmentException(
                    doing
                            + ": cannot start '"
                            + command.get(0)
                            + "': "
                            + e.getMessage()
                            + ". "
                            + remedy,
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvironmentException(doing + ": interrupted.", e);
        }
    }

    private static EnvironmentException failed(
            String doing, String remedy, List<String> command, String found, String output) {
        return new EnvironmentException(
                doing
                        + ": '"
                        + String.join(" ", command)
                        + "' "
                        + found
                        + ": "
                        + output.strip()
                        + "\n"
                        + (output.contains(NO_SPACE) ? MAKE_ROOM : remedy));
    }
}
