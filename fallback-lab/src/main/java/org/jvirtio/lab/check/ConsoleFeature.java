package org.jvirtio.lab.check;

import org.jvirtio.Feature;

/** Feature bits of a console device (virtio 1.4 section 5.3.3). */
enum ConsoleFeature implements Feature {
    SIZE(0),
    MULTIPORT(1),
    EMERG_WRITE(2);

    private final int bit;

    ConsoleFeature(int bit) {
        this.bit = bit;
    }

    @Override
    public int bit() {
        return bit;
    }
}
