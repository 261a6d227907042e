package org.jvirtio.queue;

/** What to do with a device that claims to have written more than it was given room for. */
public enum UsedLengths {
    /** The device is broken: virtio 1.x devices report what they wrote (section 2.7.8.2). */
    STRICT,
    /**
     * The claim is cut to the room given, and counted: devices from before 1.0 often got it wrong
     * (section 2.7.8.1).
     */
    CLAMPED
}
