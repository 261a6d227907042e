/**
 * PCI functions as Linux shows them in {@code /sys/bus/pci}: which there are, which driver has
 * them, their configuration space and BARs as files. Must never know the meaning of a virtio
 * register.
 *
 * <pre>
 *   SysfsBus ---list---> SysfsEntry (driver, IOMMU group)
 *     |  \---open-----> SysfsFunction  config, BARs, huge pages; no interrupts
 *     \---DriverBinding: taken from its kernel driver, given back on close
 *                \---FunctionUse: mounted disk, network interface that is up: refused
 * </pre>
 *
 * <p>Read {@link org.jvirtio.sysfs.SysfsFunction} first.
 */
package org.jvirtio.sysfs;
