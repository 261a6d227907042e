package org.jvirtio.guest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jvirtio.EnvironmentException;

/** Runs one short program of the host and returns what it printed. */
final class Command {

    private static final long LIMIT_MINUTES = 5;

    /** What every program says of a full disk, and what then helps whatever it was doing. */
    private static final String NO_SPACE = "No space left on device";

    private static final String MAKE_ROOM =
            "Make room there, or name another place in XDG_CACHE_HOME.";

    private Command() {}

    /**
     * Standard output and error together, in English whatever the user's language.
     *
     * @param doing what this is part of, as a message begins: "building the image"
     * @param remedy what to do if the program is missing or fails, as a sentence
     */
    static String run(String doing, String remedy, Path directory, List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.directory(directory.toFile());
            builder.environment().put("LC_ALL", "C");
            Process process = builder.start();
            process.getOutputStream().close();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new EnvironmentException(
                        doing
                                + ": '"
                                + String.join(" ", command)
                                + "' failed: "
                                + output.strip()
                                + "\n"
                                + (output.contains(NO_SPACE) ? MAKE_ROOM : remedy));
            }
            return output;
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
}
