package org.jvirtio.qtest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Random;
import org.jvirtio.EnvironmentException;
import org.jvirtio.linux.Descriptor;
import org.jvirtio.linux.DmaArena;
import org.jvirtio.linux.Libc;
import org.jvirtio.linux.Mapping;
import org.jvirtio.memory.NativeMemory;

/**
 * The memory of a machine: a file that QEMU and we map, whose byte {@code n} is guest-physical
 * address {@code n}. Its functions get it in pieces of 2 MiB. Thread-safe.
 *
 * <pre>
 *   0        what a board keeps there
 *   2 MiB    pieces
 *   2 GiB    not used: from there on a q35 may put memory elsewhere
 * </pre>
 */
final class QtestMemory implements AutoCloseable {

    /** Bytes of a piece, and where the first one starts. */
    static final long PIECE = 2L << 20;

    private static final long LONGEST = 2L << 30;

    private final Mapping mapping;
    private final int pieces;
    private final BitSet taken = new BitSet();
    private boolean kept;

    private QtestMemory(Mapping mapping) {
        this.mapping = mapping;
        pieces = (int) (mapping.memory().length() / PIECE);
        taken.set(0);
    }

    /**
     * Maps the file.
     *
     * @throws EnvironmentException if it is not there, or is not the memory of that QEMU
     */
    static QtestMemory map(Path file, QtestSocket socket) {
        try (Descriptor descriptor = Descriptor.open(file.toString(), Libc.O_RDWR, advice(file))) {
            long length = Math.min(Files.size(file), LONGEST) & -PIECE;
            if (length < 2 * PIECE) {
                throw new EnvironmentException(
                        String.format(
                                "mapping the memory of QEMU: %s has %d bytes, and 4 MiB are the"
                                        + " least. %s",
                                file, Files.size(file), advice(file)));
            }
            Mapping mapping = Mapping.ofFile(descriptor.fd(), 0, length, file.toString());
            requireShared(mapping, file, socket);
            return new QtestMemory(mapping);
        } catch (IOException e) {
            throw new EnvironmentException(
                    "looking at the memory of QEMU, " + file + ": " + e + ". " + advice(file), e);
        }
    }

    private static String advice(Path file) {
        return "Start QEMU with -m 256M -object"
                + " memory-backend-file,id=ram,size=256M,share=on,mem-path="
                + file
                + " -machine q35,memory-backend=ram, or name its file: SOCKET,memory=FILE@ADDRESS";
    }

    /** What we write QEMU must read: in a file of another QEMU every request would be lost. */
    private static void requireShared(Mapping mapping, Path file, QtestSocket socket) {
        long token = new Random().nextLong();
        mapping.memory().writeRelease64(PIECE, token);
        NativeMemory.fullFence();
        long seen = 0;
        try {
            seen = socket.value("readq 0x" + Long.toHexString(PIECE), Long.BYTES);
        } finally {
            mapping.memory().writeRelease64(PIECE, 0);
            if (seen != token) {
                mapping.close();
            }
        }
        if (seen != token) {
            throw new EnvironmentException(
                    String.format(
                            "looking whether %s is the memory of QEMU: we wrote 0x%x at 0x%x, and"
                                    + " QEMU reads 0x%x there. %s",
                            file, token, PIECE, seen, advice(file)));
        }
    }

    /**
     * Takes pieces that lie together.
     *
     * @param alignment of the address, a power of two
     * @throws EnvironmentException if there are not so many
     */
    synchronized DmaArena.Block take(long length, long alignment) {
        int count = (int) Math.min(pieces, (length + PIECE - 1) / PIECE);
        int step = (int) Math.min(pieces, Math.max(1, alignment / PIECE));
        for (int first = step; first + count <= pieces; first += step) {
            int next = taken.nextSetBit(first);
            if (length <= count * PIECE && (next < 0 || next >= first + count)) {
                taken.set(first, first + count);
                return new DmaArena.Block(
                        mapping.memory().slice(first * PIECE, count * PIECE), first * PIECE);
            }
        }
        throw new EnvironmentException(
                String.format(
                        "allocating 0x%x bytes of the memory of QEMU, aligned to 0x%x: %d of its %d"
                                + " MiB are taken, or the rest is in pieces. Start it with more:"
                                + " -m 1G, and size=1G in its memory-backend-file.",
                        length, alignment, 2 * taken.cardinality(), 2 * pieces));
    }

    synchronized void giveBack(DmaArena.Block block) {
        int first = (int) (block.deviceAddress() / PIECE);
        taken.clear(first, first + (int) (block.memory().length() / PIECE));
    }

    /** From now on the mapping stays, even when this is closed. */
    synchronized void keep() {
        kept = true;
    }

    @Override
    public synchronized void close() {
        if (!kept) {
            mapping.close();
        }
    }
}
