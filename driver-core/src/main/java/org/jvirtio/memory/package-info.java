/**
 * Bytes that the device sees too. Knows addresses, widths and ordering; must never know what the
 * bytes mean.
 *
 * <pre>
 *   DmaMemory --allocate--> DmaRegion = NativeMemory (our address) + device address
 * </pre>
 *
 * <p>{@link org.jvirtio.memory.NativeMemory} is the one class of the project that turns an access
 * into a load or store. Read it first.
 */
package org.jvirtio.memory;
