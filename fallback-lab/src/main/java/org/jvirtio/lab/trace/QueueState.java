package org.jvirtio.lab.trace;

import java.util.EnumMap;
import java.util.Map;
import org.jvirtio.transport.CommonRegister;

/** What a driver did to one queue of a new layout since the last reset. */
final class QueueState {

    private static final int LOW = 1;
    private static final int HIGH = 2;

    private final Map<CommonRegister, Long> places = new EnumMap<>(CommonRegister.class);
    private final Map<CommonRegister, Integer> halves = new EnumMap<>(CommonRegister.class);
    private boolean enabled;
    private boolean vectorUnread;
    private boolean resetUnconfirmed;
    private boolean resetBefore;

    /** True once it was written to queue_enable. */
    boolean enabled() {
        return enabled;
    }

    /** True while a vector was written and not read back. */
    boolean vectorUnread() {
        return vectorUnread;
    }

    /** True while a queue reset was asked for and not yet seen to be done. */
    boolean resetUnconfirmed() {
        return resetUnconfirmed;
    }

    /** True if the queue alone was reset since the device was. */
    boolean resetBefore() {
        return resetBefore;
    }

    /** True if both halves of an address were written. */
    boolean knows(CommonRegister place) {
        return halves.getOrDefault(place, 0) == (LOW | HIGH);
    }

    long address(CommonRegister place) {
        return places.getOrDefault(place, 0L);
    }

    void see(NamedAccess access) {
        CommonRegister register = (CommonRegister) access.register().orElseThrow();
        if (access.isRead()) {
            read(register, access.value());
        } else {
            written(register, access);
        }
    }

    private void read(CommonRegister register, int value) {
        if (register == CommonRegister.QUEUE_MSIX_VECTOR) {
            vectorUnread = false;
        } else if (register == CommonRegister.QUEUE_RESET && value == 0) {
            resetUnconfirmed = false;
        }
    }

    private void written(CommonRegister register, NamedAccess access) {
        switch (register) {
            case QUEUE_MSIX_VECTOR -> vectorUnread = true;
            case QUEUE_ENABLE -> enabled = true;
            case QUEUE_DESC, QUEUE_DRIVER, QUEUE_DEVICE -> place(register, access);
            case QUEUE_RESET -> {
                places.clear();
                halves.clear();
                enabled = false;
                resetUnconfirmed = true;
                resetBefore = true;
            }
            default -> {}
        }
    }

    private void place(CommonRegister register, NamedAccess access) {
        boolean low = access.offsetInRegister() == 0;
        long mask = low ? 0xffffffffL : 0xffffffffL << 32;
        long part = (access.value() & 0xffffffffL) << (low ? 0 : 32);
        places.merge(register, part, (old, half) -> (old & ~mask) | half);
        halves.merge(register, low ? LOW : HIGH, (old, half) -> old | half);
    }
}
