package org.jvirtio.examples;

import java.util.HexFormat;
import org.jvirtio.DeviceType;
import org.jvirtio.device.EntropyDriver;
import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.transport.Transports;

/** The shortest way from a PCI function to bytes: choose, open, start, read. */
public final class ReadEntropy {

    private ReadEntropy() {}

    public static void main(String[] arguments) {
        String device = arguments.length > 0 ? arguments[0] : "entropy,layout=virtio1";
        System.out.println("Reading 16 random bytes from the emulated device " + device);
        // tag::read[]
        PciFunction function = EmulatedDevices.parse(device);
        LayoutChoice choice = LayoutChoice.of(function, Policy.AUTO);
        System.out.println(
                "It is " + choice.identity() + "; its layout is " + choice.require().label());
        try (EntropyDriver driver =
                EntropyDriver.start(
                        Transports.open(function, DeviceType.ENTROPY, choice.require()))) {
            byte[] random = new byte[16];
            driver.fill(random);
            System.out.println(HexFormat.of().formatHex(random));
        }
        // end::read[]
    }
}
