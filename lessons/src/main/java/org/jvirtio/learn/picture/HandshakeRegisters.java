package org.jvirtio.learn.picture;

import org.jvirtio.Register;
import org.jvirtio.pci.NamedWindow;
import org.jvirtio.pci.VirtioLayout;
import org.jvirtio.pci.Window;
import org.jvirtio.trace.Access;
import org.jvirtio.transport.CommonRegister;
import org.jvirtio.transport.LegacyRegister;

/** Tells in a trace what the accesses of a handshake are about, in each layout. */
final class HandshakeRegisters {

    private final boolean legacy;
    private final Window window;

    private HandshakeRegisters(boolean legacy, Window window) {
        this.legacy = legacy;
        this.window = window;
    }

    /** The first window of every layout has the status and the features. */
    static HandshakeRegisters of(VirtioLayout layout) {
        return new HandshakeRegisters(
                layout instanceof VirtioLayout.Legacy, NamedWindow.of(layout).get(0).window());
    }

    boolean isStatus(Access access) {
        return is(access, LegacyRegister.DEVICE_STATUS, CommonRegister.DEVICE_STATUS);
    }

    /** Which 32 bits the next reads or writes of features are about; legacy has only one. */
    boolean selectsFeatures(Access access) {
        return !legacy
                && (at(access, CommonRegister.DEVICE_FEATURE_SELECT)
                        || at(access, CommonRegister.DRIVER_FEATURE_SELECT));
    }

    boolean offers(Access access) {
        return access.isRead()
                && is(access, LegacyRegister.DEVICE_FEATURES, CommonRegister.DEVICE_FEATURE);
    }

    boolean accepts(Access access) {
        return access.isWrite()
                && is(access, LegacyRegister.DRIVER_FEATURES, CommonRegister.DRIVER_FEATURE);
    }

    boolean enablesQueue(Access access) {
        return access.isWrite()
                && is(access, LegacyRegister.QUEUE_PFN, CommonRegister.QUEUE_ENABLE);
    }

    /** How the device is told of a queue. */
    String handedOver(Access access) {
        return legacy
                ? String.format("page number 0x%x", access.value())
                : "three addresses, then QUEUE_ENABLE";
    }

    private boolean is(Access access, Register inLegacy, Register inCommon) {
        return at(access, legacy ? inLegacy : inCommon);
    }

    private boolean at(Access access, Register register) {
        return access.region().equals("BAR" + window.bar().index())
                && access.offset() == window.offset() + register.offset();
    }
}
