package org.jvirtio.lab.check;

/**
 * One buffer of a chain, as a descriptor names it.
 *
 * @param address for the device
 * @param length bytes
 */
record Piece(long address, int length, boolean writable) {}
