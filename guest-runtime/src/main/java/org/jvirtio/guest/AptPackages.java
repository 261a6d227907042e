package org.jvirtio.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jvirtio.EnvironmentException;

/**
 * Debian packages as files: downloaded and unpacked into one directory, never installed. Needs
 * {@code apt-get} and {@code dpkg-deb}, no root rights.
 */
final class AptPackages {

    private final String doing;
    private final String remedy;

    /** For messages: what the packages are fetched for, and what to do when they cannot be had. */
    AptPackages(String doing, String remedy) {
        this.doing = doing;
        this.remedy = remedy;
    }

    /** Names of the packages that installing {@code names} would bring to this machine. */
    List<String> notInstalled(List<String> names) {
        List<String> command =
                new ArrayList<>(
                        List.of("apt-get", "-s", "-o", "APT::Install-Recommends=0", "install"));
        command.addAll(names);
        return parseSimulation(ask(command));
    }

    /**
     * The lines {@code Inst NAME [OLD VERSION] (VERSION ...)} of what {@code apt-get -s} prints.
     */
    static List<String> parseSimulation(String output) {
        List<String> names = new ArrayList<>();
        for (String line : output.split("\n", -1)) {
            String[] words = line.split(" ", 3);
            if (words.length == 3 && words[0].equals("Inst")) {
                names.add(words[1]);
            }
        }
        return names;
    }

    /** What one of apt's programs prints. */
    String ask(List<String> command) {
        return Command.run(doing, remedy, Path.of("/"), command);
    }

    /** Unpacks packages side by side; {@code directory} is then as the root of a system. */
    void unpack(List<String> names, Path directory) throws IOException {
        if (names.isEmpty()) {
            return;
        }
        // apt as root drops to a user that may not write here; this keeps it as it is.
        List<String> download =
                new ArrayList<>(
                        List.of("apt-get", "-qq", "-o", "APT::Sandbox::User=root", "download"));
        download.addAll(names);
        Command.run(doing, remedy, directory, download);
        for (Path archive : archives(directory)) {
            Command.run(
                    doing,
                    "The download is damaged: try again.",
                    directory,
                    List.of("dpkg-deb", "-x", archive.toString(), directory.toString()));
            Files.delete(archive);
        }
    }

    private List<Path> archives(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> archives =
                    files.filter(file -> file.getFileName().toString().endsWith(".deb")).toList();
            if (archives.isEmpty()) {
                throw new EnvironmentException(doing + ": apt-get downloaded nothing. " + remedy);
            }
            return archives;
        }
    }
}
