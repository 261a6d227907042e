package org.jvirtio.lab.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jvirtio.DeviceType;
import org.jvirtio.Register;
import org.jvirtio.Registers;
import org.jvirtio.device.BlockConfig;
import org.jvirtio.device.ConsoleConfig;
import org.jvirtio.device.NetConfig;
import org.jvirtio.lab.trace.Structure.Kind;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.Capability;
import org.jvirtio.pci.CapabilityList;
import org.jvirtio.pci.DeviceIdentity;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.LayoutKind;
import org.jvirtio.pci.MsixCapability;
import org.jvirtio.pci.Policy;
import org.jvirtio.pci.RegisterSetCapability;
import org.jvirtio.trace.Access;
import org.jvirtio.trace.TraceHeader;

/**
 * Where the structures lie that a function shows, those of every layout that its bytes permit, from
 * the configuration bytes in the header of its trace.
 */
final class StructureMap {

    private static final List<Policy.Order> EVERY_LAYOUT =
            List.of(Policy.Order.VIRTIO1, Policy.Order.REGISTER_SET, Policy.Order.LEGACY);

    private static final int FIRST_EXTENDED = 0x100;

    /** Every fourth byte of 4096 could begin one. */
    private static final int MOST_EXTENDED = 960;

    private static final int SR_IOV = 0x10;

    private final Registers config;
    private final DeviceIdentity identity;
    private final CapabilityList capabilities;
    private final List<Structure> structures = new ArrayList<>();

    StructureMap(TraceHeader header) {
        config = FunctionHeader.config(header);
        List<Bar> bars = FunctionHeader.bars(header);
        identity = DeviceIdentity.of(config);
        capabilities = CapabilityList.of(config);
        for (Policy.Order order : EVERY_LAYOUT) {
            LayoutChoice.of(header.function(), config, bars, Policy.of(order))
                    .layout()
                    .ifPresent(
                            layout ->
                                    structures.addAll(LayoutStructures.of(layout, configFields())));
        }
        msix().ifPresent(this::addMsix);
        structures.addAll(ConfigStructures.of(capabilities));
        // The ISR of the mail is one byte inside the legacy registers: the smaller one is meant.
        structures.sort(Comparator.comparingLong(Structure::length));
    }

    Optional<DeviceType> type() {
        return identity.type();
    }

    Optional<MsixCapability> msix() {
        return capabilities.first(MsixCapability.class);
    }

    /** Looks through the extended capabilities, as many as fit (PCI Express 3.0 section 7.9). */
    boolean hasSrIov() {
        int at = FIRST_EXTENDED;
        for (int i = 0; i < MOST_EXTENDED && at >= FIRST_EXTENDED; i++) {
            if (at > config.length() - Integer.BYTES) {
                return false;
            }
            int header = config.read32(at);
            if ((header & 0xffff) == SR_IOV) {
                return true;
            }
            at = header >>> 20 & ~3;
        }
        return false;
    }

    /** Bytes of the configuration space. */
    long configLength() {
        return config.length();
    }

    Optional<RegisterSetCapability> registerSets() {
        return capabilities.first(RegisterSetCapability.class);
    }

    List<Structure> all() {
        return structures;
    }

    boolean shows(LayoutKind kind) {
        return structures.stream().anyMatch(structure -> structure.isOf(kind));
    }

    /** Where the PCI_CFG capability starts, if there is one. */
    Optional<Integer> pciCfg() {
        return capabilities.capabilities().stream()
                .filter(ConfigStructures::isPciCfg)
                .findFirst()
                .map(Capability::configOffset);
    }

    /** What an access lies in; of two, that of the layout which is in use. */
    Optional<Structure> find(Access access, Optional<LayoutKind> inUse) {
        Optional<Structure> found = Optional.empty();
        for (Structure structure : structures) {
            if (structure.contains(access)) {
                if (inUse.isEmpty() || structure.layout().equals(inUse)) {
                    return Optional.of(structure);
                }
                found = found.isPresent() ? found : Optional.of(structure);
            }
        }
        return found;
    }

    /** The fields of the device configuration, as far as they have names. */
    List<Register> configFields() {
        return switch (type().orElse(DeviceType.ENTROPY)) {
            case BLOCK -> List.of(BlockConfig.values());
            case NETWORK -> List.of(NetConfig.values());
            case CONSOLE -> List.of(ConsoleConfig.values());
            default -> List.of();
        };
    }

    private void addMsix(MsixCapability msix) {
        addMsix("MSI-X table", msix.tableBar(), msix.tableOffset(), msix.tableLength());
        addMsix(
                "MSI-X pending bits",
                msix.pendingBar(),
                msix.pendingOffset(),
                msix.pendingLength());
    }

    private void addMsix(String label, int bar, long offset, long length) {
        structures.add(
                new Structure(
                        Kind.MSIX,
                        label,
                        Optional.empty(),
                        FunctionHeader.regionName(bar),
                        offset,
                        length,
                        0,
                        List.of(),
                        "PCI Local Bus 3.0 section 6.8.2"));
    }
}
