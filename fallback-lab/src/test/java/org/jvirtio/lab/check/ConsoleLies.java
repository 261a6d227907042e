package org.jvirtio.lab.check;

import static org.jvirtio.transport.CommonRegister.DEVICE_STATUS;

import org.jvirtio.Registers;
import org.jvirtio.memory.NativeMemory;

/** What a bad console device does (virtio 1.4 sections 5.3.5 and 5.3.6). */
final class ConsoleLies {

    private static final int EMERG_WR = 8;
    private static final int NEEDS_RESET = 0x40;
    private static final int CONTROL_RECEIVE = 2;
    private static final int CONTROL_TRANSMIT = 3;
    private static final int DEVICE_ADD = 1;
    private static final int DEVICE_REMOVE = 2;

    private ConsoleLies() {}

    /** A write to emerg_wr breaks the device until it is reset. */
    static Lie breaksInAnEmergency() {
        return new Lie() {
            private boolean broken;

            @Override
            public int read(Liar liar, Place place, int offset, int width, int value) {
                return broken && isStatus(place, offset) ? value | NEEDS_RESET : value;
            }

            @Override
            public boolean write(
                    Liar liar, Registers raw, Place place, int offset, int width, int value) {
                broken |= place == Place.CONFIG && offset == EMERG_WR;
                broken &= !(isStatus(place, offset) && value == 0);
                return false;
            }
        };
    }

    private static boolean isStatus(Lie.Place place, int offset) {
        return place == Lie.Place.COMMON && offset == DEVICE_STATUS.offset();
    }

    /** One of the messages that add the ports removes a port instead. */
    static Lie removes(int port, int message) {
        return says(DEVICE_REMOVE, port, message);
    }

    /** One of them adds another port than it would. */
    static Lie adds(int port, int message) {
        return says(DEVICE_ADD, port, message);
    }

    private static Lie says(int event, int port, int message) {
        return new Lie() {
            @Override
            public void written(Liar liar, Place place, int offset, int value) {
                if (place == Place.DOORBELL && value == CONTROL_TRANSMIT) {
                    NativeMemory table = liar.descriptors(CONTROL_RECEIVE);
                    long at = (long) message * BareSplitQueue.DESCRIPTOR;
                    NativeMemory buffer = liar.at(table.read64(at));
                    buffer.write32(0, port);
                    buffer.write16(4, event);
                }
            }
        };
    }
}
