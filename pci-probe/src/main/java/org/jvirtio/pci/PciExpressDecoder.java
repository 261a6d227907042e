package org.jvirtio.pci;

import static org.jvirtio.pci.DecodedField.flag;
import static org.jvirtio.pci.DecodedField.words;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts the main registers of the PCI Express capability into words (PCI Express 3.0 section 7.8).
 */
final class PciExpressDecoder {

    private static final String[] TYPES = {
        "Endpoint",
        "Legacy Endpoint",
        "Unknown type 2",
        "Unknown type 3",
        "Root Port",
        "Upstream Port",
        "Downstream Port",
        "PCI-Express to PCI/PCI-X Bridge",
        "PCI/PCI-X to PCI-Express Bridge",
        "Root Complex Integrated Endpoint",
        "Root Complex Event Collector"
    };
    private static final int ROOT_PORT = 4;
    private static final int UPSTREAM_PORT = 5;
    private static final int DOWNSTREAM_PORT = 6;
    private static final String[] L0S = {
        "<64ns", "<128ns", "<256ns", "<512ns", "<1us", "<2us", "<4us", "unlimited"
    };
    private static final String[] L1 = {
        "<1us", "<2us", "<4us", "<8us", "<16us", "<32us", "<64us", "unlimited"
    };
    private static final String[] SPEEDS = {"2.5", "5", "8", "16", "32", "64"};
    private static final String[] ASPM = {"not supported", "L0s", "L1", "L0s L1"};
    private static final String[] ASPM_CONTROL = {
        "Disabled", "L0s Enabled", "L1 Enabled", "L0s L1 Enabled"
    };

    private final PciExpressCapability capability;

    private PciExpressDecoder(PciExpressCapability capability) {
        this.capability = capability;
    }

    static DecodedCapability decode(PciExpressCapability capability) {
        PciExpressDecoder decoder = new PciExpressDecoder(capability);
        List<DecodedLine> lines = new ArrayList<>();
        lines.add(decoder.deviceCapabilities());
        lines.add(decoder.deviceControl());
        lines.add(decoder.deviceStatus());
        if (capability.hasLink()) {
            lines.add(decoder.linkCapabilities());
            lines.add(decoder.linkControl());
            lines.add(decoder.linkStatus());
        }
        return new DecodedCapability(capability.configOffset(), decoder.title(), lines);
    }

    private String title() {
        int type = capability.portType();
        boolean slot = type == ROOT_PORT || type == DOWNSTREAM_PORT;
        int register = capability.read(PciExpressField.CAPABILITIES);
        return String.format(
                "Express (v%d) %s%s, MSI %02x",
                capability.version(),
                type < TYPES.length ? TYPES[type] : "Unknown type " + type,
                slot ? " (" + flag("Slot", bit(register, 8)).text() + ")" : "",
                capability.interruptMessage());
    }

    private DecodedLine deviceCapabilities() {
        int value = capability.read(PciExpressField.DEVICE_CAPABILITIES);
        List<DecodedField> fields = new ArrayList<>();
        fields.add(words("MaxPayload", (128 << (value & 7)) + " bytes").then(","));
        if (isEndpoint()) {
            fields.add(words("PhantFunc", (1 << (value >>> 3 & 3)) - 1).then(","));
            fields.add(words("Latency L0s", L0S[value >>> 6 & 7]).then(","));
            fields.add(words("L1", L1[value >>> 9 & 7]).then(","));
        } else {
            fields.add(words("PhantFunc", (1 << (value >>> 3 & 3)) - 1).then(","));
        }
        fields.add(flag("ExtTag", bit(value, 5)));
        if (isEndpoint() || capability.portType() == UPSTREAM_PORT) {
            fields.add(flag("AttnBtn", bit(value, 12)));
            fields.add(flag("AttnInd", bit(value, 13)));
            fields.add(flag("PwrInd", bit(value, 14)));
        }
        fields.add(flag("RBE", bit(value, 15)));
        if (isEndpoint()) {
            fields.add(flag("FLReset", bit(value, 28)));
        }
        return new DecodedLine("DevCap", fields);
    }

    private DecodedLine deviceControl() {
        int value = capability.read(PciExpressField.DEVICE_CONTROL);
        return DecodedLine.of(
                "DevCtl",
                flag("CorrErr", bit(value, 0)),
                flag("NonFatalErr", bit(value, 1)),
                flag("FatalErr", bit(value, 2)),
                flag("UnsupReq", bit(value, 3)),
                flag("RlxdOrd", bit(value, 4)),
                flag("ExtTag", bit(value, 8)),
                flag("PhantFunc", bit(value, 9)),
                flag("AuxPwr", bit(value, 10)),
                flag("NoSnoop", bit(value, 11)).then(","),
                words("MaxPayload", (128 << (value >>> 5 & 7)) + " bytes").then(","),
                words("MaxReadReq", (128 << (value >>> 12 & 7)) + " bytes"));
    }

    private DecodedLine deviceStatus() {
        int value = capability.read(PciExpressField.DEVICE_STATUS);
        return DecodedLine.of(
                "DevSta",
                flag("CorrErr", bit(value, 0)),
                flag("NonFatalErr", bit(value, 1)),
                flag("FatalErr", bit(value, 2)),
                flag("UnsupReq", bit(value, 3)),
                flag("AuxPwr", bit(value, 4)),
                flag("TransPend", bit(value, 5)));
    }

    private DecodedLine linkCapabilities() {
        int value = capability.read(PciExpressField.LINK_CAPABILITIES);
        int aspm = value >>> 10 & 3;
        return DecodedLine.of(
                "LnkCap",
                words("Port", "#" + (value >>> 24)).then(","),
                words("Speed", speed(value)).then(","),
                words("Width", "x" + (value >>> 4 & 0x3f)).then(","),
                words("ASPM", ASPM[aspm]).then(","),
                flag("ClockPM", bit(value, 18)),
                flag("Surprise", bit(value, 19)),
                flag("LLActRep", bit(value, 20)),
                flag("BwNot", bit(value, 21)),
                flag("ASPMOptComp", bit(value, 22)));
    }

    private DecodedLine linkControl() {
        int value = capability.read(PciExpressField.LINK_CONTROL);
        return DecodedLine.of(
                "LnkCtl",
                words("ASPM", ASPM_CONTROL[value & 3]).then(";"),
                words("RCB", (bit(value, 3) ? 128 : 64) + " bytes").then(","),
                flag("Disabled", bit(value, 4)),
                flag("CommClk", bit(value, 6)),
                flag("ExtSynch", bit(value, 7)),
                flag("ClockPM", bit(value, 8)),
                flag("AutWidDis", bit(value, 9)),
                flag("BWInt", bit(value, 10)),
                flag("AutBWInt", bit(value, 11)));
    }

    private DecodedLine linkStatus() {
        int value = capability.read(PciExpressField.LINK_STATUS);
        return DecodedLine.of(
                "LnkSta",
                words("Speed", speed(value)).then(","),
                words("Width", "x" + (value >>> 4 & 0x3f)).then(","),
                flag("TrErr", bit(value, 10)),
                flag("Train", bit(value, 11)),
                flag("SlotClk", bit(value, 12)),
                flag("DLActive", bit(value, 13)),
                flag("BWMgmt", bit(value, 14)),
                flag("ABWMgmt", bit(value, 15)));
    }

    private boolean isEndpoint() {
        return capability.portType() <= 1;
    }

    private static String speed(int value) {
        int code = value & 0xf;
        return code >= 1 && code <= SPEEDS.length ? SPEEDS[code - 1] + "GT/s" : "unknown";
    }

    private static boolean bit(int value, int bit) {
        return (value >>> bit & 1) != 0;
    }
}
