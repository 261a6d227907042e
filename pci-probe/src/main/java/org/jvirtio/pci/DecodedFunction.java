package org.jvirtio.pci;

import java.util.List;

/**
 * The configuration space of a function in words: at least what {@code lspci -vv} shows of a virtio
 * function, and the capabilities that it does not know. Printed by {@link DecodedText} and {@link
 * DecodedJson}.
 */
public final class DecodedFunction {

    private final String name;
    private final String title;
    private final List<DecodedLine> header;
    private final List<DecodedCapability> capabilities;
    private final List<String> notes;

    DecodedFunction(
            String name,
            String title,
            List<DecodedLine> header,
            List<DecodedCapability> capabilities,
            List<String> notes) {
        this.name = name;
        this.title = title;
        this.header = List.copyOf(header);
        this.capabilities = List.copyOf(capabilities);
        this.notes = List.copyOf(notes);
    }

    /** Reads and decodes; nothing is written, and no register of the device is read. */
    public static DecodedFunction of(PciFunction function) {
        CapabilityList list = CapabilityList.of(function.config());
        HeaderDecoder header = new HeaderDecoder(function.config(), function.bars());
        return new DecodedFunction(
                function.name(),
                header.title(),
                header.lines(),
                list.capabilities().stream().map(CapabilityDecoder::decode).toList(),
                list.notes());
    }

    String name() {
        return name;
    }

    /** Class and ids: {@code 0100: 1af4:1042 (rev 01)}. */
    String title() {
        return title;
    }

    List<DecodedLine> header() {
        return header;
    }

    List<DecodedCapability> capabilities() {
        return capabilities;
    }

    List<String> notes() {
        return notes;
    }
}
