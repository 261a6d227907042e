package org.jvirtio.lab.overlay;

import java.util.List;
import org.jvirtio.device.BlockConfig;
import org.jvirtio.device.ConsoleConfig;
import org.jvirtio.device.NetConfig;
import org.jvirtio.transport.CommonRegister;
import org.jvirtio.transport.LegacyRegister;
import org.jvirtio.transport.RegisterSetRegister;

/**
 * The structures whose registers can be made to lie. One that the function does not have is left
 * out, so that one overlay serves every layout.
 */
enum Structure {
    /** The common structure, of virtio 1.x and at the start of the set "new virtio-pci". */
    COMMON,
    /** The rest of the set "new virtio-pci". */
    SETS,
    /** The legacy header; its vectors lie where the configuration does without MSI-X. */
    LEGACY,
    /** The ISR byte where it has a window of its own. */
    ISR,
    /** The device configuration, by number. */
    DEVICE,
    /** The device configuration of a disk. */
    BLOCK,
    /** The device configuration of a network device. */
    NET,
    /** The device configuration of a console. */
    CONSOLE;

    List<Field> fields() {
        return switch (this) {
            case COMMON -> Field.of(CommonRegister.values());
            case SETS -> Field.of(RegisterSetRegister.values());
            case LEGACY -> Field.of(LegacyRegister.values());
            case ISR -> List.of(new Field(LegacyRegister.ISR_STATUS.name(), 0, 1));
            case DEVICE -> List.of();
            case BLOCK -> Field.of(BlockConfig.values());
            case NET -> Field.of(NetConfig.values());
            case CONSOLE -> Field.of(ConsoleConfig.values());
        };
    }

    boolean isDeviceConfig() {
        return this == DEVICE || this == BLOCK || this == NET || this == CONSOLE;
    }
}
