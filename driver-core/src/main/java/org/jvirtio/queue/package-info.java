/**
 * Virtqueues: where buffers go to the device and come back. Knows memory and one doorbell; must
 * never know registers, layouts or what a request means.
 *
 * <pre>
 *   Chain --offer--> Virtqueue --harvest--> UsedBatch       the same for both formats
 *                      InFlight                             what the device has, in private memory
 *
 *   SplitQueue         SplitQueueMemory   the bytes         PackedQueue        PackedQueueMemory
 *     DescriptorTable    where the buffers of a chain are written down           PackedRing
 *       FreeList           what is free, in private memory                         FreeList
 *
 *   QueueSnapshot        what lies in a queue at one moment, for people
 * </pre>
 *
 * <p>Read {@link org.jvirtio.queue.Virtqueue} first, then {@link
 * org.jvirtio.queue.SplitQueueMemory}, the picture of the bytes, and {@link
 * org.jvirtio.queue.SplitQueue}, the algorithm over it; then the packed twins.
 */
package org.jvirtio.queue;
