package org.jvirtio.vfiouser;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jvirtio.EnvironmentException;
import org.jvirtio.Registers;
import org.jvirtio.linux.MappedRegisters;
import org.jvirtio.pci.BarRegisters;
import org.jvirtio.pci.ConfigRegister;
import org.jvirtio.pci.Window;

/**
 * The regions of a device that PCI has: six BARs and the configuration space. A window is mapped
 * where the server offers all of it, and made of messages and events elsewhere.
 */
final class VfioUserRegions implements AutoCloseable {

    private static final long PCI_CONFIG = 256;
    private static final long PCI_EXPRESS_CONFIG = 4096;

    private final ClientSession session;
    private final VfioUserDevice device;
    private final RegionInfo[] regions = new RegionInfo[BarRegisters.COUNT];
    private final RegionEvents[] events = new RegionEvents[BarRegisters.COUNT];
    private final List<MappedRegisters> mapped = new ArrayList<>();
    private final Set<String> decisions = new LinkedHashSet<>();
    private final Registers config;

    VfioUserRegions(ClientSession session, VfioUserDevice device) {
        this.session = session;
        this.device = device;
        try {
            for (int index = 0; index < regions.length; index++) {
                regions[index] = device.region(index);
            }
            config = configuration();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Always by messages: each access of the configuration space has its effect. */
    private Registers configuration() {
        try (RegionInfo region = device.region(RegionInfo.CONFIG)) {
            if (region.size() < ConfigRegister.HEADER_LENGTH) {
                throw session.fail(
                        String.format(
                                "a configuration space of 0x%x bytes, which has at least 0x%x",
                                region.size(), ConfigRegister.HEADER_LENGTH));
            }
            long length =
                    region.size() >= PCI_EXPRESS_CONFIG
                            ? PCI_EXPRESS_CONFIG
                            : Math.min(region.size(), PCI_CONFIG);
            return new MessageRegisters(
                    session,
                    RegionEvents.none(session, "each access has its effect"),
                    RegionInfo.CONFIG,
                    0,
                    length);
        }
    }

    Registers config() {
        return config;
    }

    /** Bytes of the six BARs' regions; 0 where there is none. */
    long[] lengths() {
        long[] lengths = new long[regions.length];
        for (int index = 0; index < lengths.length; index++) {
            lengths[index] = regions[index].size();
        }
        return lengths;
    }

    Registers open(Window window) {
        int index = window.bar().index();
        RegionInfo region = regions[index];
        long length = window.length();
        if (window.offset() > region.size() || length > region.size() - window.offset()) {
            throw new EnvironmentException(
                    String.format(
                            "opening %s of %s: the server gives 0x%x bytes of this BAR. Look at the"
                                    + " function with ./jvirtio explain %s.",
                            window, session.name(), region.size(), session.name()));
        }
        if (!region.mayMap(window.offset(), length)) {
            decisions.add(window + ": by messages, the server lends no file that has all of it");
            return new MessageRegisters(session, events(index), index, window.offset(), length);
        }
        MappedRegisters registers =
                MappedRegisters.map(
                        region.file(),
                        region.position(),
                        window.offset(),
                        length,
                        window + " of " + session.name());
        mapped.add(registers);
        decisions.add(window + ": mapped, the server lends the file");
        return registers;
    }

    /** Asked for once, when a window of that BAR is opened. */
    private RegionEvents events(int index) {
        if (events[index] == null) {
            events[index] = device.events(index, regions[index].size());
            decisions.add("BAR" + index + ": " + events[index].choice());
        }
        return events[index];
    }

    /** How the windows that were opened so far are reached, and why: a sentence each. */
    List<String> decisions() {
        return List.copyOf(decisions);
    }

    @Override
    public void close() {
        mapped.forEach(MappedRegisters::close);
        for (int index = 0; index < regions.length; index++) {
            if (regions[index] != null) {
                regions[index].close();
            }
            if (events[index] != null) {
                events[index].close();
            }
        }
    }
}
