package org.jvirtio.device;

/** The size of a screen, in characters; as the device says it, so either may be 0. */
public record ConsoleSize(int columns, int rows) {

    @Override
    public String toString() {
        return columns + " x " + rows;
    }
}
