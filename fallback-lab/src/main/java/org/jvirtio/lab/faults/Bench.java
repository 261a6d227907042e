package org.jvirtio.lab.faults;

import org.jvirtio.DeviceType;
import org.jvirtio.pci.PciFunction;

/** Where the devices are that faults are injected into. */
interface Bench {

    DeviceType type();

    /** The policy under which the device works as long as nothing is wrong. */
    default String usualPolicy() {
        return Injection.USUAL_POLICY;
    }

    /** A fresh device with what is wrong about it; whoever tries it closes it. */
    PciFunction open(Injection injection);

    /** What happened to the device opened last that must never happen; empty if nothing did. */
    String harm(Injection injection);
}
