package org.jvirtio.guest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Somebody's program that is to be the only process of a guest: a class with a {@code main}, run as
 * {@code java} would run it. It finds the functions of its guest in {@code /sys/bus/pci} and drives
 * them through VFIO; what it gives to {@link System#exit} is what the host sees.
 *
 * @param main name of the class
 * @param classPath ours first, so that process 1 and the drivers are of one version
 * @param modules of the JDK that it needs, as {@code jlink} takes them
 * @param jvmOptions after those of every guest, which they override
 */
public record Application(
        String main, List<Path> classPath, Set<String> modules, List<String> jvmOptions) {

    public Application {
        classPath = List.copyOf(classPath);
        modules = Set.copyOf(modules);
        jvmOptions = List.copyOf(jvmOptions);
    }

    /**
     * An application that runs on what its jar names and what this JVM has of ours.
     *
     * @param more entries of the class path after those that the jar names
     * @param modules empty to have them found by {@code jdeps}, which sees no reflection
     * @throws org.jvirtio.EnvironmentException if no such class can be started, and why
     */
    public static Application of(
            ApplicationJar jar,
            String main,
            List<Path> more,
            Set<String> modules,
            List<String> jvmOptions) {
        List<Path> own = new ArrayList<>(jar.classPath());
        own.addAll(more);
        List<Path> all = ApplicationClassPath.of(ClassPathFiles.ofRuntime(), own);
        ApplicationClassPath.requireMain(jar.file(), main, all);
        Set<String> needed = new TreeSet<>(JavaRuntime.MODULES);
        needed.addAll(modules.isEmpty() ? JavaModules.of(own) : modules);
        return new Application(main, all, needed, jvmOptions);
    }

    /** What its image's JVM is made of. */
    ImageJvm jvm(List<String> rehearsal) {
        String name = main.replace('.', '/');
        String around = name.substring(0, name.lastIndexOf('/') + 1);
        return new ImageJvm(
                classPath,
                modules,
                jvmOptions,
                List.of(ImageJvm.OURS, around.isEmpty() ? name : around),
                rehearsal);
    }
}
