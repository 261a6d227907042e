package org.jvirtio.lab.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jvirtio.DeviceStatus;
import org.jvirtio.DeviceType;
import org.jvirtio.Feature;
import org.jvirtio.FeatureSet;
import org.jvirtio.Register;
import org.jvirtio.RingFeature;
import org.jvirtio.device.BlockFeature;
import org.jvirtio.device.ConsoleFeature;
import org.jvirtio.device.NetFeature;
import org.jvirtio.pci.CommandBit;
import org.jvirtio.pci.ConfigRegister;
import org.jvirtio.trace.Access;
import org.jvirtio.transport.CommonRegister;
import org.jvirtio.transport.IsrBit;
import org.jvirtio.transport.LegacyRegister;

/** The values of registers in words: bits by name, queues and windows by number. */
final class Values {

    private static final int NO_VECTOR = 0xffff;

    private final Optional<DeviceType> type;

    Values(Optional<DeviceType> type) {
        this.type = type;
    }

    /** Every feature that has a name, for the ring and for a type of device. */
    static Feature[][] features(Optional<DeviceType> type) {
        Feature[] own =
                switch (type.orElse(DeviceType.ENTROPY)) {
                    case BLOCK -> BlockFeature.values();
                    case NETWORK -> NetFeature.values();
                    case CONSOLE -> ConsoleFeature.values();
                    default -> new Feature[0];
                };
        return new Feature[][] {RingFeature.values(), own};
    }

    /** Says what a value means; empty where it is a plain number. */
    String words(Register register, Access access, Selection selection) {
        int value = access.value();
        if (register instanceof CommonRegister common) {
            return common(common, value, selection);
        }
        if (register instanceof LegacyRegister legacy) {
            return legacy(legacy, value, selection);
        }
        if (register == ConfigRegister.COMMAND) {
            return command(value);
        }
        return Registered.ISR.contains(register) ? isr(value) : "";
    }

    private String common(CommonRegister register, int value, Selection selection) {
        return switch (register) {
            case DEVICE_FEATURE -> features(selection.deviceWindow(), value);
            case DRIVER_FEATURE -> features(selection.driverWindow(), value);
            case DEVICE_STATUS -> status(value);
            case CONFIG_MSIX_VECTOR -> vector(value);
            case QUEUE_MSIX_VECTOR -> join(queue(selection), vector(value));
            case QUEUE_SIZE, QUEUE_ENABLE, QUEUE_NOTIFY_OFF, QUEUE_DESC -> queue(selection);
            case QUEUE_DRIVER, QUEUE_DEVICE, QUEUE_NOTIF_CONFIG_DATA -> queue(selection);
            case QUEUE_RESET -> queue(selection);
            default -> "";
        };
    }

    private String legacy(LegacyRegister register, int value, Selection selection) {
        return switch (register) {
            case DEVICE_FEATURES, DRIVER_FEATURES -> features(0, value);
            case DEVICE_STATUS -> status(value);
            case ISR_STATUS -> isr(value);
            case CONFIG_MSIX_VECTOR -> vector(value);
            case QUEUE_MSIX_VECTOR -> join(queue(selection), vector(value));
            case QUEUE_PFN, QUEUE_SIZE -> queue(selection);
            default -> "";
        };
    }

    private String features(int window, int bits) {
        if (window < 0 || window >= FeatureSet.WINDOWS) {
            return "window " + window;
        }
        List<String> names = FeatureSet.ofWindow(window, bits).names(features(type));
        return "window " + window + (names.isEmpty() ? "" : ": " + String.join(" ", names));
    }

    private static String status(int value) {
        if (value == 0) {
            return "reset";
        }
        String described = DeviceStatus.describe(value);
        int blank = described.indexOf(' ');
        return blank < 0 ? "" : described.substring(blank + 1);
    }

    private static String isr(int value) {
        List<String> names = new ArrayList<>();
        for (IsrBit bit : IsrBit.values()) {
            if (bit.in(value)) {
                names.add(bit.name());
            }
        }
        return String.join("|", names);
    }

    private static String command(int value) {
        List<String> names = new ArrayList<>();
        for (CommandBit bit : CommandBit.values()) {
            if (bit.in(value)) {
                names.add(bit.label());
            }
        }
        return String.join("|", names);
    }

    private static String queue(Selection selection) {
        return "queue " + selection.queue();
    }

    private static String vector(int value) {
        return value == NO_VECTOR ? "no vector" : "vector " + value;
    }

    private static String join(String first, String second) {
        return first + ", " + second;
    }
}
