/**
 * PCI functions through VFIO: the reach for driving a device for real. Registers are mapped, DMA
 * goes through the IOMMU, interrupts arrive as event descriptors. Must never know the meaning of a
 * virtio register.
 *
 * <pre>
 *   VfioFunction
 *     |-- DriverBinding   vfio-pci instead of the kernel's driver (sysfs)
 *     |-- VfioContainer   address space of the device: DMA map and unmap
 *     |-- VfioGroup       what the IOMMU can tell apart
 *     \-- VfioDevice      regions (configuration space, BARs), interrupts, reset
 * </pre>
 *
 * <p>{@link org.jvirtio.vfio.VfioFunction} first; the structures are in the enums named after them,
 * from {@code linux/vfio.h}.
 */
package org.jvirtio.vfio;
