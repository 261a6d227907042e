package org.jvirtio.device;

import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SeekableByteChannel;
import org.jvirtio.RequestException;

/**
 * A disk as plain Java knows one: bytes at any position. Where a position or a length cuts through
 * a block, the block is read, changed and written back.
 *
 * <p>The size is the disk's and cannot be changed. Closing the channel flushes the disk and leaves
 * the driver open. Not thread-safe.
 */
public final class BlockChannel implements SeekableByteChannel {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final BlockDriver disk;
    private final int blockSize;
    private final byte[] blocks = new byte[BUFFER_BYTES];
    private long position;
    private boolean open = true;

    public BlockChannel(BlockDriver disk) {
        this.disk = disk;
        this.blockSize = disk.geometry().blockSize();
    }

    /** Reads up to the end of the disk; -1 there. */
    @Override
    public int read(ByteBuffer target) throws ClosedChannelException {
        requireOpen();
        long left = size() - position;
        if (left <= 0) {
            return target.hasRemaining() ? -1 : 0;
        }
        int total = (int) Math.min(target.remaining(), left);
        for (int done = 0; done < total; ) {
            int before = cutBefore();
            int piece = Math.min(total - done, BUFFER_BYTES - before);
            disk.read(sector(before), blocks, 0, wholeBlocks(before + piece));
            target.put(blocks, before, piece);
            position += piece;
            done += piece;
        }
        return total;
    }

    /** Writes up to the end of the disk, which does not grow. */
    @Override
    public int write(ByteBuffer source) throws ClosedChannelException {
        requireOpen();
        requireBeforeEnd(source.remaining());
        int total = (int) Math.max(0, Math.min(source.remaining(), size() - position));
        for (int done = 0; done < total; ) {
            int before = cutBefore();
            int piece = Math.min(total - done, BUFFER_BYTES - before);
            int length = wholeBlocks(before + piece);
            if (length != piece) {
                disk.read(sector(before), blocks, 0, length);
            }
            source.get(blocks, before, piece);
            disk.write(sector(before), blocks, 0, length);
            position += piece;
            done += piece;
        }
        return total;
    }

    @Override
    public long position() throws ClosedChannelException {
        requireOpen();
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) throws ClosedChannelException {
        requireOpen();
        if (newPosition < 0) {
            throw new IllegalArgumentException("position " + newPosition + " of a disk");
        }
        position = newPosition;
        return this;
    }

    /** Bytes of the disk's whole blocks; what is left over behind them cannot be transferred. */
    @Override
    public long size() throws ClosedChannelException {
        requireOpen();
        return disk.geometry().capacityBytes() & -blockSize;
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new UnsupportedOperationException(
                "truncating a disk to "
                        + size
                        + " bytes: a disk has the size it has. Use discard to give sectors back.");
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            disk.flush();
        }
    }

    private void requireOpen() throws ClosedChannelException {
        if (!open) {
            throw new ClosedChannelException();
        }
    }

    private void requireBeforeEnd(int count) throws ClosedChannelException {
        if (position >= size() && count > 0) {
            throw new RequestException(
                    String.format(
                            "writing %d bytes at position %d: the disk ends at %d. Stay inside.",
                            count, position, size()));
        }
    }

    /** Bytes from the start of the block to the position in it. */
    private int cutBefore() {
        return (int) (position % blockSize);
    }

    private long sector(int before) {
        return (position - before) / BlockGeometry.SECTOR_BYTES;
    }

    private int wholeBlocks(int bytes) {
        return (bytes + blockSize - 1) & -blockSize;
    }
}
