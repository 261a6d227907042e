package org.jvirtio.lab.trace;

import static org.jvirtio.lab.trace.Walk.isWriteTo;

import org.jvirtio.DeviceStatus;
import org.jvirtio.pci.LayoutKind;

/** Moments of a start that several rules look at. */
final class Moment {

    private Moment() {}

    /** An access through a layout that is not legacy. */
    static boolean isNew(NamedAccess access) {
        return access.layout().filter(kind -> kind != LayoutKind.LEGACY).isPresent();
    }

    /** The write that starts the device. */
    static boolean startsDevice(NamedAccess access) {
        return isWriteTo(access, Registered.STATUS) && DeviceStatus.DRIVER_OK.in(access.value());
    }

    /** The write from which on the accepted features count. */
    static boolean endsNegotiation(NamedAccess access, DriverState state) {
        if (!isWriteTo(access, Registered.STATUS)) {
            return false;
        }
        DeviceStatus end = isNew(access) ? DeviceStatus.FEATURES_OK : DeviceStatus.DRIVER_OK;
        return end.in(access.value()) && !end.in(state.status());
    }

    /** A write of the size or the place of a queue of a new layout. */
    static boolean setsUpQueue(NamedAccess access) {
        return isNew(access)
                && (isWriteTo(access, Registered.QUEUE_PLACE)
                        || isWriteTo(access, Registered.QUEUE_SIZE));
    }
}
