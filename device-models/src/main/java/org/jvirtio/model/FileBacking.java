package org.jvirtio.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jvirtio.EnvironmentException;

/**
 * Sectors in a file: a raw disk image. A rest of less than 512 bytes at its end is not shown. It is
 * locked while it is open: against all other devices of this process, and in other processes, QEMU
 * among them, against writers, or, if it is written here, against readers, too.
 */
public final class FileBacking implements BlockBacking {

    private static final int SECTOR = 512;
    private static final byte[] ZEROS = new byte[1 << 16];

    private final Path image;
    private final FileChannel channel;
    private long length;

    private FileBacking(Path image, FileChannel channel) throws IOException {
        this.image = image;
        this.channel = channel;
        this.length = channel.size() / SECTOR * SECTOR;
    }

    /**
     * Opens an existing image.
     *
     * @throws EnvironmentException if it cannot be opened, or somebody else writes to it
     */
    public static FileBacking open(Path image, boolean readOnly) {
        try {
            FileChannel channel =
                    readOnly
                            ? FileChannel.open(image, StandardOpenOption.READ)
                            : FileChannel.open(
                                    image, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                requireFile(image);
                lock(channel, readOnly);
                return new FileBacking(image, channel);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new EnvironmentException(
                    String.format(
                            "opening the disk image %s%s: %s. Make it, for example with"
                                    + " 'truncate -s 64M %s', or correct image=FILE.",
                            image, readOnly ? " for reading" : "", e, image),
                    e);
        }
    }

    private static void requireFile(Path image) throws IOException {
        if (Files.isDirectory(image)) {
            throw new IOException("it is a directory");
        }
    }

    /** The lock goes with the channel. Whoever opens the file elsewhere in this process, too. */
    private static void lock(FileChannel channel, boolean shared) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock(0, Long.MAX_VALUE, shared);
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            throw new IOException("it is in use by another device, here or in another process");
        }
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void read(long position, byte[] target, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(target, 0, count);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new IOException("the image ends at " + channel.size() + " bytes");
            }
        }
    }

    @Override
    public void write(long position, byte[] source, int count) throws IOException {
        if (position + count > channel.size()) {
            // Somebody made it shorter: a write would make it longer again, with a hole in it.
            throw new IOException("the image ends at " + channel.size() + " bytes");
        }
        put(position, source, count);
    }

    private void put(long position, byte[] source, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(source, 0, count);
        while (buffer.hasRemaining()) {
            channel.write(buffer, position + buffer.position());
        }
    }

    @Override
    public void zero(long position, long count) throws IOException {
        for (long done = 0; done < count; done += ZEROS.length) {
            write(position + done, ZEROS, (int) Math.min(ZEROS.length, count - done));
        }
    }

    @Override
    public void flush() throws IOException {
        channel.force(false);
    }

    @Override
    public void resize(long newLength) throws IOException {
        if (newLength < length) {
            channel.truncate(newLength);
        } else if (newLength > length) {
            put(newLength - 1, ZEROS, 1);
        }
        length = newLength;
    }

    @Override
    public void close() {
        try (channel) {
            channel.force(false); // Who ends a server expects what was written to be there.
        } catch (IOException e) {
            throw new UncheckedIOException(
                    String.format(
                            "writing back the disk image %s: %s. What no driver had flushed may be"
                                    + " lost: compare it.",
                            image, e),
                    e);
        }
    }
}
