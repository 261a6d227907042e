package org.jvirtio.lab.check;

import java.util.function.Consumer;
import org.jvirtio.Registers;
import org.jvirtio.memory.NativeMemory;

/**
 * What a bad network device does to frames and commands (virtio 1.4 sections 5.1.9.2 to 5.1.9.5).
 */
final class NetLies {

    private static final int CONTROL = 2;
    private static final long COMMAND = 3L * BareSplitQueue.DESCRIPTOR;
    private static final long LAST_COMMAND = 16 * COMMAND;
    private static final int PROMISC = 0x0000;
    private static final int TABLE_SET = 0x0001;

    private NetLies() {}

    /** Acts after the doorbell of the transmit queue, when the frame is back already. */
    static Lie whenSent(Consumer<Liar> action) {
        return new Lie() {
            @Override
            public void written(Liar liar, Place place, int offset, int value) {
                if (place == Place.DOORBELL && value == 1) {
                    action.accept(liar);
                }
            }
        };
    }

    /** The second receive buffer holds other bytes than were sent. */
    static Lie answersOddly() {
        return whenSent(
                liar -> {
                    NativeMemory second = liar.at(liar.descriptors(0).read64(16));
                    second.write8(30, 0x77);
                });
    }

    /** Frames with a tag of IEEE 802.1Q go out as something else. */
    static Lie breaksTags() {
        return new Lie() {
            @Override
            public boolean write(
                    Liar liar, Registers raw, Place place, int offset, int width, int value) {
                if (place == Place.DOORBELL && value == 1) {
                    NativeMemory frame = liar.at(liar.descriptors(1).read64(16));
                    boolean tagged = frame.read8(12) == 0x81 && frame.read8(13) == 0;
                    if (tagged) {
                        frame.write8(12, 0x88);
                    }
                }
                return false;
            }
        };
    }

    /** PROMISC is acknowledged, and never off. */
    static Lie staysPromiscuous() {
        return whenCommanded(NetLies::turnOn);
    }

    /** Once there was a table, PROMISC is never off again, as if the table outlived the reset. */
    static Lie keepsItsTable() {
        boolean[] kept = new boolean[1];
        return whenCommanded(
                (command, data) -> {
                    kept[0] |= command == TABLE_SET;
                    if (kept[0]) {
                        turnOn(command, data);
                    }
                });
    }

    private static void turnOn(int command, NativeMemory data) {
        if (command == PROMISC) {
            data.write8(0, 1);
        }
    }

    /** Changes a command before the device sees it. */
    private interface Commanded {

        /** Gets the class and, above it, the command; and the bytes behind the two. */
        void command(int command, NativeMemory data);
    }

    private static Lie whenCommanded(Commanded action) {
        return new Lie() {
            @Override
            public boolean write(
                    Liar liar, Registers raw, Place place, int offset, int width, int value) {
                if (place == Place.DOORBELL && value == CONTROL) {
                    commands(liar, action);
                }
                return false;
            }
        };
    }

    /** All there were on this queue: each has three descriptors, and none is used twice. */
    private static void commands(Liar liar, Commanded action) {
        NativeMemory table = liar.descriptors(CONTROL);
        for (long at = 0; at < LAST_COMMAND && table.read64(at) != 0; at += COMMAND) {
            int command = liar.at(table.read64(at)).read16(0);
            action.command(command, liar.at(table.read64(at + BareSplitQueue.DESCRIPTOR)));
        }
    }
}
