package org.jvirtio.model;

/**
 * The driver did something after which a device cannot go on: a loop of descriptors, an address
 * outside its memory. Thrown by models, caught by the function; the device then needs a reset
 * (virtio 1.4 section 2.1.2).
 */
public final class ProtocolFault extends RuntimeException {

    private static final long serialVersionUID = 1;

    public ProtocolFault(String message) {
        super(message);
    }
}
