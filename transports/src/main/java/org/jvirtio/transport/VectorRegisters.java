package org.jvirtio.transport;

/**
 * The registers that tell the device which MSI-X vector to use for which event (virtio 1.4 section
 * 4.1.5.1.2). They are used only while MSI-X is enabled.
 */
interface VectorRegisters {

    /** What reads back where the device refused a vector. */
    int NO_VECTOR = 0xffff;

    /** Maps changes of the configuration to {@code vector}; returns what reads back. */
    int mapConfig(int vector);

    /** Maps used buffers of {@code queue} to {@code vector}; returns what reads back. */
    int mapQueue(int queue, int vector);
}
