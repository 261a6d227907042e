package org.jvirtio.lab.peers;

import java.util.List;
import java.util.Optional;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.ConfigSnapshot;
import org.jvirtio.pci.DeviceIdentity;
import org.jvirtio.pci.PciFunction;

/**
 * What every driver looks at: the ids, the bytes, the BARs. Each reads the capability list in its
 * own way, so there is none here; see {@link ListWalk}.
 */
public final class PeerFacts {

    private static final int FIRST_MODERN = 0x1040;
    private static final int STATUS = 0x06;
    private static final int HAS_LIST = 0x10;
    private static final int LIST = 0x34;

    private final DeviceIdentity identity;
    private final ConfigSnapshot bytes;
    private final List<Bar> bars;

    public PeerFacts(DeviceIdentity identity, ConfigSnapshot bytes, List<Bar> bars) {
        this.identity = identity;
        this.bytes = bytes;
        this.bars = List.copyOf(bars);
    }

    /** Reads the configuration space of a function, and nothing of its device. */
    public static PeerFacts of(PciFunction function) {
        return new PeerFacts(
                DeviceIdentity.of(function.config()),
                ConfigSnapshot.of(function.config()),
                function.bars());
    }

    DeviceIdentity identity() {
        return identity;
    }

    ConfigSnapshot bytes() {
        return bytes;
    }

    boolean isVirtio() {
        return identity.kind() != DeviceIdentity.Kind.NOT_VIRTIO;
    }

    boolean isTransitional() {
        return identity.kind() == DeviceIdentity.Kind.TRANSITIONAL;
    }

    /** The virtio device id as all of these drivers compute it, without a second look. */
    int type() {
        return isTransitional() ? identity.subsystemDevice() : identity.device() - FIRST_MODERN;
    }

    /** The BAR, if it is implemented. */
    Optional<Bar> bar(int index) {
        return bars.stream().filter(bar -> bar.index() == index && bar.length() != 0).findFirst();
    }

    /** Bit 4 of the status register. */
    boolean saysThatThereIsAList() {
        return (bytes.read8(STATUS) & HAS_LIST) != 0;
    }

    int listPointer() {
        return bytes.read8(LIST);
    }

    /** A list that begins where nothing can be read, as without root: nobody's verdict is known. */
    boolean endsTooSoon() {
        return bytes.length() < 256 && listPointer() != 0;
    }

    /** {@code device id 0x1042}. */
    String deviceId() {
        return String.format("device id 0x%04x", identity.device());
    }

    /** {@code BAR 4, memory, 0x4000 bytes}. */
    String describe(int index) {
        return bar(index)
                .map(
                        bar ->
                                "BAR "
                                        + index
                                        + (bar.space() == Bar.Space.IO ? ", I/O" : ", memory")
                                        + (bar.lengthKnown()
                                                ? String.format(", 0x%x bytes", bar.length())
                                                : ""))
                .orElse("BAR " + index + " is not implemented");
    }
}
