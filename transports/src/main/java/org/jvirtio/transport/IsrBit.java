package org.jvirtio.transport;

/** The bits of the ISR byte (virtio 1.4 section 4.1.4.5). */
public enum IsrBit {
    /** A queue has used buffers; the byte does not tell which queue. */
    QUEUE(1),
    /** The device configuration or the device status changed. */
    CONFIG(2);

    private final int mask;

    IsrBit(int mask) {
        this.mask = mask;
    }

    public int mask() {
        return mask;
    }

    public boolean in(int isr) {
        return (isr & mask) != 0;
    }
}
