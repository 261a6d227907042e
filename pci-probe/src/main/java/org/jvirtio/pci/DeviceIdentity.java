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
                    contradictsItself() ? Optional.empty() : DeviceType.of(subsystemDevice);
        };
    }

    /**
     * The sentence to print if a transitional device names two types. Section 4.1.2.3: its
     * subsystem device id must be the virtio device id.
     */
    public Optional<String> contradiction() {
        return contradictsItself() ? Optional.of(reason()) : Optional.empty();
    }

    boolean contradictsItself() {
        Optional<DeviceType> fixed = fixedType();
        return fixed.isPresent() && fixed.get().id() != subsystemDevice;
    }

    /** The type that a transitional device id names by itself. */
    private Optional<DeviceType> fixedType() {
        return kind() == Kind.TRANSITIONAL ? TransitionalId.typeOf(device) : Optional.empty();
    }

    /** Why {@link #kind} and {@link #type} say what they say, in one sentence. */
    public String reason() {
        return why().toString();
    }

    Words why() {
        return switch (kind()) {
            case NOT_VIRTIO -> whyNotVirtio();
            case NON_TRANSITIONAL ->
                    Words.of(
                            "device id ",
                            id(device),
                            " is 0x1040 + ",
                            device - FIRST_NON_TRANSITIONAL,
                            typeSuffix());
            case TRANSITIONAL -> contradictsItself() ? whyContradiction() : whyTransitional();
        };
    }

    private Words whyTransitional() {
        return Words.of(
                "device id ",
                id(device),
                " is in 0x1000 to 0x103f, subsystem device id is ",
                subsystemDevice,
                typeSuffix());
    }

    private Words whyContradiction() {
        DeviceType fixed = fixedType().orElseThrow();
        return Words.of(
                "device id ",
                id(device),
                " is that of type ",
                fixed.id(),
                " (",
                fixed.label(),
                "), subsystem device id ",
                id(subsystemDevice),
                " says type ",
                subsystemDevice,
                " (",
                DeviceType.of(subsystemDevice).map(DeviceType::label).orElse("unknown"),
                ")");
    }

    private Words whyNotVirtio() {
        if (vendor == ALL_ONES) {
            return Words.of("vendor id reads as ones: the function is gone or does not answer");
        }
        if (vendor != VIRTIO_VENDOR) {
            return Words.of("vendor id is ", id(vendor), ", that of virtio is 0x1af4");
        }
        return Words.of(
                "device id ", id(device), " is outside 0x1000 to 0x107f, the ids of virtio");
    }

    private static HexNumber id(int value) {
        return new HexNumber(value, 4);
    }

    private Words typeSuffix() {
        Optional<DeviceType> type = type();
        return type.isPresent()
                ? Words.of(" (", type.get().label(), ")")
                : Words.of(", a type without a name");
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
