package org.jvirtio.device;

import java.util.Optional;

/** What a control message says (virtio 1.4 section 5.3.6.2). */
enum ConsoleEvent {
    /** From us: value 1 if we are ready for ports. */
    DEVICE_READY(0),
    /** There is a port of this number. */
    DEVICE_ADD(1),
    /** There is not any more. */
    DEVICE_REMOVE(2),
    /** From us: value 1 if we are ready to use the port, 0 if we cannot. */
    PORT_READY(3),
    /** The port is for a person to sit at; it is answered with PORT_OPEN. */
    CONSOLE_PORT(4),
    /** The size of the port's screen follows. */
    RESIZE(5),
    /** From either side: value 1 if there is somebody at its end, 0 if not any more. */
    PORT_OPEN(6),
    /** The port's name follows. */
    PORT_NAME(7);

    private static final ConsoleEvent[] ALL = values();

    private final int number;

    ConsoleEvent(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /** Nothing if no device says that. */
    static Optional<ConsoleEvent> fromDevice(int number) {
        for (ConsoleEvent event : ALL) {
            if (event.number == number && event != DEVICE_READY && event != PORT_READY) {
                return Optional.of(event);
            }
        }
        return Optional.empty();
    }
}
