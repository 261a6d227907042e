package org.jvirtio.model;

/**
 * The set "new virtio-pci" of the mail of 2011, as reference A.3 decision 5 fills it:
 *
 * <pre>
 *   0x00  the common structure of virtio 1.x
 *   0x40  le16 doorbell of all queues: write the queue's index
 *   0x44  ISR byte, reading clears it
 * </pre>
 */
final class RegisterSetBank implements RegisterBank {

    /** Bytes up to the end of the last register. */
    static final int LENGTH = 0x48;

    static final int DOORBELL = 0x40;
    private static final int ISR = 0x44;

    private final CommonBank common;
    private final DoorbellBank doorbell;
    private final IsrBank isr;

    RegisterSetBank(ModelDevice device) {
        this.common = new CommonBank(device);
        this.doorbell = new DoorbellBank(device, 0);
        this.isr = new IsrBank(device);
    }

    @Override
    public boolean resets(int offset, int width, int value) {
        return common.resets(offset, width, value);
    }

    @Override
    public int read(int offset, int width) {
        if (offset < DOORBELL) {
            return common.read(offset, width);
        }
        return offset < ISR ? doorbell.read(offset - DOORBELL, width) : readIsr(offset, width);
    }

    private int readIsr(int offset, int width) {
        return isr.read(offset - ISR, width);
    }

    @Override
    public void write(int offset, int width, int value) {
        if (offset < DOORBELL) {
            common.write(offset, width, value);
        } else if (offset < ISR) {
            doorbell.write(offset - DOORBELL, width, value);
        } else {
            isr.write(offset - ISR, width, value);
        }
    }
}
