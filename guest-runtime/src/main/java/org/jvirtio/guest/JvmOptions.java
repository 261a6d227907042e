package org.jvirtio.guest;

import java.util.ArrayList;
import java.util.List;

/**
 * Options of the guest's JVM, one per line of {@code /jvm.args}. The class archive is made with the
 * same collector and class path, or the JVM would refuse it.
 *
 * @param classPath relative to the root
 * @param modules kernel modules in loading order
 */
record JvmOptions(String classPath, List<String> modules) {

    /** What the class archive depends on. */
    List<String> onHost() {
        return List.of(
                "-XX:+UseSerialGC",
                "-Djffi.boot.library.path=" + ClassPathFiles.NATIVE_DIRECTORY,
                // jffi makes a logger, which would read a configuration file and look for
                // service providers: a third of a second under an emulator. A constructor that
                // does nothing is as good a configuration.
                "-Djava.util.logging.config.class=java.lang.Object",
                "-cp",
                classPath);
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
        return options;
    }
}
