package org.jvirtio.lab.peers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jvirtio.dump.DumpFunction;
import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.model.EmulatedFunction;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.Capability;
import org.jvirtio.pci.CapabilityList;
import org.jvirtio.pci.ConfigSnapshot;
import org.jvirtio.pci.DeviceIdentity;
import org.jvirtio.pci.VirtioCapability;

/**
 * The configuration bytes of a sound emulated function, of which single ones are then changed.
 * Field offsets are written out here on purpose: a mistake in the peers must not hide itself.
 */
final class SpoiltFunction {

    static final int CAP_LEN = 2;
    static final int CFG_TYPE = 3;
    static final int BAR = 4;
    static final int OFFSET = 8;
    static final int LENGTH = 12;
    static final int MULTIPLIER = 16;

    private static final int FREE = 0xc8;

    private final byte[] bytes;
    private final List<Bar> bars;
    private final CapabilityList capabilities;

    private SpoiltFunction(EmulatedFunction function) {
        ConfigSnapshot snapshot = ConfigSnapshot.of(function.config());
        bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (snapshot.has(i) ? snapshot.read8(i) : 0);
        }
        bars = new ArrayList<>(function.bars());
        capabilities = CapabilityList.of(function.config());
    }

    static SpoiltFunction of(String device) {
        try (EmulatedFunction function = EmulatedDevices.parse(device)) {
            return new SpoiltFunction(function);
        }
    }

    SpoiltFunction put8(int offset, int value) {
        bytes[offset] = (byte) value;
        return this;
    }

    SpoiltFunction put32(int offset, long value) {
        for (int i = 0; i < 4; i++) {
            put8(offset + i, (int) (value >>> (8 * i)));
        }
        return this;
    }

    SpoiltFunction withoutList() {
        return put8(0x34, 0).put8(6, 0);
    }

    /** Turns the capability into one of a type that nobody knows. */
    SpoiltFunction without(int cfgType) {
        return put8(at(cfgType) + CFG_TYPE, 7);
    }

    SpoiltFunction field8(int cfgType, int field, int value) {
        return put8(at(cfgType) + field, value);
    }

    SpoiltFunction field32(int cfgType, int field, long value) {
        return put32(at(cfgType) + field, value);
    }

    /** Another capability of a type before all others. */
    SpoiltFunction before(int cfgType, int bar, long offset, long length) {
        return another(cfgType, bar, offset, length, bytes[0x34] & 0xff).put8(0x34, FREE);
    }

    /** The same after all others. */
    SpoiltFunction after(int cfgType, int bar, long offset, long length) {
        return another(cfgType, bar, offset, length, 0).put8(last() + 1, FREE);
    }

    /** The last capability leads back to the first. */
    SpoiltFunction loop() {
        return put8(last() + 1, bytes[0x34]);
    }

    /** The last capability leads back to itself. */
    SpoiltFunction loopOfTheLast() {
        return put8(last() + 1, last());
    }

    SpoiltFunction bar(Bar bar) {
        bars.removeIf(old -> old.index() == bar.index());
        bars.add(bar);
        return this;
    }

    SpoiltFunction withoutBar(int index) {
        bars.removeIf(old -> old.index() == index);
        return this;
    }

    private SpoiltFunction another(int cfgType, int bar, long offset, long length, int next) {
        return put8(FREE, 9)
                .put8(FREE + 1, next)
                .put8(FREE + CAP_LEN, 16)
                .put8(FREE + CFG_TYPE, cfgType)
                .put8(FREE + BAR, bar)
                .put32(FREE + OFFSET, offset)
                .put32(FREE + LENGTH, length);
    }

    private int at(int cfgType) {
        return capabilities.capabilities().stream()
                .filter(VirtioCapability.class::isInstance)
                .map(VirtioCapability.class::cast)
                .filter(capability -> capability.type().cfgType() == cfgType)
                .findFirst()
                .orElseThrow()
                .configOffset();
    }

    private int last() {
        List<Capability> all = capabilities.capabilities();
        return all.get(all.size() - 1).configOffset();
    }

    PeerFacts facts() {
        DumpFunction dump = new DumpFunction("test", Arrays.copyOf(bytes, bytes.length));
        return new PeerFacts(
                DeviceIdentity.of(dump.config()), ConfigSnapshot.of(dump.config()), bars);
    }

    /** What can be read without privilege. */
    PeerFacts header() {
        DumpFunction dump = new DumpFunction("test", Arrays.copyOf(bytes, 64));
        return new PeerFacts(
                DeviceIdentity.of(dump.config()), ConfigSnapshot.of(dump.config()), bars);
    }
}
