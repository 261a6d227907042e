package org.jvirtio.pci;

import static org.jvirtio.pci.DecodedField.equal;
import static org.jvirtio.pci.DecodedField.flag;
import static org.jvirtio.pci.DecodedField.plain;

/** Puts the power management capability into words (PCI Power Management 1.2 section 3.2). */
final class PowerManagementDecoder {

    private static final int[] AUX_MILLIAMPERES = {0, 55, 100, 160, 220, 270, 320, 375};

    private PowerManagementDecoder() {}

    static DecodedCapability decode(PowerManagementCapability capability) {
        return DecodedCapability.of(
                capability,
                "Power Management version " + (capability.capabilities() & 7),
                flags(capability.capabilities()),
                status(capability));
    }

    private static DecodedLine flags(int pmc) {
        String wakes =
                String.format(
                        "PME(D0%s,D1%s,D2%s,D3hot%s,D3cold%s)",
                        sign(pmc, 11), sign(pmc, 12), sign(pmc, 13), sign(pmc, 14), sign(pmc, 15));
        return DecodedLine.of(
                "Flags",
                flag("PMEClk", bit(pmc, 3)),
                flag("DSI", bit(pmc, 5)),
                flag("D1", bit(pmc, 9)),
                flag("D2", bit(pmc, 10)),
                equal("AuxCurrent", AUX_MILLIAMPERES[pmc >>> 6 & 7] + "mA"),
                plain("PME", wakes));
    }

    private static DecodedLine status(PowerManagementCapability capability) {
        int status = capability.controlStatus();
        return DecodedLine.of(
                "Status",
                plain("state", "D" + capability.powerState()),
                flag("NoSoftRst", bit(status, 3)),
                flag("PME-Enable", bit(status, 8)),
                equal("DSel", status >>> 9 & 0xf),
                equal("DScale", status >>> 13 & 3),
                flag("PME", bit(status, 15)));
    }

    private static boolean bit(int value, int bit) {
        return (value >>> bit & 1) != 0;
    }

    private static String sign(int value, int bit) {
        return bit(value, bit) ? "+" : "-";
    }
}
