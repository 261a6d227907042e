package org.jvirtio.lab.faults;

import org.jvirtio.DeviceType;
import org.jvirtio.Transport;

/**
 * What is asked of a running device, so that each answer can be checked. All of them are bounded,
 * and every error of the stack goes through.
 */
abstract class Exercise {

    final Facts facts = new Facts();
    private boolean started;

    static Exercise of(DeviceType type, Work work) {
        return switch (type) {
            case ENTROPY -> new EntropyExercise(work);
            case BLOCK -> new BlockExercise(work);
            case NETWORK -> new NetExercise(work);
            case CONSOLE -> new ConsoleExercise(work);
            default -> throw new IllegalArgumentException("no exercise for " + type);
        };
    }

    /** Starts the driver, works with it, and closes it; takes {@code transport} over. */
    abstract void run(Transport transport);

    /** The driver runs: what goes wrong from now on goes wrong with a running device. */
    final void started() {
        started = true;
    }

    final boolean hasStarted() {
        return started;
    }

    final Facts facts() {
        return facts;
    }

    /** Data came that the device cannot have written, and the stack called it success. */
    static final class WrongData extends RuntimeException {

        private static final long serialVersionUID = 1;

        WrongData(String message) {
            super(message);
        }
    }
}
