package org.jvirtio.model;

/** When a model does its work. */
public enum Timing {
    /** Inside the driver's doorbell write: deterministic, and the default. */
    IN_DOORBELL,
    /** When {@link EmulatedFunction#run} is called. */
    DEFERRED,
    /** On a thread of the function's own, as a device would. */
    OWN_THREAD
}
