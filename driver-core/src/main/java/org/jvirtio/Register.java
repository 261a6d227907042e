package org.jvirtio;

/**
 * One register or structure field: its name, where it lies, how wide it is, and which text says so.
 *
 * <p>Implemented by enums, one per structure, so that no offset is ever written twice.
 * Little-endian unless the enum says otherwise.
 */
public interface Register {

    /** The name used in messages and traces; an enum provides it. */
    String name();

    /** Bytes from the start of the structure. */
    int offset();

    /** Bytes: 1, 2, 4, or 8. Eight means two 32-bit accesses (virtio 1.x section 4.1.3.1). */
    int width();

    /** The clause or header that fixes this register, for people who want to look it up. */
    String source();
}
