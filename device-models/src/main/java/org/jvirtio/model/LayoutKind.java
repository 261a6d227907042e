package org.jvirtio.model;

/** The layouts that a function can show, one or several at a time. */
public enum LayoutKind {
    /** BAR0, I/O space, one header (virtio 1.4 section 4.1.4.10). */
    LEGACY,
    /** The register sets of the mail of 2011. */
    REGISTER_SET,
    /** Structures named by capabilities (section 4.1.4). */
    VIRTIO1
}
