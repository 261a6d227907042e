package org.jvirtio.device;

import java.util.List;
import org.jvirtio.Feature;
import org.jvirtio.Register;

/**
 * Feature bits of a console device (virtio 1.4 section 5.3.3), with the configuration fields that
 * each brings.
 */
public enum ConsoleFeature implements Feature {
    SIZE(0, ConsoleConfig.COLS, ConsoleConfig.ROWS),
    MULTIPORT(1, ConsoleConfig.MAX_NR_PORTS),
    EMERG_WRITE(2, ConsoleConfig.EMERG_WR);

    private final int bit;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is as immutable as it gets
    private final List<Register> fields;

    ConsoleFeature(int bit, Register... fields) {
        this.bit = bit;
        this.fields = List.of(fields);
    }

    @Override
    public int bit() {
        return bit;
    }

    @Override
    public List<Register> fields() {
        return fields;
    }
}
