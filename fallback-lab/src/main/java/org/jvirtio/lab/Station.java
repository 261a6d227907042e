package org.jvirtio.lab;

import org.jvirtio.pci.PciFunction;

/**
 * Where devices are that nobody here made: QEMU's in a guest, QEMU's on a socket. They are called
 * by what they are, in the words of the models: {@code block,layout=virtio1}.
 */
public interface Station {

    /** Takes a device for driving until it is closed; of a network the near end. */
    PciFunction near(String device);

    /** Takes the other end of a network. */
    PciFunction far(String device);
}
