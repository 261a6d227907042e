package org.jvirtio.qtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jvirtio.EnvironmentException;

/** Attaching to a machine, played by a peer whose bus is empty. */
@Timeout(20)
class QtestMachineTest {

    @TempDir private Path directory;
    private final List<String> commands = new CopyOnWriteArrayList<>();

    /** Reads from memory what the file has at 2 MiB, if this is the machine's own. */
    private String answer(String line, RandomAccessFile memory) {
        commands.add(line);
        try {
            if (line.startsWith("readq")) {
                memory.seek(QtestMemory.PIECE);
                return String.format("OK 0x%x%n", Long.reverseBytes(memory.readLong()));
            }
        } catch (IOException e) {
            return "ERR\n";
        }
        return line.equals("endianness")
                ? "OK little\n"
                : line.startsWith("in") ? "OK 0xffff\n" : "OK\n";
    }

    private RandomAccessFile file(String name) throws IOException {
        RandomAccessFile file = new RandomAccessFile(directory.resolve(name).toFile(), "rw");
        file.setLength(2 * QtestMemory.PIECE);
        return file;
    }

    @Test
    void aMachineWhoseClockCanBeSteppedIsStepped() throws IOException {
        try (RandomAccessFile memory = file("memory");
                QtestPeer peer =
                        new QtestPeer(directory.resolve("sock"), line -> answer(line, memory));
                QtestMachine machine =
                        QtestMachine.attach(peer.path(), directory.resolve("memory"))) {
            assertEquals(0, machine.functions());
            int before = commands.size();
            machine.passTime();
            assertEquals(List.of("clock_step 100000"), commands.subList(before, commands.size()));
        }
    }

    @Test
    void aFileThatIsNotItsMemoryIsRefused() throws IOException {
        try (RandomAccessFile memory = file("memory");
                RandomAccessFile other = file("other");
                QtestPeer peer =
                        new QtestPeer(directory.resolve("sock"), line -> answer(line, memory))) {
            EnvironmentException refused =
                    assertThrows(
                            EnvironmentException.class,
                            () -> QtestMachine.attach(peer.path(), directory.resolve("other")));
            assertTrue(refused.getMessage().contains("share=on"), refused.getMessage());
            assertEquals(2 * QtestMemory.PIECE, other.length());
        }
    }
}
