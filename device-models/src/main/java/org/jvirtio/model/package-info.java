/**
 * The device side: models of virtio devices that live in this process, and the emulated PCI
 * function that shows them in any of the three layouts.
 *
 * <p>Everything here is restated from the specification on purpose: no driver class and no
 * driver-side constant is used, so that driver and model cannot agree on a mistake. Offsets, bits
 * and formats are written down a second time, from the same clauses.
 *
 * <pre>
 *   EmulatedFunction     a driver in this process
 *     ModelFunction      configuration space, BARs, interrupts, a lock; any {@link
 *                        org.jvirtio.model.DriverSide}
 *       ModelDevice      status, features
 *         ModelQueue     requests: taken, served, given back, or not ({@link
 *                        org.jvirtio.model.Fault})
 *           RingLink     the areas of a ring: the driver's own, or copies of them
 *           DeviceRing   split and packed rings over bare memory, without a lock
 * </pre>
 *
 * <p>Read {@link org.jvirtio.model.ModelFunction} first, or {@link org.jvirtio.model.DeviceRing} if
 * only rings are wanted.
 */
package org.jvirtio.model;
