package org.jvirtio.examples;

import java.util.List;
import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.pci.Candidate;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;

/** The same question to six devices: which layout, and why not the others. */
public final class FallbackTour {

    private static final List<String> LAYOUTS =
            List.of(
                    "virtio1",
                    "transitional",
                    "legacy",
                    "mail-transitional",
                    "mail-fast-isr",
                    "mail-slow-isr");

    private FallbackTour() {}

    public static void main(String[] arguments) {
        Policy policy = arguments.length > 0 ? Policy.parse(arguments[0]) : Policy.AUTO;
        System.out.println(
                "Choosing a layout under policy " + policy + " for six emulated devices");
        for (String layout : LAYOUTS) {
            try (PciFunction function = EmulatedDevices.parse("entropy,layout=" + layout)) {
                print(LayoutChoice.of(function, policy));
            }
        }
    }

    private static void print(LayoutChoice choice) {
        System.out.println();
        System.out.println(choice.function() + ": " + choice.identity());
        for (Candidate candidate : choice.candidates()) {
            System.out.println(
                    "  "
                            + candidate.kind().label()
                            + ": "
                            + candidate.verdict()
                            + ", "
                            + candidate.reason());
        }
    }
}
