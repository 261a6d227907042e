package org.jvirtio.transport;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jvirtio.EnvironmentException;
import org.jvirtio.Interrupt;
import org.jvirtio.InterruptMode;
import org.jvirtio.InterruptPlan;
import org.jvirtio.LayoutException;
import org.jvirtio.pci.FunctionInterrupts;

/**
 * Finds the best interrupts that the function, its platform and the device all agree to (virtio 1.4
 * section 4.1.5.1.2.2: a driver copes with any number of vectors, and checks each mapping).
 *
 * <pre>
 *   VECTOR_PER_QUEUE   vector 0 configuration, vector 1 + k queue k
 *   SHARED_VECTOR      vector 0 configuration, vector 1 every queue
 *   INTX               the pin, told apart by the ISR
 *   POLLING            always works
 * </pre>
 */
final class InterruptLadder {

    private static final int CONFIG_VECTOR = 0;
    private static final int FIRST_QUEUE_VECTOR = 1;

    private final FunctionInterrupts platform;
    private final VectorRegisters vectors;
    private final Isr isr;
    private List<Interrupt> queues = List.of();
    private InterruptMode reached = InterruptMode.POLLING;
    private Optional<Interrupt> config = Optional.empty();

    InterruptLadder(FunctionInterrupts platform, VectorRegisters vectors, Isr isr) {
        this.platform = platform;
        this.vectors = vectors;
        this.isr = isr;
    }

    /** Tries each rung from {@code best} down; what was on before is turned off first. */
    InterruptPlan descend(int queueCount, InterruptMode best) {
        if (queueCount < 0) {
            throw new IllegalArgumentException("interrupts for " + queueCount + " queues");
        }
        platform.disable();
        List<String> steps = new ArrayList<>();
        for (InterruptMode mode : InterruptMode.values()) {
            if (mode.compareTo(best) >= 0) {
                Optional<String> refusal = refusalOf(mode, queueCount);
                if (refusal.isEmpty()) {
                    reached = mode;
                    return new InterruptPlan(mode, steps);
                }
                steps.add(refusal.get());
            }
        }
        throw new AssertionError("polling was refused: " + steps);
    }

    Interrupt queue(int queue) {
        if (queue < 0 || queue >= queues.size()) {
            throw new IllegalArgumentException(
                    "interrupt of queue "
                            + queue
                            + "; interrupts were enabled for "
                            + queues.size()
                            + " queues");
        }
        return queues.get(queue);
    }

    /**
     * Maps the vector of one queue again, whose reset took it away (section 4.1.4.3).
     *
     * @throws LayoutException if the device refuses now what it took before
     */
    void restore(int queue) {
        int vector =
                switch (reached) {
                    case VECTOR_PER_QUEUE -> FIRST_QUEUE_VECTOR + queue;
                    case SHARED_VECTOR -> FIRST_QUEUE_VECTOR;
                    case INTX, POLLING -> VectorRegisters.NO_VECTOR;
                };
        if (vector != VectorRegisters.NO_VECTOR) {
            Optional<String> refusal =
                    refusalOfReadBack(
                            reached, "queue " + queue, vector, vectors.mapQueue(queue, vector));
            refusal.ifPresent(
                    reason -> {
                        throw new LayoutException(
                                "restoring the vector of a queue after its reset: "
                                        + reason
                                        + " Close the device and start it again.");
                    });
        }
    }

    Interrupt config() {
        if (config.isEmpty()) {
            throw new IllegalStateException("no interrupts yet: call enableInterrupts first");
        }
        return config.get();
    }

    /** Steps on one rung; returns why it does not hold, or nothing if it does. */
    private Optional<String> refusalOf(InterruptMode mode, int queueCount) {
        return switch (mode) {
            case VECTOR_PER_QUEUE -> refusalOfVectors(mode, queueCount, queueCount);
            case SHARED_VECTOR -> refusalOfVectors(mode, queueCount, 1);
            case INTX -> refusalOfPin(queueCount);
            case POLLING -> poll(queueCount);
        };
    }

    private Optional<String> refusalOfVectors(
            InterruptMode mode, int queueCount, int queueVectors) {
        int needed = FIRST_QUEUE_VECTOR + queueVectors;
        if (needed > platform.msixVectors()) {
            return Optional.of(
                    String.format(
                            "%s needs %d MSI-X vectors and there are %d%s.",
                            mode, needed, platform.msixVectors(), limitation()));
        }
        try {
            List<Interrupt> lines = platform.enableMsix(needed);
            Optional<String> refusal = refusalOfMapping(mode, queueCount, queueVectors);
            if (refusal.isPresent()) {
                platform.disable();
            } else {
                use(mode, lines, queueCount);
            }
            return refusal;
        } catch (EnvironmentException refused) {
            platform.disable();
            return Optional.of(
                    String.format(
                            "%s needs %d MSI-X vectors and the platform refuses: %s",
                            mode, needed, refused.getMessage()));
        }
    }

    private Optional<String> refusalOfMapping(
            InterruptMode mode, int queueCount, int queueVectors) {
        Optional<String> refusal =
                refusalOfReadBack(
                        mode,
                        "configuration changes",
                        CONFIG_VECTOR,
                        vectors.mapConfig(CONFIG_VECTOR));
        for (int queue = 0; queue < queueCount && refusal.isEmpty(); queue++) {
            int vector = FIRST_QUEUE_VECTOR + queue % queueVectors;
            refusal =
                    refusalOfReadBack(
                            mode, "queue " + queue, vector, vectors.mapQueue(queue, vector));
        }
        return refusal;
    }

    private static Optional<String> refusalOfReadBack(
            InterruptMode mode, String event, int vector, int readBack) {
        if (readBack == vector) {
            return Optional.empty();
        }
        return Optional.of(
                String.format(
                        "%s: the device refuses vector %d for %s; its register reads back 0x%04x%s.",
                        mode,
                        vector,
                        event,
                        readBack,
                        readBack == VectorRegisters.NO_VECTOR ? " (no vector)" : ""));
    }

    private void use(InterruptMode mode, List<Interrupt> lines, int queueCount) {
        config = Optional.of(lines.get(CONFIG_VECTOR));
        if (mode == InterruptMode.VECTOR_PER_QUEUE) {
            queues = lines.subList(FIRST_QUEUE_VECTOR, FIRST_QUEUE_VECTOR + queueCount);
        } else {
            Interrupt vector = lines.get(FIRST_QUEUE_VECTOR);
            share(new SharedInterrupt(new QueueVectorLine(vector), queueCount), queueCount);
        }
    }

    private Optional<String> refusalOfPin(int queueCount) {
        if (!platform.hasIntx()) {
            return Optional.of("INTX: there is no interrupt pin" + limitation() + ".");
        }
        try {
            PinLine line = new PinLine(platform.enableIntx(), isr);
            SharedInterrupt shared = new SharedInterrupt(line, queueCount);
            share(shared, queueCount);
            config = Optional.of(shared.config());
            return Optional.empty();
        } catch (EnvironmentException refused) {
            platform.disable();
            return Optional.of("INTX: the platform refuses: " + refused.getMessage());
        }
    }

    private void share(SharedInterrupt shared, int queueCount) {
        List<Interrupt> waiters = new ArrayList<>();
        for (int queue = 0; queue < queueCount; queue++) {
            waiters.add(shared.queue(queue));
        }
        queues = List.copyOf(waiters);
    }

    private Optional<String> poll(int queueCount) {
        Interrupt polling = new Polling();
        queues = Collections.nCopies(queueCount, polling);
        config = Optional.of(polling);
        return Optional.empty();
    }

    private String limitation() {
        String limitation = platform.limitation();
        return limitation.isEmpty() ? "" : " (" + limitation + ")";
    }
}
