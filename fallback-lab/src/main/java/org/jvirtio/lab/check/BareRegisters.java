package org.jvirtio.lab.check;

import org.jvirtio.QueueAddresses;
import org.jvirtio.Registers;

/**
 * The registers of a device without the manners of a transport: one access for each call, whatever
 * state the device is in, and nothing is waited for.
 */
interface BareRegisters {

    /** What a vector register holds while nothing is mapped. */
    int NO_VECTOR = 0xffff;

    int status();

    void writeStatus(int value);

    /** Bits {@code 32 * window} on of what is offered; the legacy layout has one window. */
    int offered(int window);

    void accept(int window, int bits);

    /** Bits that the device took, as it reads back. */
    int accepted(int window);

    /** Queues that there are; the legacy layout has to be asked one by one. */
    int queueCount();

    int queueSize(int queue);

    /** Asks for a size; the legacy layout takes none. */
    void writeQueueSize(int queue, int entries);

    /** Hands a queue over; addresses of the legacy layout follow from the first. */
    void enableQueue(int queue, QueueAddresses addresses);

    boolean isQueueEnabled(int queue);

    /** Rings for a queue, with a value that names it. */
    void doorbell(int queue);

    /** Reads, and so clears, the ISR. */
    int isr();

    /** Maps the configuration to a vector and reads the register back. */
    int mapConfig(int vector);

    int configVector();

    /** Maps a queue to a vector and reads the register back. */
    int mapQueue(int queue, int vector);

    int queueVector(int queue);

    /** The device configuration; of length 0 if there is none. Where it starts may change. */
    Registers deviceConfig();

    /** True if split queues lie in one block with pages of 4096 bytes (section 2.7.2). */
    boolean isLegacy();
}
