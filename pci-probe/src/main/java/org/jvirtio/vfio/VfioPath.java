package org.jvirtio.vfio;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jvirtio.sysfs.PciAddress;
import org.jvirtio.sysfs.SysfsBus;

/** The paths to a function's device file, in the order in which they are tried. */
public enum VfioPath {
    /** The function's own device file, with iommufd for its DMA (Linux 6.6). */
    CDEV(true) {
        @Override
        VfioAccess open(SysfsBus bus, PciAddress address) {
            return CdevAccess.open(bus, address);
        }
    },
    /** Its group's file, with a container for its DMA: what every kernel with VFIO has. */
    GROUP(true) {
        @Override
        VfioAccess open(SysfsBus bus, PciAddress address) {
            return GroupAccess.open(bus, address, IommuType.TYPE1V2);
        }
    },
    /**
     * The group's file of a machine without an IOMMU. Nothing keeps the device from any memory of
     * the machine, so it is never chosen by itself: somebody has to ask for it.
     */
    NOIOMMU(false) {
        @Override
        VfioAccess open(SysfsBus bus, PciAddress address) {
            return GroupAccess.open(bus, address, IommuType.NOIOMMU);
        }
    };

    private final boolean unasked;

    VfioPath(boolean unasked) {
        this.unasked = unasked;
    }

    /**
     * Reads a label.
     *
     * @throws IllegalArgumentException if it is none, with those there are
     */
    public static VfioPath parse(String text) {
        return Arrays.stream(values())
                .filter(path -> path.label().equals(text))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "'" + text + "' is no path of VFIO: " + labels()));
    }

    private static List<String> labels() {
        return Arrays.stream(values()).map(VfioPath::label).toList();
    }

    /** As people type it: {@code cdev}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it may be chosen though nobody asked for it. */
    boolean unasked() {
        return unasked;
    }

    /** Opens a function that vfio-pci has. */
    abstract VfioAccess open(SysfsBus bus, PciAddress address);
}
