/**
 * Virtqueues: where buffers go to the device and come back. Knows memory and one doorbell; must
 * never know registers, layouts or what a request means.
 *
 * <pre>
 *   Chain --offer--> SplitQueue            the two rings, and what is in flight
 *                      DescriptorTable     where the buffers of a chain are written down
 *                        FreeList          which descriptors are free, in private memory
 *                      SplitQueueMemory    the bytes of all of it
 * </pre>
 *
 * <p>{@link org.jvirtio.queue.SplitQueueMemory} is the picture of the bytes; read it first, then
 * {@link org.jvirtio.queue.SplitQueue}, the algorithm over it.
 */
package org.jvirtio.queue;
