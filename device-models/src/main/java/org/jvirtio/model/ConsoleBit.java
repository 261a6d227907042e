package org.jvirtio.model;

/** Feature bits of a console device (virtio 1.4 section 5.3.3). */
enum ConsoleBit {
    SIZE(0),
    MULTIPORT(1),
    EMERG_WRITE(2);

    final int bit;

    ConsoleBit(int bit) {
        this.bit = bit;
    }
}
