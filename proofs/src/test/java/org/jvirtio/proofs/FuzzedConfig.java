package org.jvirtio.proofs;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jvirtio.Registers;
import org.jvirtio.dump.DumpFunction;
import org.jvirtio.lab.peers.PeerFacts;
import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.model.EmulatedFunction;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.ConfigSnapshot;
import org.jvirtio.pci.DecodedFunction;
import org.jvirtio.pci.DeviceIdentity;

/**
 * Configuration bytes and BARs as the fuzzer has them: bytes of its own, or those of a sound device
 * with some written over, so that more than the ids is reached. Counts how often it is read.
 */
final class FuzzedConfig implements Registers {

    private static final String SOUND = "block,layout=legacy+register-set+virtio1,msix-dwords=on";
    private static final int[] LENGTHS = {256, 64, 4096};
    private static final int MOST_SPOILT = 16;

    /** 48 capabilities of at most 48 words, their heads, the header, and each word once more. */
    private static final int MOST_READS = 48 * 49 + 64 + 1024;

    private final byte[] bytes;
    private final List<Bar> bars;
    private int reads;

    private FuzzedConfig(byte[] bytes, List<Bar> bars) {
        this.bytes = bytes;
        this.bars = List.copyOf(bars);
    }

    static FuzzedConfig from(FuzzedDataProvider data) {
        int length = data.pickValue(LENGTHS);
        boolean sound = data.consumeBoolean();
        boolean ownBars = data.consumeBoolean();
        try (EmulatedFunction function = EmulatedDevices.parse(SOUND)) {
            List<Bar> bars = ownBars ? bars(data) : function.bars();
            byte[] bytes =
                    sound
                            ? spoilt(function, length, data)
                            : Arrays.copyOf(data.consumeBytes(length), length);
            return new FuzzedConfig(bytes, bars);
        }
    }

    private static byte[] spoilt(EmulatedFunction function, int length, FuzzedDataProvider data) {
        ConfigSnapshot snapshot = ConfigSnapshot.of(function.config());
        byte[] bytes = new byte[length];
        for (int i = 0; i < Math.min(length, snapshot.length()); i++) {
            bytes[i] = (byte) (snapshot.has(i) ? snapshot.read8(i) : 0);
        }
        for (int i = 0; i < MOST_SPOILT && data.remainingBytes() > 1; i++) {
            bytes[data.consumeInt(0, Math.min(length, 256) - 1)] = data.consumeByte();
        }
        return bytes;
    }

    private static List<Bar> bars(FuzzedDataProvider data) {
        List<Bar> bars = new ArrayList<>();
        for (int index = 0; index < 6; index++) {
            if (data.consumeBoolean()) {
                Bar.Space space = data.consumeBoolean() ? Bar.Space.IO : Bar.Space.MEMORY;
                long length =
                        data.consumeBoolean() ? Bar.UNKNOWN_LENGTH : 1L << data.consumeInt(0, 40);
                bars.add(new Bar(index, space, data.consumeBoolean(), false, 0xe000, length));
            }
        }
        return bars;
    }

    List<Bar> bars() {
        return bars;
    }

    DecodedFunction decoded() {
        return DecodedFunction.of(new DumpFunction("fuzz", bytes));
    }

    PeerFacts facts() {
        return new PeerFacts(DeviceIdentity.of(this), ConfigSnapshot.of(this), bars);
    }

    /** And forgets them, so that the next answer has as many. */
    void requireFewReads() {
        if (reads > MOST_READS) {
            throw new AssertionError(reads + " reads; " + MOST_READS + " at most are explained");
        }
        reads = 0;
    }

    @Override
    public long length() {
        return bytes.length;
    }

    @Override
    public int read8(int offset) {
        reads++;
        return bytes[offset] & 0xff;
    }

    @Override
    public int read16(int offset) {
        reads++;
        return (bytes[offset] & 0xff) | (bytes[offset + 1] & 0xff) << 8;
    }

    @Override
    public int read32(int offset) {
        reads--;
        return read16(offset) | read16(offset + 2) << 16;
    }

    @Override
    public void write8(int offset, int value) {
        throw new AssertionError("a choice writes nothing");
    }

    @Override
    public void write16(int offset, int value) {
        throw new AssertionError("a choice writes nothing");
    }

    @Override
    public void write32(int offset, int value) {
        throw new AssertionError("a choice writes nothing");
    }
}
