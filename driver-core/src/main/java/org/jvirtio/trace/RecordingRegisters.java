package org.jvirtio.trace;

import org.jvirtio.Registers;
import org.jvirtio.trace.Access.Direction;

/**
 * Registers that write down each access to the registers below, which see the same accesses as
 * without. An access that throws was none and is not written down.
 *
 * <p>Whoever does not record does not pay: nothing below knows of this class.
 */
final class RecordingRegisters implements Registers {

    private final TraceRecorder recorder;
    private final String region;
    private final long base;
    private final Registers registers;

    RecordingRegisters(TraceRecorder recorder, String region, long base, Registers registers) {
        this.recorder = recorder;
        this.region = region;
        this.base = base;
        this.registers = registers;
    }

    @Override
    public long length() {
        return registers.length();
    }

    @Override
    public int read8(int offset) {
        synchronized (recorder) {
            long nanos = recorder.now();
            return read(nanos, offset, 1, registers.read8(offset));
        }
    }

    @Override
    public int read16(int offset) {
        synchronized (recorder) {
            long nanos = recorder.now();
            return read(nanos, offset, 2, registers.read16(offset));
        }
    }

    @Override
    public int read32(int offset) {
        synchronized (recorder) {
            long nanos = recorder.now();
            return read(nanos, offset, 4, registers.read32(offset));
        }
    }

    @Override
    public void write8(int offset, int value) {
        synchronized (recorder) {
            long nanos = recorder.now();
            registers.write8(offset, value);
            written(nanos, offset, 1, value);
        }
    }

    @Override
    public void write16(int offset, int value) {
        synchronized (recorder) {
            long nanos = recorder.now();
            registers.write16(offset, value);
            written(nanos, offset, 2, value);
        }
    }

    @Override
    public void write32(int offset, int value) {
        synchronized (recorder) {
            long nanos = recorder.now();
            registers.write32(offset, value);
            written(nanos, offset, 4, value);
        }
    }

    private int read(long nanos, int offset, int width, int value) {
        recorder.add(nanos, Direction.READ, region, base + offset, width, value);
        return value;
    }

    private void written(long nanos, int offset, int width, int value) {
        recorder.add(nanos, Direction.WRITE, region, base + offset, width, value);
    }
}
