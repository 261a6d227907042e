package org.jvirtio.lab.matrix;

import org.jvirtio.DeviceType;

/** The kind of device a cell drives. */
public enum CellDevice {
    ENTROPY("entropy", DeviceType.ENTROPY),
    BLOCK("block", DeviceType.BLOCK),
    NET("net", DeviceType.NETWORK),
    CONSOLE("console", DeviceType.CONSOLE);

    private final String label;
    private final DeviceType type;

    CellDevice(String label, DeviceType type) {
        this.label = label;
        this.type = type;
    }

    public String label() {
        return label;
    }

    public DeviceType type() {
        return type;
    }
}
