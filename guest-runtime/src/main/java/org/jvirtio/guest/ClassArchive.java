package org.jvirtio.guest;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The class data archive (AppCDS) of an image: classes that the guest will load, already parsed.
 *
 * <p>The JVM accepts it only with the class path it was made with, as the same text, and with jars
 * of the same size and time. So the class path is relative: here to the tree that becomes the
 * image, in the guest to process 1's working directory, which is the root.
 */
final class ClassArchive {

    static final String FILE = "app/classes.jsa";

    private static final String DOING = "archiving the guest's classes";
    private static final String REMEDY = "The program named for the image must run on this host.";

    private final Path root;
    private final List<String> jvmOptions;

    /** {@code jvmOptions} select the collector and the class path, as in the guest. */
    ClassArchive(Path root, List<String> jvmOptions) {
        this.root = root;
        this.jvmOptions = List.copyOf(jvmOptions);
    }

    /**
     * Runs the rehearsal and archives what it loads, and every class with one of the beginnings
     * besides: what only a guest can reach, such as VFIO, cannot be rehearsed. A class that the
     * guest does not have is passed over.
     */
    void make(ImageJvm jvm) throws IOException {
        Path list = root.resolveSibling("classes.list");
        try {
            java(
                    List.of(
                            "-Xshare:off",
                            "-XX:DumpLoadedClassList=" + list,
                            "-cp",
                            ClassPathFiles.joined(ClassPathFiles.ofThisJvm())),
                    command(jvm.rehearsal()));
            Set<String> classes = new LinkedHashSet<>(Files.readAllLines(list));
            classes.addAll(classes(jvm.archived()));
            Files.write(list, classes);
            java(
                    List.of(
                            "-Xshare:dump",
                            "-XX:SharedClassListFile=" + list,
                            "-XX:SharedArchiveFile=" + FILE),
                    List.of());
        } finally {
            Files.deleteIfExists(list);
        }
    }

    private static List<String> command(List<String> rehearsal) {
        List<String> command = new ArrayList<>();
        command.add(Rehearsal.class.getName());
        command.add(rehearsal.get(0));
        command.addAll(GuestArguments.encode(rehearsal.subList(1, rehearsal.size())));
        return command;
    }

    private List<String> classes(List<String> beginnings) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(root.resolve("app"), "*.jar")) {
            for (Path jar : jars) {
                try (ZipFile file = new ZipFile(jar.toFile())) {
                    file.stream()
                            .map(ZipEntry::getName)
                            .filter(name -> beginnings.stream().anyMatch(name::startsWith))
                            .filter(name -> name.endsWith(".class"))
                            .filter(name -> !name.endsWith("package-info.class"))
                            .forEach(name -> names.add(name.replace(".class", "")));
                }
            }
        }
        return names;
    }

    /** The archive that a JDK would bring and {@code jlink} leaves out. */
    void makeDefault() {
        java(List.of("-Xshare:dump"), List.of());
    }

    private void java(List<String> options, List<String> program) {
        List<String> command = new ArrayList<>(List.of("jre/bin/java"));
        command.addAll(jvmOptions);
        command.addAll(options);
        command.addAll(program);
        Command.run(DOING, REMEDY, root, command);
    }
}
