package org.jvirtio.transport;

import java.util.Optional;
import org.jvirtio.DeviceStatus;
import org.jvirtio.FeatureSet;
import org.jvirtio.Registers;
import org.jvirtio.RingFeature;
import org.jvirtio.pci.DeviceIdentity;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Rule;
import org.jvirtio.pci.VirtioLayout;
import org.jvirtio.pci.Window;
import org.jvirtio.pci.Words;

/**
 * Whether the device behind new registers is a new device. A transitional one that does not offer
 * VERSION_1 is to be treated as legacy (virtio 1.4 section 2.2.3), and only its feature bits tell,
 * which can be read only through the registers that were chosen.
 */
final class Version1 {

    private final PciFunction function;

    Version1(PciFunction function) {
        this.function = function;
    }

    /** The same choice if the device agrees with it, or the one that is left without it. */
    LayoutChoice confirm(LayoutChoice choice) {
        if (choice.identity().kind() != DeviceIdentity.Kind.TRANSITIONAL) {
            return choice;
        }
        LayoutChoice now = choice;
        // Each round takes one layout away, and the last one has no common structure.
        for (Optional<Registers> common = common(now); common.isPresent(); common = common(now)) {
            FeatureSet offered = offered(common.get());
            if (offered.has(RingFeature.VERSION_1)) {
                return now;
            }
            now = now.without(broken(offered));
        }
        return now;
    }

    private Optional<Registers> common(LayoutChoice choice) {
        return choice.layout().flatMap(this::common);
    }

    /** Opens the common structure of a layout and nothing else; empty if it has none. */
    private Optional<Registers> common(VirtioLayout layout) {
        if (layout instanceof VirtioLayout.Virtio1 virtio1) {
            return Optional.of(
                    open(new WindowOpener(function, virtio1.pciCfg()), virtio1.common()));
        }
        if (layout instanceof VirtioLayout.RegisterSets sets) {
            return Optional.of(open(new WindowOpener(function), sets.queues()));
        }
        return Optional.empty();
    }

    private static Registers open(WindowOpener windows, Window window) {
        return windows.open(
                "common structure", window, CommonRegister.SHORTEST, CommonRegister.SHORTEST);
    }

    /** Steps 1 to 4 of section 3.1.1, before which features are not read, and back to reset. */
    private FeatureSet offered(Registers registers) {
        new FunctionCommand(function).decodeBars();
        CommonStructure common = new CommonStructure(function, registers, new NoRegisters());
        common.reset();
        common.status().add(DeviceStatus.ACKNOWLEDGE);
        common.status().add(DeviceStatus.DRIVER);
        FeatureSet offered = common.features().offered();
        common.reset();
        return offered;
    }

    private static Rule broken(FeatureSet offered) {
        return new Rule(
                "the device offers VERSION_1",
                "virtio 1.4 section 2.2.3",
                Words.of("it offers ", offered),
                Rule.Outcome.FAILED);
    }
}
