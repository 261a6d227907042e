package org.jvirtio.model;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Sectors in the heap; only pieces that were written take room, the rest reads zero. */
public final class MemoryBacking implements BlockBacking {

    private static final int PIECE = 1 << 16;

    private final Map<Long, byte[]> pieces = new HashMap<>();
    private long length;

    /** An empty disk of {@code length} bytes. */
    public MemoryBacking(long length) {
        this.length = length;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void read(long position, byte[] target, int count) {
        for (int done = 0; done < count; ) {
            long at = position + done;
            int offset = (int) (at % PIECE);
            int part = Math.min(count - done, PIECE - offset);
            byte[] piece = pieces.get(at / PIECE);
            if (piece == null) {
                Arrays.fill(target, done, done + part, (byte) 0);
            } else {
                System.arraycopy(piece, offset, target, done, part);
            }
            done += part;
        }
    }

    @Override
    public void write(long position, byte[] source, int count) {
        for (int done = 0; done < count; ) {
            long at = position + done;
            int offset = (int) (at % PIECE);
            int part = Math.min(count - done, PIECE - offset);
            byte[] piece = pieces.computeIfAbsent(at / PIECE, key -> new byte[PIECE]);
            System.arraycopy(source, done, piece, offset, part);
            done += part;
        }
    }

    @Override
    public void zero(long position, long count) {
        for (long done = 0; done < count; ) {
            long at = position + done;
            int offset = (int) (at % PIECE);
            int part = (int) Math.min(count - done, PIECE - offset);
            byte[] piece = pieces.get(at / PIECE);
            if (piece != null) {
                Arrays.fill(piece, offset, offset + part, (byte) 0);
            }
            done += part;
        }
    }

    @Override
    public void discard(long position, long count) {
        zero(position, count);
    }

    @Override
    public void resize(long newLength) {
        if (newLength < length) {
            zero(newLength, length - newLength);
        }
        length = newLength;
    }
}
