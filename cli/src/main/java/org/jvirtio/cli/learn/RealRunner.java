package org.jvirtio.cli.learn;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jvirtio.cli.Console;
import org.jvirtio.cli.ScratchDirectory;
import org.jvirtio.guest.QemuWithoutGuest;
import org.jvirtio.learn.text.Command;
import org.jvirtio.learn.text.Runner;

/**
 * Runs a lesson's commands on devices of a QEMU without a guest. Each emulated device that a text
 * names has a twin there, if QEMU can make such a one; the others stay emulated.
 */
final class RealRunner implements Runner, AutoCloseable {

    private static final List<String> DISK = List.of("learn", "disk");

    private final ScratchDirectory scratch;
    private final QemuWithoutGuest qemu;
    private final Map<String, String> twins;
    private final Runner below;

    private RealRunner(
            ScratchDirectory scratch,
            QemuWithoutGuest qemu,
            Map<String, String> twins,
            Runner below) {
        this.scratch = scratch;
        this.qemu = qemu;
        this.twins = twins;
        this.below = below;
    }

    /** Starts a QEMU with a twin of every device that {@code texts} name. */
    static RealRunner of(List<Command> texts, Commands commands, Console console) {
        ScratchDirectory scratch = ScratchDirectory.make();
        Runner below = new LessonRunner(commands);
        try {
            // QEMU opens its disks when it starts, so those that a text makes are made before.
            texts.stream()
                    .map(Command::words)
                    .filter(words -> words.size() > 1 && words.subList(0, 2).equals(DISK))
                    .forEach(below::run);
            QemuTwins twins = new QemuTwins();
            texts.forEach(command -> command.words().forEach(twins::want));
            console.progress("starting QEMU with " + twins.count() + " devices");
            QemuWithoutGuest qemu = QemuWithoutGuest.start(scratch.path(), twins.qemuArguments());
            return new RealRunner(scratch, qemu, names(twins, qemu.socket()), below);
        } catch (RuntimeException failure) {
            try (scratch) {
                throw failure;
            }
        }
    }

    private static Map<String, String> names(QemuTwins twins, Path socket) {
        Map<String, String> names = new LinkedHashMap<>();
        twins.addresses()
                .forEach(
                        (emulated, address) ->
                                names.put(emulated, "qtest:" + socket + "@" + address));
        return names;
    }

    /** A mask before a name stays before it. */
    @Override
    public List<String> actual(List<String> words) {
        return words.stream().map(this::actual).toList();
    }

    private String actual(String word) {
        int at = word.indexOf(QemuTwins.EMULATED);
        return at < 0
                ? word
                : word.substring(0, at)
                        + twins.getOrDefault(word.substring(at), word.substring(at));
    }

    @Override
    public Printed run(List<String> words) {
        return below.run(words);
    }

    @Override
    public void close() {
        try (scratch) {
            qemu.close();
        }
    }
}
