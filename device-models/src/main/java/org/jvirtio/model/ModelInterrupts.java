package org.jvirtio.model;

/**
 * Interrupt causes of one device: the ISR byte and the vector of the configuration (virtio 1.4
 * sections 4.1.4.5, 4.1.5.1.2, 4.1.5.3, 4.1.5.4).
 */
final class ModelInterrupts {

    /** What a vector register holds while nothing is mapped to it. */
    static final int NO_VECTOR = 0xffff;

    private static final int ISR_QUEUE = 1;
    private static final int ISR_CONFIG = 2;

    private final Platform platform;
    private final RegisterLies lies;
    private int isr;
    private int configVector = NO_VECTOR;

    ModelInterrupts(Platform platform, RegisterLies lies) {
        this.platform = platform;
        this.lies = lies;
    }

    /** After this no cause of before is told any more (section 2.4.1). */
    void reset() {
        isr = 0;
        configVector = NO_VECTOR;
        platform.withdrawMessages();
        platform.pinChanged();
    }

    /** What is kept of a vector that the driver wrote: the vector, or NO_VECTOR if it is none. */
    int mapped(int vector) {
        return lies.vectorTaken(vector < platform.vectors() ? vector : NO_VECTOR);
    }

    int configVector() {
        return configVector;
    }

    void mapConfig(int vector) {
        configVector = mapped(vector);
    }

    /** True if the pin is to be asserted: MSI-X off and any ISR bit set (section 4.1.4.5.1). */
    boolean pinLevel() {
        return isr != 0 && !platform.msixEnabled();
    }

    /** Reading gives the causes, clears them, and so releases the pin. */
    int readIsr() {
        int causes = isr;
        isr = 0;
        platform.pinChanged();
        return causes;
    }

    void queueUsed(int vector) {
        if (platform.msixEnabled()) {
            send(vector);
        } else {
            isr |= ISR_QUEUE;
            platform.pinChanged();
        }
    }

    /** The ISR bit is set whether or not MSI-X is enabled (section 4.1.4.5.1). */
    void configChanged() {
        isr |= ISR_CONFIG;
        if (platform.msixEnabled()) {
            send(configVector);
        } else {
            platform.pinChanged();
        }
    }

    private void send(int vector) {
        if (vector != NO_VECTOR) {
            platform.message(vector);
        }
    }
}
