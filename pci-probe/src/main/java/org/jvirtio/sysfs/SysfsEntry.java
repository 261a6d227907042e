package org.jvirtio.sysfs;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A function in the list of a bus, as the kernel describes it without touching it.
 *
 * @param vendor PCI vendor id
 * @param device PCI device id
 * @param driver the kernel driver that has it
 * @param iommuGroup the functions that can only be given away together; empty without an IOMMU
 */
public record SysfsEntry(
        PciAddress address,
        int vendor,
        int device,
        Optional<String> driver,
        OptionalInt iommuGroup) {}
