package org.jvirtio.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Fills the directory that becomes a guest's root: a Java run-time, our jars, the VFIO modules, and
 * nothing else unless it is asked for.
 *
 * <pre>
 *   /jre         the Java run-time           /lib, /lib64  the C library and its loader
 *   /app         jars and class archive      /native       jffi's native part
 *   /modules     kernel modules              /jvm.args     options of process 1's JVM
 *   /dev /proc /sys /tmp
 * </pre>
 */
final class ImageTree {

    /** Options of the JVM, which the kernel's command line names. */
    static final String JVM_ARGUMENTS = "jvm.args";

    private static final List<String> DIRECTORIES = List.of("dev", "proc", "sys", "tmp");

    private final Path root;

    ImageTree(Path root) {
        this.root = root;
    }

    /**
     * Everything that {@link Init} needs.
     *
     * @param modules of the kernel
     */
    void fill(List<Path> modules, ImageJvm jvm) throws IOException {
        makeDirectories();
        JavaRuntime.build(root, jvm.modules());
        ClassPathFiles files = new ClassPathFiles(root);
        files.copy(jvm.classPath());
        JvmOptions options = new JvmOptions(files.classPath(), copyModules(modules), jvm.options());
        new ClassArchive(root, options.onHost()).make(jvm);
        Files.write(root.resolve(JVM_ARGUMENTS), options.inGuest());
        options.check(root);
    }

    /** Other programs, and the shared libraries that they need. */
    void add(List<ImageFile> files) throws IOException {
        for (ImageFile file : files) {
            Path target = root.resolve(file.path());
            Files.createDirectories(target.getParent());
            Files.copy(file.source(), target);
            if (file.libraries().isPresent()) {
                SharedLibraries.copy(file.source(), file.libraries().get(), root);
            }
        }
    }

    /** A Java run-time with its own class archive, and {@link BareMain}. */
    void fillBare() throws IOException {
        makeDirectories();
        JavaRuntime.build(root, JavaRuntime.MODULES);
        String name = BareMain.class.getName().replace('.', '/') + ".class";
        Path target = root.resolve("app").resolve(name);
        Files.createDirectories(target.getParent());
        try (var in = BareMain.class.getClassLoader().getResourceAsStream(name)) {
            Files.copy(in, target);
        }
        new ClassArchive(root, List.of("-XX:+UseSerialGC")).makeDefault();
        Files.write(root.resolve(JVM_ARGUMENTS), List.of("-XX:+UseSerialGC", "-cp", "app"));
    }

    private void makeDirectories() throws IOException {
        for (String name : DIRECTORIES) {
            Files.createDirectory(root.resolve(name));
        }
    }

    /** Returns their paths in the guest. */
    private List<String> copyModules(List<Path> modules) throws IOException {
        Path directory = Files.createDirectory(root.resolve("modules"));
        List<String> names = new ArrayList<>();
        for (Path module : modules) {
            String name = module.getFileName().toString();
            Files.copy(module, directory.resolve(name));
            names.add("/modules/" + name);
        }
        return names;
    }
}
