package org.jvirtio.lab.trace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jvirtio.DeviceStatus;
import org.jvirtio.Feature;
import org.jvirtio.FeatureSet;
import org.jvirtio.Register;
import org.jvirtio.RingFeature;
import org.jvirtio.pci.LayoutKind;
import org.jvirtio.trace.Mark;
import org.jvirtio.transport.CommonRegister;
import org.jvirtio.transport.LegacyRegister;

/**
 * What a driver did and saw up to one moment of a trace, most of it since the last reset: what
 * rules decide by.
 */
final class DriverState {

    private final List<DmaMark> memory = new ArrayList<>();
    private final Map<Integer, QueueState> queues = new HashMap<>();
    private final Map<Integer, Integer> legacySizes = new HashMap<>();
    private final Map<Integer, Integer> notifyData = new HashMap<>();
    private Optional<LayoutKind> layout = Optional.empty();
    private int status;
    private boolean resetUnconfirmed;
    private boolean statusUnread;
    private boolean needsReset;
    private int refused;
    private FeatureSet offered = FeatureSet.NONE;
    private FeatureSet accepted = FeatureSet.NONE;
    private boolean configVectorUnread;
    private boolean setsWithoutVersion1;

    /** Memory that the device was shown: {@code kind} is platform or physical. */
    record DmaMark(String kind, long address, long length) {

        boolean holds(long from) {
            return Long.compareUnsigned(from - address, length) < 0;
        }
    }

    /** The layout whose status was written last. */
    Optional<LayoutKind> layout() {
        return layout;
    }

    boolean isLegacy() {
        return layout.isPresent() && layout.get() == LayoutKind.LEGACY;
    }

    /** As written last. */
    int status() {
        return status;
    }

    boolean has(DeviceStatus bit) {
        return bit.in(status);
    }

    /** True after 0 was written to the status, until it reads 0. */
    boolean resetUnconfirmed() {
        return resetUnconfirmed;
    }

    /** True after a bit was written to the status, until the status is read. */
    boolean statusUnread() {
        return statusUnread;
    }

    /** True once the status was read with DEVICE_NEEDS_RESET. */
    boolean needsReset() {
        return needsReset;
    }

    /** True if FEATURES_OK was written and then read back clear. */
    boolean featuresRefused() {
        return refused > 0;
    }

    FeatureSet offered() {
        return offered;
    }

    /** True once the features of register sets were read, and VERSION_1 was not among them. */
    boolean hasReadRegisterSetsWithoutVersion1() {
        return setsWithoutVersion1;
    }

    FeatureSet accepted() {
        return accepted;
    }

    boolean accepted(Feature feature) {
        return accepted.has(feature);
    }

    /** The queue that is selected at an access. */
    QueueState queue(NamedAccess access) {
        return queue(access.state().queue());
    }

    QueueState queue(int index) {
        return queues.computeIfAbsent(index, i -> new QueueState());
    }

    /** True if a vector of any queue, or of the configuration, was written and not read back. */
    boolean vectorUnread() {
        return configVectorUnread || queues.values().stream().anyMatch(QueueState::vectorUnread);
    }

    /** What was read from queue_notif_config_data of the queues. */
    boolean isNotifyData(int value) {
        return notifyData.containsValue(value);
    }

    /** The size that was read of the legacy queue that is selected; 0 if none was. */
    int legacySize(NamedAccess access) {
        return legacySizes.getOrDefault(access.state().queue(), 0);
    }

    List<DmaMark> memory() {
        return memory;
    }

    void see(Mark mark) {
        if (FunctionMark.DMA.is(mark)) {
            memory.add(
                    new DmaMark(
                            FunctionMark.wordAfter(mark, 0),
                            FunctionMark.numberAfter(mark, 1),
                            FunctionMark.numberAfter(mark, 2)));
        }
    }

    void see(NamedAccess access) {
        if (access.register().isEmpty()) {
            return;
        }
        Register register = access.register().get();
        if (Registered.STATUS.contains(register)) {
            seeStatus(access);
        } else if (Registered.OFFERED.contains(register) && access.isRead()) {
            seeOffered(access);
        } else if (Registered.ACCEPTED.contains(register) && access.isWrite()) {
            int window = window(access, access.state().driverWindow());
            FeatureSet old = FeatureSet.ofWindow(window, accepted.window(window));
            accepted = accepted.minus(old).or(FeatureSet.ofWindow(window, access.value()));
        } else if (Registered.CONFIG_VECTOR.contains(register)) {
            configVectorUnread = access.isWrite();
        } else if (register == CommonRegister.QUEUE_NOTIF_CONFIG_DATA) {
            notifyData.put(access.state().queue(), access.value());
        } else if (register == LegacyRegister.QUEUE_SIZE) {
            legacySizes.put(access.state().queue(), access.value());
        } else if (Registered.OF_QUEUE.contains(register)) {
            queue(access).see(access);
        }
    }

    private void seeStatus(NamedAccess access) {
        int value = access.value();
        if (access.isRead()) {
            resetUnconfirmed &= value != 0;
            needsReset |= DeviceStatus.DEVICE_NEEDS_RESET.in(value) && value != 0xff;
            if (statusUnread && has(DeviceStatus.FEATURES_OK)) {
                refused += DeviceStatus.FEATURES_OK.in(value) ? 0 : 1;
            }
            statusUnread = false;
            return;
        }
        layout = access.layout();
        if (value == 0) {
            forget();
        } else {
            statusUnread = true;
        }
        status = value;
    }

    private void forget() {
        resetUnconfirmed = true;
        statusUnread = false;
        needsReset = false;
        refused = 0;
        offered = FeatureSet.NONE;
        accepted = FeatureSet.NONE;
        queues.clear();
        legacySizes.clear();
        notifyData.clear();
        configVectorUnread = false;
    }

    private void seeOffered(NamedAccess access) {
        int window = window(access, access.state().deviceWindow());
        offered = offered.or(FeatureSet.ofWindow(window, access.value()));
        int of = RingFeature.VERSION_1.bit() / 32;
        if (window == of && access.layout().equals(Optional.of(LayoutKind.REGISTER_SET))) {
            setsWithoutVersion1 = !offered.has(RingFeature.VERSION_1);
        }
    }

    /** The legacy layout has one window; those past the last are looked at as if they were it. */
    static int window(NamedAccess access, int selected) {
        boolean legacy = access.layout().filter(LayoutKind.LEGACY::equals).isPresent();
        return legacy ? 0 : Math.max(0, Math.min(selected, FeatureSet.WINDOWS - 1));
    }
}
