package org.jvirtio.model;

/** What the registers of a function say, and what they would say without its {@link Fault}. */
final class RegisterLies {

    private static final int HUGE = 0xffff;
    private static final int ODD_STRIDE = 3;

    private final Fault fault;

    RegisterLies(Fault fault) {
        this.fault = fault;
    }

    /** queue_size as it reads. */
    int sizeShown(int size) {
        return switch (fault) {
            case QUEUE_SIZE_ZERO -> 0;
            case QUEUE_SIZE_ODD -> size - 1;
            case QUEUE_SIZE_HUGE -> HUGE;
            default -> size;
        };
    }

    /** The size that is taken where the driver writes one. */
    int sizeTaken(int size) {
        return fault == Fault.QUEUE_SIZE_HALVED ? Math.max(1, size / 2) : size;
    }

    int queuesShown(int count) {
        return fault == Fault.QUEUES_MISSING ? 0 : count;
    }

    /** queue_enable, or whether the legacy queue address is not 0. */
    boolean enabledShown(boolean enabled) {
        return enabled || fault == Fault.QUEUE_ENABLED;
    }

    int notifyOffShown(int offset) {
        return fault == Fault.DOORBELL_OUTSIDE ? HUGE : offset;
    }

    int strideShown(int stride) {
        return fault == Fault.STRIDE_ODD ? ODD_STRIDE : stride;
    }

    /** The vector that is kept where the driver maps one. */
    int vectorTaken(int vector) {
        return fault == Fault.VECTOR_REFUSED ? ModelInterrupts.NO_VECTOR : vector;
    }

    boolean interruptsTooSoon() {
        return fault == Fault.INTERRUPT_TOO_SOON;
    }
}
