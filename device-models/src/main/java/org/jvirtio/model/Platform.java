package org.jvirtio.model;

/** What a device model needs from the PCI function around it. */
interface Platform {

    boolean msixEnabled();

    /** Entries of the MSI-X table; 0 if there is none. */
    int vectors();

    /** False: the function may neither reach memory nor send messages. */
    boolean busMaster();

    /** Sends the message of one MSI-X vector. */
    void message(int vector);

    /** Forgets the messages that a mask holds back: the device was reset. */
    void withdrawMessages();

    /** Looks at the level of the interrupt pin again. */
    void pinChanged();

    /** A queue has work; it is done now, later, or on another thread. */
    void workPending();

    /** Runs {@code action} while neither driver nor model runs. */
    void locked(Runnable action);

    /** Memory at the addresses that the accepted features imply. */
    DriverMemory memory(boolean accessPlatform);
}
