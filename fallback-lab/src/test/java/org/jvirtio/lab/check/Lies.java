package org.jvirtio.lab.check;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import org.jvirtio.Register;
import org.jvirtio.Registers;

/** The lies that most rows need. */
final class Lies {

    /** Where the list of a model starts; it leaves room at the end of the space. */
    private static final int FIRST_CAPABILITY = 0x40;

    private static final int END_OF_CONFIG = 256;

    /** Bytes of a capability with 64-bit offset and length. */
    private static final int SHARED_MEMORY = 24;

    private Lies() {}

    /** A register reads something else. */
    static Lie reads(Lie.Place where, Register register, IntUnaryOperator change) {
        return readsAt(where, register.offset(), change);
    }

    static Lie readsAt(Lie.Place where, int at, IntUnaryOperator change) {
        return new Lie() {
            @Override
            public int read(Liar liar, Place place, int offset, int width, int value) {
                return place == where && offset == at ? change.applyAsInt(value) : value;
            }
        };
    }

    /** Bits that are offered beside the device's own, in whatever window has them. */
    static Lie alsoOffers(int bit) {
        return new Lie() {
            private int window;
            private int accepted;

            @Override
            public int read(Liar liar, Place place, int offset, int width, int value) {
                boolean modern = place == Place.COMMON && offset == 4 && window == bit / 32;
                boolean legacy = place == Place.LEGACY && offset == 0 && bit < 32;
                return modern || legacy ? value | (1 << (bit % 32)) : value;
            }

            @Override
            public boolean write(
                    Liar liar, Registers raw, Place place, int offset, int width, int value) {
                if (place == Place.COMMON && offset == 0) {
                    window = value;
                }
                if (place == Place.COMMON && offset == 8) {
                    accepted = value;
                }
                boolean accepting =
                        place == Place.COMMON
                                && offset == 12
                                && accepted == bit / 32
                                && (value & (1 << (bit % 32))) != 0;
                if (accepting) {
                    // The model behind would refuse what it does not offer.
                    raw.write32(offset, value & ~(1 << (bit % 32)));
                }
                return accepting;
            }
        };
    }

    /** Writes to a register get lost. */
    static Lie loses(Lie.Place where, Register register) {
        return losesAt(where, register.offset());
    }

    static Lie losesAt(Lie.Place where, int at) {
        return new Lie() {
            @Override
            public boolean write(
                    Liar liar, Registers raw, Place place, int offset, int width, int value) {
                return place == where && offset == at;
            }
        };
    }

    /** What is written to a register arrives as something else. */
    static Lie changes(Lie.Place where, Register register, IntUnaryOperator change) {
        return new Lie() {
            @Override
            public boolean write(
                    Liar liar, Registers raw, Place place, int offset, int width, int value) {
                if (place != where || offset != register.offset()) {
                    return false;
                }
                switch (width) {
                    case 1 -> raw.write8(offset, change.applyAsInt(value));
                    case 2 -> raw.write16(offset, change.applyAsInt(value));
                    default -> raw.write32(offset, change.applyAsInt(value));
                }
                return true;
            }
        };
    }

    /** Doorbells get lost. */
    static Lie deaf() {
        return new Lie() {
            @Override
            public boolean write(
                    Liar liar, Registers raw, Place place, int offset, int width, int value) {
                return place == Place.DOORBELL || (place == Place.LEGACY && offset == 16);
            }
        };
    }

    /** Something happens after each doorbell. */
    static Lie afterDoorbell(Consumer<Liar> action) {
        return new Lie() {
            @Override
            public void written(Liar liar, Place place, int offset, int value) {
                if (place == Place.DOORBELL) {
                    action.accept(liar);
                }
            }
        };
    }

    /** A byte of the configuration space is another one. */
    static Lie pciByte(int at, int wrong) {
        return new Lie() {
            @Override
            public int read(Liar liar, Place place, int offset, int width, int value) {
                if (place != Place.PCI || at < offset || at >= offset + width) {
                    return value;
                }
                int shift = 8 * (at - offset);
                return (value & ~(0xff << shift)) | (wrong << shift);
            }
        };
    }

    /** Capabilities of 256 bytes of shared memory, first in the list; all have the id 0. */
    static Lie sharedMemory(int bar, int... starts) {
        int first = END_OF_CONFIG - starts.length * SHARED_MEMORY;
        ByteBuffer capabilities =
                ByteBuffer.allocate(starts.length * SHARED_MEMORY).order(ByteOrder.LITTLE_ENDIAN);
        for (int start : starts) {
            int behind = first + capabilities.position() + SHARED_MEMORY;
            byte next = (byte) (behind == END_OF_CONFIG ? FIRST_CAPABILITY : behind);
            capabilities.put(new byte[] {9, next, SHARED_MEMORY, 8, (byte) bar, 0, 0, 0});
            capabilities.putInt(start).putInt(256).putLong(0);
        }
        return new Lie() {
            @Override
            public int read(Liar liar, Place place, int offset, int width, int value) {
                int shown = value;
                for (int i = 0; place == Place.PCI && i < capabilities.capacity(); i++) {
                    Lie one = pciByte(first + i, capabilities.get(i) & 0xff);
                    shown = one.read(liar, place, offset, width, shown);
                }
                return pciByte(0x34, first).read(liar, place, offset, width, shown);
            }
        };
    }
}
