package org.jvirtio.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jvirtio.guest.Application;
import org.jvirtio.guest.ApplicationImage;
import org.jvirtio.guest.ApplicationJar;
import org.jvirtio.guest.GuestCache;
import org.jvirtio.guest.GuestImages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Builds the guest image of an application: kernel, JVM, and its jars, in one file. */
@Command(
        name = "jvirtio image",
        description =
                "Build the image of a guest whose only process is your application:"
                        + " jvirtio image my-app.jar; then jvirtio guest --image my-app.image",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ImageCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "JAR",
            description = "the application; what its Class-Path names comes along")
    private Path jar;

    @Option(
            names = "-o",
            paramLabel = "FILE",
            description = "the image (default: beside the jar, as NAME.image)")
    private Path target;

    @Option(
            names = "--main",
            paramLabel = "CLASS",
            description = "the class to start (default: the jar's Main-Class)")
    private String main;

    @Option(
            names = "--class-path",
            paramLabel = "PATH",
            split = ":",
            description = "more jars and directories, as java -cp takes them: a.jar:lib/*; repeat")
    private List<String> classPath = new ArrayList<>();

    @Option(
            names = "--jvm",
            paramLabel = "OPTION",
            description =
                    "an option for its JVM, such as --jvm=-Xmx64m or --jvm=-XX:TieredStopAtLevel=4"
                            + " (guests compile once, with C1); repeat")
    private List<String> jvm = new ArrayList<>();

    @Option(
            names = "--add-modules",
            paramLabel = "MODULE",
            split = ",",
            description = "modules of the JDK that it needs (default: what jdeps finds)")
    private List<String> javaModules = new ArrayList<>();

    @Mixin private KernelOptions kernelOptions;

    private final Console console;

    ImageCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        ApplicationJar read = ApplicationJar.read(jar);
        for (Path missing : read.missing()) {
            console.progress(
                    "its Class-Path names " + missing + ", which is not there; going on without");
        }
        Application application = Application.of(read, main(read), more(), modules(), jvm);
        Path file = target();
        GuestCache cache = GuestCache.ofUser();
        console.progress("building " + file + ", which takes some seconds");
        ApplicationImage.make(
                application,
                kernelOptions.kernel(new GuestImages(cache), List.of()),
                GuestOptions.rehearsal(),
                cache,
                file);
        console.out().printf("%s: %d MB, starts %s%n", file, megabytes(file), application.main());
        return ExitCode.DONE;
    }

    private String main(ApplicationJar read) {
        if (main != null) {
            return main;
        }
        return read.mainClass()
                .orElseThrow(
                        () ->
                                new UsageException(
                                        "reading the application "
                                                + jar
                                                + ": its manifest names no Main-Class. Name the"
                                                + " class with --main, or let the build write it"
                                                + " (maven-jar-plugin: archive, manifest,"
                                                + " mainClass)."));
    }

    private List<Path> more() {
        List<Path> entries = new ArrayList<>();
        for (String text : classPath) {
            if (text.endsWith("/*") || text.equals("*")) {
                entries.addAll(jars(Functions.path(text.substring(0, text.length() - 1))));
            } else {
                entries.add(Functions.path(text));
            }
        }
        for (Path entry : entries) {
            requireThere(entry);
        }
        return entries;
    }

    private static List<Path> jars(Path directory) {
        requireThere(directory);
        String[] names = directory.toFile().list();
        if (names == null) {
            throw new UsageException(
                    "reading --class-path: "
                            + directory
                            + " is no directory that can be read. Write /* behind a directory, and"
                            + " name a jar as it is.");
        }
        List<Path> jars = new ArrayList<>();
        for (String name : names) {
            if (name.endsWith(".jar")) {
                jars.add(directory.resolve(name));
            }
        }
        jars.sort(null);
        return jars;
    }

    private static void requireThere(Path entry) {
        if (!Files.exists(entry)) {
            throw new UsageException(
                    "reading --class-path: there is no "
                            + entry
                            + ". Name jars and directories that"
                            + " are there, separated by colons.");
        }
    }

    private Set<String> modules() {
        return new TreeSet<>(javaModules);
    }

    private Path target() {
        String name = jar.getFileName().toString().replaceFirst("\\.jar$", "");
        Path file = target != null ? target : jar.resolveSibling(name + ".image");
        if (file.toAbsolutePath().normalize().equals(jar.toAbsolutePath().normalize())
                || Files.isDirectory(file)) {
            throw new UsageException(
                    "writing the image "
                            + file
                            + ": that is the jar or a directory, which would be"
                            + " lost. Name another file with -o.");
        }
        return file;
    }

    private static long megabytes(Path file) {
        return file.toFile().length() / 1_000_000;
    }
}
