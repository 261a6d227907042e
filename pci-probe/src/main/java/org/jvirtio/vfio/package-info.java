/**
 * PCI functions through VFIO: the reach for driving a device for real. Registers are mapped, DMA
 * goes through the IOMMU, interrupts arrive as event descriptors. Must never know the meaning of a
 * virtio register.
 *
 * <pre>
 *   VfioFunction
 *     |-- DriverBinding     vfio-pci instead of the kernel's driver (sysfs)
 *     |-- PathChoice        which path leads to the device file, and why: a VfioPath
 *     \-- VfioAccess        the function as that path opened it
 *           |-- VfioDevice      regions (configuration space, BARs), interrupts, reset
 *           \-- AddressSpace    DMA map and unmap
 *
 *   path      VfioAccess                  AddressSpace
 *   cdev      CdevAccess                  Ioas            /dev/vfio/devices/vfio0, /dev/iommu
 *   group     GroupAccess: VfioGroup,     Type1Space      /dev/vfio/5, /dev/vfio/vfio
 *   noiommu     VfioContainer             PhysicalSpace   /dev/vfio/noiommu-0, /dev/vfio/vfio
 * </pre>
 *
 * <p>{@link org.jvirtio.vfio.VfioFunction} first; the structures are in the enums named after them,
 * from {@code linux/vfio.h} and {@code linux/iommufd.h}.
 */
package org.jvirtio.vfio;
