package org.jvirtio.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jvirtio.Registers;
import org.jvirtio.dump.DumpFunction;
import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.model.EmulatedFunction;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.ConfigSnapshot;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.Policy;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From 256 configuration bytes to a layout choice with all of its evidence. It is far more code
 * than a ring, so it is compiled later and warms up longer.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 2)
public class Choice {

    @Param({"legacy", "transitional", "virtio1", "mail-transitional", "mail-fast-isr"})
    public String layout;

    @Param({"auto", "legacy-first"})
    public String policy;

    private Registers config;
    private List<Bar> bars;
    private Policy by;

    /** Saves the bytes of an emulated disk, so that no model is asked while time is taken. */
    @Setup
    public void save() {
        try (EmulatedFunction function = EmulatedDevices.parse("block,layout=" + layout)) {
            ConfigSnapshot snapshot = ConfigSnapshot.of(function.config());
            byte[] bytes = new byte[256];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (snapshot.has(i) ? snapshot.read8(i) : 0);
            }
            config = new DumpFunction(layout, bytes).config();
            bars = function.bars();
        }
        by = Policy.parse(policy);
    }

    /** One choice. */
    @Benchmark
    public LayoutChoice choose() {
        return LayoutChoice.of(layout, config, bars, by);
    }
}
