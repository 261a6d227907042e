package org.jvirtio.guest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The modules of the JDK that classes use, found by {@code jdeps} in their bytes. */
final class JavaModules {

    private static final String DOING = "finding the JDK's modules that the application needs";
    private static final String REMEDY =
            "Run this with a JDK, not a JRE; or name the modules yourself, such as with"
                    + " --add-modules java.base.";

    private JavaModules() {}

    static Set<String> of(List<Path> classPath) {
        Path jdeps = Path.of(System.getProperty("java.home"), "bin", "jdeps");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                jdeps.toString(),
                                "--print-module-deps",
                                "--ignore-missing-deps",
                                "--multi-release",
                                Integer.toString(Runtime.version().feature())));
        classPath.forEach(entry -> command.add(entry.toString()));
        return parse(Command.run(DOING, REMEDY, Path.of("/"), command));
    }

    /** The last line; warnings come before it. */
    static Set<String> parse(String output) {
        String last = output.strip().substring(output.strip().lastIndexOf('\n') + 1);
        Set<String> modules = new TreeSet<>();
        for (String word : last.split(",", -1)) {
            if (!word.isBlank()) {
                modules.add(word.strip());
            }
        }
        return modules;
    }
}
