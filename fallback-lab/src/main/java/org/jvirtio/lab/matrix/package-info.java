/**
 * The matrix: reach x layout x policy x interrupts x ring x ring features x device, generated, and
 * each cell driven for real.
 *
 * <pre>
 *   Matrix --every combination--> Cell --CellRules--> impossible: SKIP, and why
 *                                   |
 *        LayoutOracle: what must be chosen     CellDrive: what is chosen, and does it work?
 * </pre>
 *
 * <p>The oracle knows the cell only, the choice the bytes only; that is why they can disagree. Read
 * {@link org.jvirtio.lab.matrix.Cell} first.
 */
package org.jvirtio.lab.matrix;
