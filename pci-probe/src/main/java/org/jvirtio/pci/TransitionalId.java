package org.jvirtio.pci;

import java.util.Optional;
import org.jvirtio.DeviceType;

/** The PCI device ids of transitional devices that have a fixed type (virtio 1.4 section 4.1.2). */
enum TransitionalId {
    NETWORK(0x1000, DeviceType.NETWORK),
    BLOCK(0x1001, DeviceType.BLOCK),
    BALLOON(0x1002, DeviceType.TRADITIONAL_BALLOON),
    CONSOLE(0x1003, DeviceType.CONSOLE),
    SCSI_HOST(0x1004, DeviceType.SCSI_HOST),
    ENTROPY(0x1005, DeviceType.ENTROPY),
    NINE_P(0x1009, DeviceType.NINE_P);

    private static final TransitionalId[] ALL = values();

    private final int device;
    private final DeviceType type;

    TransitionalId(int device, DeviceType type) {
        this.device = device;
        this.type = type;
    }

    static Optional<DeviceType> typeOf(int device) {
        for (TransitionalId id : ALL) {
            if (id.device == device) {
                return Optional.of(id.type);
            }
        }
        return Optional.empty();
    }
}
