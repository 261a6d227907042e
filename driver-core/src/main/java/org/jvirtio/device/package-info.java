/**
 * Drivers, one per device type, over a queue and a device configuration. They must never know which
 * layout or reach is below.
 *
 * <p>Read {@link org.jvirtio.device.EntropyDriver} first: it fits on a page. {@link
 * org.jvirtio.device.BlockDriver} is the full-sized one.
 */
package org.jvirtio.device;
