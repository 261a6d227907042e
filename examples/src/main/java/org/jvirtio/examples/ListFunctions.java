package org.jvirtio.examples;

import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.Capability;
import org.jvirtio.pci.CapabilityList;
import org.jvirtio.pci.PciFunction;

/** What discovery starts from: ids, BARs and the capability list of every emulated device. */
public final class ListFunctions {

    private ListFunctions() {}

    public static void main(String[] arguments) {
        System.out.println("Listing the emulated devices with their BARs and capabilities");
        for (String name : EmulatedDevices.all()) {
            try (PciFunction function = EmulatedDevices.parse(name)) {
                print(function);
            }
        }
    }

    private static void print(PciFunction function) {
        System.out.println();
        System.out.println(function.name());
        for (Bar bar : function.bars()) {
            System.out.printf("  BAR%d %s, 0x%x bytes%n", bar.index(), bar.space(), bar.length());
        }
        for (Capability capability : CapabilityList.of(function.config()).capabilities()) {
            System.out.println("  " + capability);
        }
    }
}
