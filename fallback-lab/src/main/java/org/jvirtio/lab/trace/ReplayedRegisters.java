package org.jvirtio.lab.trace;

import org.jvirtio.RegistersByWidth;
import org.jvirtio.trace.Access;
import org.jvirtio.trace.Access.Direction;

/** Registers of a recorded device. */
final class ReplayedRegisters implements RegistersByWidth {

    private final ReplayScript script;
    private final String region;
    private final long base;
    private final long length;

    ReplayedRegisters(ReplayScript script, String region, long base, long length) {
        this.script = script;
        this.region = region;
        this.base = base;
        this.length = length;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public int read(int offset, int width) {
        return script.read(access(Direction.READ, offset, width, 0));
    }

    @Override
    public void write(int offset, int width, int value) {
        script.write(access(Direction.WRITE, offset, width, value));
    }

    private Access access(Direction direction, int offset, int width, int value) {
        if (offset < 0 || offset > length - width) {
            throw new IndexOutOfBoundsException(
                    String.format(
                            "%d bytes at 0x%x of 0x%x bytes of %s+0x%x",
                            width, offset, length, region, base));
        }
        return new Access(0, direction, region, base + offset, width, value);
    }
}
