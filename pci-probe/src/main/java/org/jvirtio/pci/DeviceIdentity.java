package org.jvirtio.pci;

import java.util.Optional;
import org.jvirtio.DeviceType;
import org.jvirtio.Registers;

/**
 * Who a function says it is: whether it is a virtio device, of which kind and type (virtio 1.4
 * section 4.1.2).
 *
 * <pre>
 *   vendor 1af4, device 1000 to 103f   transitional: type from the subsystem id
 *                device 1040 to 107f   non-transitional: type = device - 1040
 *                anything else         not virtio
 * </pre>
 */
public record DeviceIdentity(
        int vendor, int device, int revision, int subsystemVendor, int subsystemDevice) {

    /** The vendor id of every virtio device. */
    public static final int VIRTIO_VENDOR = 0x1af4;

    private static final int FIRST_TRANSITIONAL = 0x1000;
    private static final int FIRST_NON_TRANSITIONAL = 0x1040;
    private static final int LAST = 0x107f;
    private static final int ALL_ONES = 0xffff;

    /** What the vendor and device id say. */
    public enum Kind {
        TRANSITIONAL,
        NON_TRANSITIONAL,
        NOT_VIRTIO;

        public String label() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    /** Reads the ids, each once. */
    public static DeviceIdentity of(Registers config) {
        return new DeviceIdentity(
                config.read(ConfigRegister.VENDOR_ID),
                config.read(ConfigRegister.DEVICE_ID),
                config.read(ConfigRegister.REVISION_ID),
                config.read(ConfigRegister.SUBSYSTEM_VENDOR_ID),
                config.read(ConfigRegister.SUBSYSTEM_ID));
    }

    public Kind kind() {
        if (vendor != VIRTIO_VENDOR || device < FIRST_TRANSITIONAL || device > LAST) {
            return Kind.NOT_VIRTIO;
        }
        return device < FIRST_NON_TRANSITIONAL ? Kind.TRANSITIONAL : Kind.NON_TRANSITIONAL;
    }

    /**
     * The virtio device type; empty if the function is not virtio, if its type has no name yet, or
     * if its ids contradict each other.
     */
    public Optional<DeviceType> type() {
        return switch (kind()) {
            case NOT_VIRTIO -> Optional.empty();
            case NON_TRANSITIONAL -> DeviceType.of(device - FIRST_NON_TRANSITIONAL);
            case TRANSITIONAL ->
                    contradiction().isPresent() ? Optional.empty() : DeviceType.of(subsystemDevice);
        };
    }

    /**
     * The sentence to print if a transitional device names two types. Section 4.1.2.3: its
     * subsystem device id must be the virtio device id.
     */
    public Optional<String> contradiction() {
        if (kind() != Kind.TRANSITIONAL) {
            return Optional.empty();
        }
        return TransitionalId.typeOf(device)
                .filter(type -> type.id() != subsystemDevice)
                .map(this::contradictionWith);
    }

    private String contradictionWith(DeviceType type) {
        return String.format(
                "device id 0x%04x is that of type %d (%s), subsystem device id 0x%04x says type %d"
                        + " (%s)",
                device,
                type.id(),
                type.label(),
                subsystemDevice,
                subsystemDevice,
                DeviceType.of(subsystemDevice).map(DeviceType::label).orElse("unknown"));
    }

    /** Why {@link #kind} and {@link #type} say what they say, in one sentence. */
    public String reason() {
        return switch (kind()) {
            case NOT_VIRTIO -> notVirtioReason();
            case NON_TRANSITIONAL ->
                    "device id 0x"
                            + Hex.digits4(device)
                            + " is 0x1040 + "
                            + (device - FIRST_NON_TRANSITIONAL)
                            + typeSuffix();
            case TRANSITIONAL ->
                    contradiction()
                            .orElseGet(
                                    () ->
                                            "device id 0x"
                                                    + Hex.digits4(device)
                                                    + " is in 0x1000 to 0x103f, subsystem device"
                                                    + " id is "
                                                    + subsystemDevice
                                                    + typeSuffix());
        };
    }

    private String typeSuffix() {
        return type().map(type -> " (" + type.label() + ")").orElse(", a type without a name");
    }

    private String notVirtioReason() {
        if (vendor == ALL_ONES) {
            return "vendor id reads as ones: the function is gone or does not answer";
        }
        if (vendor != VIRTIO_VENDOR) {
            return String.format("vendor id is 0x%04x, that of virtio is 0x1af4", vendor);
        }
        return String.format(
                "device id 0x%04x is outside 0x1000 to 0x107f, the ids of virtio", device);
    }

    /** {@code 1af4:1042 rev 1, non-transitional block device}. */
    @Override
    public String toString() {
        String what =
                kind() == Kind.NOT_VIRTIO
                        ? "not a virtio device"
                        : kind().label()
                                + type().map(type -> " " + type.label()).orElse("")
                                + " device";
        return Hex.digits4(vendor) + ":" + Hex.digits4(device) + " rev " + revision + ", " + what;
    }
}
