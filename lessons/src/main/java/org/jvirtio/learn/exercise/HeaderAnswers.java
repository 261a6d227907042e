package org.jvirtio.learn.exercise;

/** Lesson 1: what the header of one function says, read by hand, and then by a program. */
public interface HeaderAnswers {

    int vendorId();

    int deviceId();

    int revision();

    /** Whether the ids are those of a transitional device. */
    boolean transitional();

    /** The virtio device id: 1 network, 2 block, 3 console, 4 entropy. */
    int virtioType();

    boolean hasCapabilityList();

    int capabilityPointer();

    /** The number of the BAR that is in I/O space. */
    int ioBar();

    /** Its address, without the bits that are none of the address. */
    long ioAddress();

    /** The number of the BAR that is 64 bits wide. */
    int wideBar();

    long wideAddress();

    /**
     * The virtio device id of any function.
     *
     * @param header its first 64 bytes
     * @return -1 if it is not a virtio device
     */
    int typeOf(byte[] header);
}
