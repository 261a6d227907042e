/**
 * The device side: models of virtio devices that live in this process, and the emulated PCI
 * function that shows them in any of the three layouts.
 *
 * <p>Everything here is restated from the specification on purpose: no driver class and no
 * driver-side constant is used, so that driver and model cannot agree on a mistake. Offsets, bits
 * and formats are written down a second time, from the same clauses.
 *
 * <p>Read {@link org.jvirtio.model.EmulatedFunction} first.
 */
package org.jvirtio.model;
