package org.jvirtio.qtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.EnvironmentException;
import org.jvirtio.VirtioException;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.sysfs.PciAddress;

/** Attaching to a machine that is played over a real socket, and looking at its functions. */
@Timeout(60)
class QtestMachineTest {

    private static final PciAddress FOUR = PciAddress.parse("00:04.0");

    @TempDir private Path directory;
    private int sockets;

    private Path memory() {
        return directory.resolve("memory");
    }

    private Path nextSocket() {
        return directory.resolve("sock-" + ++sockets);
    }

    /** A function of Red Hat's whose first two BARs hold these values. */
    private static byte[] function(int... bars) {
        ByteBuffer config = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
        config.putInt(0, 0x1005_1af4);
        for (int i = 0; i < bars.length; i++) {
            config.putInt(0x10 + 4 * i, bars[i]);
        }
        return config.array();
    }

    @AfterEach
    void forgetLimit() {
        System.clearProperty("jvirtio.qtestMillis");
    }

    @Test
    void aMachineWhoseClockCanBeSteppedIsStepped() throws IOException {
        try (PlayedMachine played = new PlayedMachine(memory(), new byte[0]);
                QtestPeer peer = new QtestPeer(nextSocket(), played::answer);
                QtestMachine machine = QtestMachine.attach(peer.path(), memory())) {
            assertEquals(List.of(), machine.functions());
            int before = played.commands().size();
            machine.passTime();
            assertEquals(
                    List.of("clock_step 100000"),
                    played.commands().subList(before, played.commands().size()));
        }
    }

    @Test
    void aFileThatIsNotItsMemoryIsRefused() throws IOException {
        Path other = directory.resolve("other");
        try (PlayedMachine played = new PlayedMachine(memory(), new byte[0]);
                RandomAccessFile file = new RandomAccessFile(other.toFile(), "rw");
                QtestPeer peer = new QtestPeer(nextSocket(), played::answer)) {
            file.setLength(2 * QtestMemory.PIECE);
            EnvironmentException refused =
                    assertThrows(
                            EnvironmentException.class,
                            () -> QtestMachine.attach(peer.path(), other));
            assertTrue(refused.getMessage().contains("share=on"), refused.getMessage());
            assertEquals(2 * QtestMemory.PIECE, file.length());
        }
    }

    /** Firmware gave them, or a session before, and whoever did may use them. */
    @Test
    void whereBarsHaveAddressesLookingWritesNothing() throws IOException {
        try (PlayedMachine played = new PlayedMachine(memory(), function(0xc041, 0xfebf_1000));
                QtestPeer peer = new QtestPeer(nextSocket(), played::answer);
                PciFunction looked =
                        QtestFunction.look(new QtestName(peer.path(), memory(), FOUR))) {
            assertEquals(
                    List.of(
                            new Bar(0, Bar.Space.IO, false, false, 0xc040, Bar.UNKNOWN_LENGTH),
                            new Bar(
                                    1,
                                    Bar.Space.MEMORY,
                                    false,
                                    false,
                                    0xfebf_1000L,
                                    Bar.UNKNOWN_LENGTH)),
                    looked.bars());
            List<String> written =
                    played.commands().stream()
                            .filter(line -> line.matches("out[bwl] 0xcf[c-f] .*"))
                            .toList();
            assertEquals(List.of(), written);
        }
    }

    /** Each of these instead of the answer to each command in turn, until attaching succeeds. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HANG UP",
                "OK 0xHANG UP",
                "ERR\n",
                "OK 0x10000000000000000\n",
                "OK\nOK\n",
                "IRQ raise 5000\nOK\n",
                "\u0000\u0001\u0002\n",
                "",
            })
    void whateverEndsAnAttachmentIsTypedAndLeavesNothing(String bytes) throws IOException {
        System.setProperty("jvirtio.qtestMillis", "60");
        int[] commands = {0, 1, 2, 3, 50, 70, 71, 72, 73, 74, 75};
        int before = openDescriptors();
        for (int at : commands) {
            attachAndBreak(at, bytes);
        }
        int left = openDescriptors() - before;
        // Of other threads one comes and one goes.
        assertTrue(left < commands.length / 2, left + " descriptors");
        assertFalse(Files.readString(Path.of("/proc/self/maps")).contains(memory().toString()));
    }

    private void attachAndBreak(int at, String bytes) throws IOException {
        try (PlayedMachine played = new PlayedMachine(memory(), function(0, 0));
                QtestPeer peer =
                        new QtestPeer(
                                nextSocket(),
                                line ->
                                        played.commands().size() == at
                                                ? broken(played, line, bytes)
                                                : played.answer(line))) {
            QtestName name = new QtestName(peer.path(), memory(), FOUR);
            try (PciFunction function = QtestFunction.open(name)) {
                function.bars();
            } catch (VirtioException expected) {
                assertFalse(expected.getMessage().isEmpty());
            }
        }
    }

    private static String broken(PlayedMachine played, String line, String bytes) {
        played.answer(line);
        return bytes;
    }

    private static int openDescriptors() {
        return new File("/proc/self/fd").list().length;
    }

    /** Restarted at the same place: what was opened of the one before is of no use. */
    @Test
    void aMachineThatWentAwayUnnoticedIsNotShared() throws IOException {
        Path place = nextSocket();
        try (PlayedMachine played = new PlayedMachine(memory(), function(0, 0))) {
            QtestPeer gone = new QtestPeer(place, played::answer);
            try (QtestMachine old = QtestMachine.attach(place, memory())) {
                gone.hangUp();
                place.toFile().delete();
                try (QtestPeer again = new QtestPeer(place, played::answer);
                        QtestMachine machine = QtestMachine.attach(place, memory())) {
                    assertEquals(place, again.path());
                    assertEquals(List.of(FOUR), machine.functions());
                    machine.passTime();
                }
                assertThrows(VirtioException.class, old::passTime);
            }
        }
    }
}
