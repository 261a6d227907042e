package org.jvirtio.pci;

import org.jvirtio.Register;

/** The fields of capabilities in words. */
final class CapabilityMeaning {

    private static final String VIRTIO1 = " of virtio 1.x";

    private CapabilityMeaning() {}

    static String of(Register register, Capability capability) {
        CapabilityBytes bytes = capability.bytes();
        if (!bytes.has(register)) {
            return "";
        }
        String hex =
                String.format("0x%0" + 2 * register.width() + "x", bytes.readUnsigned(register));
        String more = words(register, capability, bytes.read(register));
        return more.isEmpty() ? hex : hex + ", " + more;
    }

    private static String words(Register register, Capability capability, int value) {
        if (register instanceof VirtioField field) {
            return virtio(field, capability, value);
        } else if (register instanceof RegisterSetDword dword) {
            return dword.label() + " " + new RegisterSetCapability.Location(value);
        } else if (register instanceof MsixField field) {
            return msix(field, (MsixCapability) capability);
        } else if (register == CapabilityField.NEXT) {
            return next(value);
        }
        return register == CapabilityField.ID ? capability.label() : "";
    }

    private static String virtio(VirtioField field, Capability capability, int value) {
        return switch (field) {
            case CAP_VNDR -> "vendor-specific";
            case CAP_NEXT -> next(value);
            case CAP_LEN -> value + " bytes";
            case CFG_TYPE -> capability.label() + (isVirtio1(capability) ? VIRTIO1 : "");
            case BAR -> "BAR " + value + (value > 5 ? ", which does not exist" : "");
            case OFFSET -> "that far into the BAR";
            case LENGTH -> Integer.toUnsignedString(value) + " bytes";
            case NOTIFY_OFF_MULTIPLIER ->
                    Integer.toUnsignedString(value) + " bytes between doorbells";
            default -> "";
        };
    }

    private static boolean isVirtio1(Capability capability) {
        return capability instanceof VirtioCapability;
    }

    private static String msix(MsixField field, MsixCapability msix) {
        return switch (field) {
            case MESSAGE_CONTROL ->
                    msix.entries()
                            + " entries, "
                            + (msix.enabled() ? "enabled" : "not enabled")
                            + (msix.functionMasked() ? ", all masked" : "");
            case TABLE -> "BAR " + msix.tableBar() + "+" + Hex.of(msix.tableOffset());
            case PENDING_BITS -> "BAR " + msix.pendingBar() + "+" + Hex.of(msix.pendingOffset());
        };
    }

    private static String next(int value) {
        return value == 0 ? "the last one" : "the next capability is there";
    }
}
