package org.jvirtio.cli.lab;

import java.util.Map;
import org.jvirtio.lab.Station;
import org.jvirtio.pci.PciFunction;

/**
 * The devices that a QEMU was asked for, at the slots they were ordered for; the far end of a
 * network is in the slot behind the near one.
 */
record QemuStation(QemuPlace place, Map<String, Integer> slots) implements Station {

    @Override
    public PciFunction near(String device) {
        return place.open(slot(device));
    }

    @Override
    public PciFunction far(String device) {
        return place.open(slot(device) + 1);
    }

    private int slot(String device) {
        Integer slot = slots.get(device);
        if (slot == null) {
            throw new IllegalArgumentException("no " + device + " among " + slots.keySet());
        }
        return slot;
    }
}
