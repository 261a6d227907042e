package org.jvirtio.cli.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jvirtio.cli.ScratchDirectory;
import org.jvirtio.guest.QemuWithoutGuest;
import org.jvirtio.qtest.QtestMachine;

/**
 * One QEMU without a guest in a directory of its own, attached to all the time, so that its bus is
 * enumerated once and not for each case.
 */
record QtestStart(QemuWithoutGuest qemu, QtestMachine machine) implements AutoCloseable {

    static QtestStart in(Path directory, List<String> arguments) {
        try {
            Files.createDirectory(directory);
        } catch (IOException e) {
            throw ScratchDirectory.unusable("making " + directory + " for QEMU", e);
        }
        QemuWithoutGuest qemu = QemuWithoutGuest.start(directory, arguments);
        try {
            return new QtestStart(qemu, QtestMachine.attach(qemu.socket(), qemu.memory()));
        } catch (RuntimeException e) {
            qemu.close();
            throw e;
        }
    }

    Path socket() {
        return qemu.socket();
    }

    /** How it ended, if it does within {@code limit}. */
    Optional<String> endingWithin(Duration limit) {
        return qemu.endingWithin(limit);
    }

    @Override
    public void close() {
        try (qemu) {
            machine.close();
        }
    }
}
