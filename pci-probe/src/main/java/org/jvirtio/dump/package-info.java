/**
 * The reach that has no device: saved configuration bytes, to decode and to choose a layout from.
 * Knows two file formats; must never know what the bytes mean.
 *
 * <pre>
 *   /sys/bus/pci/devices/.../config --cat--> file --+
 *                                                   +--> DumpFile --> DumpFunction
 *   lspci -x, -xxx, -xxxx --> text (DumpText) ------+
 * </pre>
 *
 * <p>Read {@link org.jvirtio.dump.DumpFunction} first.
 */
package org.jvirtio.dump;
