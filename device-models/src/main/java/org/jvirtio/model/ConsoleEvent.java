package org.jvirtio.model;

import java.util.Optional;

/** What a control message of a console says (virtio 1.4 section 5.3.6.2). */
enum ConsoleEvent {
    /** From the driver: value 1 if it is ready for ports, 0 if it failed. */
    DEVICE_READY(0),
    DEVICE_ADD(1),
    DEVICE_REMOVE(2),

    /** From the driver: value 1 if it is ready to use the port, 0 if it failed. */
    PORT_READY(3),
    CONSOLE_PORT(4),
    RESIZE(5),

    /** From either side: value 1 if there is somebody at its end, 0 if not any more. */
    PORT_OPEN(6),
    PORT_NAME(7);

    final int number;

    ConsoleEvent(int number) {
        this.number = number;
    }

    static Optional<ConsoleEvent> of(int number) {
        return number < values().length ? Optional.of(values()[number]) : Optional.empty();
    }
}
