package org.jvirtio.device;

/**
 * The frames of one harvest, and where their pieces lie.
 *
 * <pre>
 *   frame   0    1        2    open
 *   piece   0    1   2    3    4 ...      start and bytes of each
 * </pre>
 *
 * <p>Pieces are added to the open frame, which is then closed or discarded. Nothing is allocated
 * after the constructor.
 */
final class NetPieces {

    private final long[] starts;
    private final int[] bytes;
    private final int[] firsts;
    private final int[] lengths;
    private int frames;
    private int pieces;
    private int openLength;

    NetPieces(int most) {
        starts = new long[most];
        bytes = new int[most];
        firsts = new int[most + 1];
        lengths = new int[most];
    }

    void clear() {
        frames = 0;
        pieces = 0;
        openLength = 0;
    }

    /** Frames that were closed. */
    int count() {
        return frames;
    }

    void add(long start, int count) {
        starts[pieces] = start;
        bytes[pieces] = count;
        pieces++;
        openLength += count;
    }

    /** Bytes of the open frame. */
    int openLength() {
        return openLength;
    }

    /** The open frame is one. */
    void close() {
        lengths[frames] = openLength;
        frames++;
        firsts[frames] = pieces;
        openLength = 0;
    }

    /** The open frame is none. */
    void discard() {
        pieces = firsts[frames];
        openLength = 0;
    }

    /** The first piece of a frame; that of the frame after the last is where it ends. */
    int first(int frame) {
        return firsts[frame];
    }

    int length(int frame) {
        requireFrame(frame);
        return lengths[frame];
    }

    long start(int piece) {
        return starts[piece];
    }

    int bytes(int piece) {
        return bytes[piece];
    }

    private void requireFrame(int frame) {
        if (frame < 0 || frame >= frames) {
            throw new IndexOutOfBoundsException("frame " + frame + " of a harvest of " + frames);
        }
    }
}
