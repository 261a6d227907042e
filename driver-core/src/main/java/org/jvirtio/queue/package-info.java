/**
 * Virtqueues: where buffers go to the device and come back. Knows memory and one doorbell; must
 * never know registers, layouts or what a request means.
 *
 * <p>{@link org.jvirtio.queue.SplitQueueMemory} is the picture of the bytes, {@link
 * org.jvirtio.queue.SplitQueue} the algorithm over it, {@link org.jvirtio.queue.Chain} one request.
 */
package org.jvirtio.queue;
