package org.jvirtio.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jvirtio.EnvironmentException;

/** Sectors in a file: a raw disk image. A rest of less than 512 bytes at its end is not shown. */
public final class FileBacking implements BlockBacking {

    private static final int SECTOR = 512;
    private static final byte[] ZEROS = new byte[1 << 16];

    private final FileChannel channel;
    private long length;

    private FileBacking(FileChannel channel) throws IOException {
        this.channel = channel;
        this.length = channel.size() / SECTOR * SECTOR;
    }

    /**
     * Opens an existing image.
     *
     * @throws EnvironmentException if it cannot be opened
     */
    public static FileBacking open(Path image, boolean readOnly) {
        try {
            return new FileBacking(
                    readOnly
                            ? FileChannel.open(image, StandardOpenOption.READ)
                            : FileChannel.open(
                                    image, StandardOpenOption.READ, StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw new EnvironmentException(
                    String.format(
                            "opening the disk image %s%s: %s. Make it, for example with"
                                    + " 'truncate -s 64M %s', or correct image=FILE.",
                            image, readOnly ? " for reading" : "", e, image),
                    e);
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
            write(newLength - 1, ZEROS, 1);
        }
        length = newLength;
    }

    @Override
    public void close() {
        try (channel) {
            channel.force(false); // Who ends a server expects what was written to be there.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
