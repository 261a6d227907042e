package org.jvirtio.model;

import java.util.BitSet;

/**
 * An entropy device (virtio 1.4 section 5.4): one queue of writable buffers, which it fills. Its
 * bytes are a function of the seed and of how many went before, so that a test can foretell them.
 */
public final class EntropyModel implements DeviceModel {

    private static final int TYPE = 4;
    private static final int TRANSITIONAL_ID = 0x1005;

    /** "Unclassified device, other", as QEMU has it. */
    private static final int CLASS = 0x00ff00;

    private static final int PIECE = 4096;

    private final long seed;
    private final long longestAnswer;
    private final ModelConfig config = new ModelConfig(0);
    private long given;

    public EntropyModel(long seed) {
        this(seed, Long.MAX_VALUE);
    }

    /**
     * A device that fills less than it could, which section 5.4.6.1 allows.
     *
     * @param longestAnswer bytes per buffer at most, at least 1
     */
    public EntropyModel(long seed, long longestAnswer) {
        if (longestAnswer < 1) {
            throw new IllegalArgumentException("answers of " + longestAnswer + " bytes");
        }
        this.seed = seed;
        this.longestAnswer = longestAnswer;
    }

    /** The byte that a device with this seed gives after {@code index} others. */
    public static byte byteAt(long seed, long index) {
        // The finalizer of SplitMix64: any two neighbours differ in half their bits.
        long z = seed + (index + 1) * 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return (byte) (z ^ (z >>> 31));
    }

    @Override
    public String label() {
        return "entropy";
    }

    @Override
    public int typeId() {
        return TYPE;
    }

    @Override
    public int classCode() {
        return CLASS;
    }

    @Override
    public int transitionalId() {
        return TRANSITIONAL_ID;
    }

    @Override
    public BitSet features() {
        return new BitSet();
    }

    @Override
    public int queueCount() {
        return 1;
    }

    @Override
    public ModelConfig config() {
        return config;
    }

    @Override
    public void serve(int queue, ModelChain chain) {
        if (chain.readableLength() > 0 || chain.writableLength() == 0) {
            throw new ProtocolFault(
                    String.format(
                            "entropy request with %d readable and %d writable bytes; it takes"
                                    + " writable buffers only (section 5.4.6.1)",
                            chain.readableLength(), chain.writableLength()));
        }
        long length = Math.min(longestAnswer, chain.writableLength());
        byte[] piece = new byte[(int) Math.min(PIECE, length)];
        for (long done = 0; done < length; done += piece.length) {
            int count = (int) Math.min(piece.length, length - done);
            for (int i = 0; i < count; i++) {
                piece[i] = byteAt(seed, given++);
            }
            chain.write(done, piece, count);
        }
        chain.complete(length);
    }
}
