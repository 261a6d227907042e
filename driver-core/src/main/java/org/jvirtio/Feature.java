package org.jvirtio;

/**
 * A feature bit with a name. Implemented by one enum for the ring and transport, one per device.
 */
public interface Feature {

    String name();

    /** Bit number, 0 to 127. */
    int bit();
}
