package org.jvirtio.guest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Options of the guest's JVM, one per line of {@code /jvm.args}. The class archive is made with the
 * same collector and class path, or the JVM would refuse it.
 *
 * @param classPath relative to the root
 * @param modules kernel modules in loading order
 * @param chosen by whoever made the image; of two that contradict each other the JVM takes the last
 */
record JvmOptions(String classPath, List<String> modules, List<String> chosen) {

    /** The JVM takes one collector only, and an archive made with another costs more to map. */
    private static final Pattern COLLECTOR =
            Pattern.compile("-XX:\\+(Use(Serial|Parallel|G1|Z|Shenandoah|Epsilon)GC|Unlock\\w+)");

    /** What the class archive depends on. */
    List<String> onHost() {
        List<String> options = new ArrayList<>(collector());
        options.addAll(
                List.of(
                        "-Djffi.boot.library.path=" + ClassPathFiles.NATIVE_DIRECTORY,
                        // jffi makes a logger, which would read a configuration file and look for
                        // service providers: a third of a second under an emulator. A
                        // constructor that does nothing is as good a configuration.
                        "-Djava.util.logging.config.class=java.lang.Object",
                        "-cp",
                        classPath));
        return options;
    }

    private List<String> collector() {
        List<String> named =
                chosen.stream().filter(option -> COLLECTOR.matcher(option).matches()).toList();
        boolean one = named.stream().anyMatch(option -> option.endsWith("GC"));
        List<String> options = new ArrayList<>(one ? List.of() : List.of("-XX:+UseSerialGC"));
        options.addAll(named);
        return options;
    }

    /** All of them; the main class is left to the kernel's command line. */
    List<String> inGuest() {
        List<String> options =
                new ArrayList<>(
                        List.of(
                                // A signal must not end process 1.
                                "-Xrs",
                                // Each method is compiled once. With every tier it is compiled
                                // again while others run it, and the entry of its old code is
                                // rewritten: under emulation with two processors a guest died of
                                // that. A job of seconds ends sooner so, too: 13 s, not 17.
                                "-XX:TieredStopAtLevel=1",
                                // No file of counters: nobody is there to read it.
                                "-XX:-UsePerfData",
                                "-XX:SharedArchiveFile=" + ClassArchive.FILE,
                                "-D" + GuestSetup.MODULES + "=" + String.join(":", modules)));
        options.addAll(onHost());
        chosen.forEach(option -> options.add(quoted(option)));
        return options;
    }

    /** A word of an argument file, as the java command's own manual has it. */
    private static String quoted(String option) {
        return '"' + option.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Starts the JVM of the tree at {@code root} once: in the guest a bad option is a panic. */
    void check(Path root) {
        if (!chosen.isEmpty()) {
            Command.run(
                    "trying the options of the application's JVM",
                    "Mend --jvm.",
                    root,
                    List.of("jre/bin/java", "@" + ImageTree.JVM_ARGUMENTS, "-version"));
        }
    }
}
