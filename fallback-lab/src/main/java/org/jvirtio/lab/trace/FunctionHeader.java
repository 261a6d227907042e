package org.jvirtio.lab.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jvirtio.EnvironmentException;
import org.jvirtio.Registers;
import org.jvirtio.dump.DumpFunction;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.CapabilityList;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.VirtioField;
import org.jvirtio.trace.TraceHeader;
import org.jvirtio.trace.TraceRegion;

/** A PCI function as the header of a trace, and back: its name, configuration bytes and BARs. */
final class FunctionHeader {

    static final String CONFIG = "config";

    private static final String BAR = "BAR";
    private static final String IO = "io";
    private static final String MEMORY = "memory";
    private static final String WIDE = "wide";
    private static final String PREFETCHABLE = "prefetchable";

    private FunctionHeader() {}

    /** Reads the whole configuration space once, in units of four bytes. */
    static TraceHeader of(PciFunction function) {
        List<TraceRegion> regions = new ArrayList<>();
        regions.add(TraceRegion.ofBytes(CONFIG, bytes(function.config())));
        function.bars().forEach(bar -> regions.add(region(bar)));
        return new TraceHeader(function.name(), regions);
    }

    /** {@code BAR4}. */
    static String regionName(int bar) {
        return BAR + bar;
    }

    /** The configuration bytes as they were, to be read only. */
    static Registers config(TraceHeader header) {
        TraceRegion config =
                header.region(CONFIG)
                        .orElseThrow(
                                () ->
                                        new EnvironmentException(
                                                "reading the trace of "
                                                        + header.function()
                                                        + ": its header has no region '"
                                                        + CONFIG
                                                        + "', so it is no trace of a PCI function."
                                                        + " Record it again."));
        return new DumpFunction(header.function(), config.bytes()).config();
    }

    static List<Bar> bars(TraceHeader header) {
        List<Bar> bars = new ArrayList<>();
        for (TraceRegion region : header.regions()) {
            if (region.name().matches(BAR + "[0-5]")) {
                bars.add(bar(region));
            }
        }
        return bars;
    }

    /** All bytes but the data of PCI_CFG, whose reading is an access to the device. */
    private static byte[] bytes(Registers config) {
        OptionalInt data = pciCfgData(config);
        byte[] bytes = new byte[(int) config.length()];
        for (int at = 0; at < bytes.length; at += 4) {
            int word = data.isPresent() && data.getAsInt() == at ? 0 : config.read32(at);
            for (int i = 0; i < 4; i++) {
                bytes[at + i] = (byte) (word >>> (8 * i));
            }
        }
        return bytes;
    }

    private static OptionalInt pciCfgData(Registers config) {
        return CapabilityList.of(config).capabilities().stream()
                .filter(ConfigStructures::isPciCfg)
                .mapToInt(window -> window.configOffset() + VirtioField.PCI_CFG_DATA.offset())
                .findFirst();
    }

    private static TraceRegion region(Bar bar) {
        List<String> traits = new ArrayList<>();
        traits.add(bar.space() == Bar.Space.IO ? IO : MEMORY);
        if (bar.wide()) {
            traits.add(WIDE);
        }
        if (bar.prefetchable()) {
            traits.add(PREFETCHABLE);
        }
        return new TraceRegion(regionName(bar.index()), bar.address(), bar.length(), traits, "");
    }

    private static Bar bar(TraceRegion region) {
        return new Bar(
                region.name().charAt(BAR.length()) - '0',
                region.has(IO) ? Bar.Space.IO : Bar.Space.MEMORY,
                region.has(WIDE),
                region.has(PREFETCHABLE),
                region.address(),
                region.length());
    }
}
