package org.jvirtio.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A disk image with a real ext4 file system, made by {@code mke2fs -d}, that shows whether a driver
 * in a guest read and wrote the right bytes at the right places.
 *
 * <p>The image is made once and copied for each disk. A guest reads all of it and reports the
 * digest; it finds the blocks of a placeholder file by their contents and overwrites them.
 * Afterwards the host holds the image against what it must be now, byte by byte, and asks {@code
 * debugfs} and {@code e2fsck} for their opinion.
 */
final class ProofDisk {

    private static final String SIZE = "8M";
    private static final Tool MKE2FS = new Tool("mke2fs", "e2fsprogs");
    private static final Tool DEBUGFS = new Tool("debugfs", "e2fsprogs");
    private static final Tool E2FSCK = new Tool("e2fsck", "e2fsprogs");

    private final Path original;
    private final Path image;
    private final List<Placeholder> written = new ArrayList<>();

    private ProofDisk(Path original, Path image) {
        this.original = original;
        this.image = image;
    }

    /** Makes the image that {@link #copyOf} copies. */
    static Path makeOriginal(Path directory, List<Placeholder> placeholders) {
        try {
            Path tree = Files.createDirectories(directory.resolve("tree"));
            Files.writeString(tree.resolve("hello.txt"), "read through a virtqueue\n");
            byte[] noise = new byte[1 << 20];
            new Random(20111008).nextBytes(noise);
            Files.write(tree.resolve("noise.bin"), noise);
            for (Placeholder placeholder : placeholders) {
                Files.write(tree.resolve(placeholder.fileName()), contents(placeholder));
            }
            Path original = directory.resolve("original.ext4");
            MKE2FS.require(
                    "-q",
                    "-t",
                    "ext4",
                    "-b",
                    String.valueOf(Placeholder.BLOCK),
                    "-d",
                    tree.toString(),
                    original.toString(),
                    SIZE);
            return original;
        } catch (IOException e) {
            throw ScratchDirectory.unusable("making a disk image in " + directory, e);
        }
    }

    private static byte[] contents(Placeholder placeholder) {
        ByteBuffer all = ByteBuffer.allocate(Placeholder.BLOCK * Placeholder.COUNT);
        for (int index = 0; index < Placeholder.COUNT; index++) {
            all.put(placeholder.before(index));
        }
        return all.array();
    }

    static ProofDisk copyOf(Path original, Path image) {
        try {
            Files.copy(original, image, StandardCopyOption.REPLACE_EXISTING);
            return new ProofDisk(original, image);
        } catch (IOException e) {
            throw ScratchDirectory.unusable("copying " + original + " to " + image, e);
        }
    }

    Path image() {
        return image;
    }

    /**
     * Whether the digest that a driver took before it wrote is right; from then on its placeholder
     * is expected to be overwritten.
     */
    Check checkRead(DeviceReport row, Placeholder placeholder) {
        String expected = Digests.sha256(expected());
        written.add(placeholder);
        return Check.equal(
                "every byte read is the host's (SHA-256)",
                expected,
                row.facts().getOrDefault("sha256", "nothing"));
    }

    /** Whether the image is now, byte by byte, what the drivers should have made of it. */
    Check checkImage() {
        return Check.equal(
                "the image on the host is what the driver should have made of it",
                Digests.sha256(expected()),
                Digests.sha256(read(image)));
    }

    /** Asks the file system's own tools about the image. */
    List<Check> checkFileSystem() {
        List<Check> checks = new ArrayList<>();
        for (Placeholder placeholder : written) {
            checks.add(verifyFile(placeholder));
        }
        Tool.Result fsck = E2FSCK.run("-fn", image.toString());
        checks.add(
                Check.that(
                        "e2fsck -fn finds the file system clean",
                        fsck.exit() == 0,
                        "exit status " + fsck.exit()));
        return checks;
    }

    private Check verifyFile(Placeholder placeholder) {
        Path copy = image.resolveSibling(image.getFileName() + ".dump");
        DEBUGFS.require("-R", "dump /" + placeholder.fileName() + " " + copy, image.toString());
        byte[] seen = read(copy);
        ByteBuffer all = ByteBuffer.allocate(Placeholder.BLOCK * Placeholder.COUNT);
        for (int index = 0; index < Placeholder.COUNT; index++) {
            all.put(placeholder.after(index));
        }
        return Check.that(
                "debugfs reads the pattern back from /" + placeholder.fileName(),
                Arrays.equals(all.array(), seen),
                seen.length + " bytes, token " + placeholder.token());
    }

    private byte[] expected() {
        byte[] bytes = read(original);
        for (int at = 0; at + Placeholder.BLOCK <= bytes.length; at += Placeholder.BLOCK) {
            byte[] block = Arrays.copyOfRange(bytes, at, at + Placeholder.BLOCK);
            for (Placeholder placeholder : written) {
                int index = placeholder.indexOf(block);
                if (index >= 0) {
                    System.arraycopy(placeholder.after(index), 0, bytes, at, Placeholder.BLOCK);
                }
            }
        }
        return bytes;
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw ScratchDirectory.unusable("reading " + file, e);
        }
    }

    /** Makes an image of pseudo-random bytes with placeholders, where no file system is needed. */
    static Path makePlain(Path directory, List<Placeholder> placeholders) {
        Path original = directory.resolve("original.raw");
        byte[] bytes = new byte[1 << 20];
        new Random(20111008).nextBytes(bytes);
        ByteBuffer all = ByteBuffer.wrap(bytes);
        int position = 64 * Placeholder.BLOCK;
        for (Placeholder placeholder : placeholders) {
            all.position(position).put(contents(placeholder));
            position += 2 * Placeholder.BLOCK * Placeholder.COUNT;
        }
        try (FileChannel file =
                FileChannel.open(original, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(bytes));
            return original;
        } catch (IOException e) {
            throw ScratchDirectory.unusable("making a disk image in " + directory, e);
        }
    }
}
