package org.jvirtio;

/** The ladder, best first (section 4.1.5.1.2). */
public enum InterruptMode {
    /** MSI-X: one vector for configuration changes, one per queue. */
    VECTOR_PER_QUEUE,
    /** MSI-X: one vector for configuration changes, one for all queues. */
    SHARED_VECTOR,
    /** The level-triggered pin, told apart by the ISR register. */
    INTX,
    /** None: look at the ring. */
    POLLING
}
