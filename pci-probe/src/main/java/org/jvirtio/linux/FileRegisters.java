package org.jvirtio.linux;

import java.lang.ref.Reference;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.Registers;
import org.jvirtio.memory.NativeMemory;

/**
 * Registers behind a file: configuration space, and BARs in I/O space, through sysfs or VFIO. Each
 * access is one pread(2) or pwrite(2) of exactly its width, which the kernel turns into one access
 * to the function as long as it is aligned.
 *
 * <p>May be used from any thread, since the doorbells of a device whose queues are of several
 * threads are here: the lock costs nothing beside a system call.
 */
public final class FileRegisters implements Registers {

    private final Descriptor file;
    private final long start;
    private final long length;
    private final boolean writable;
    private final NativeMemory value = NativeMemory.allocateFor(this, 4);

    /**
     * Describes registers.
     *
     * @param start position of the first one in the file
     * @param writable false: writing is a mistake of the caller, and is refused without a call
     */
    public FileRegisters(Descriptor file, long start, long length, boolean writable) {
        this.file = file;
        this.start = start;
        this.length = length;
        this.writable = writable;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public synchronized int read8(int offset) {
        return load(offset, 1);
    }

    @Override
    public synchronized int read16(int offset) {
        return load(offset, 2);
    }

    @Override
    public synchronized int read32(int offset) {
        return load(offset, 4);
    }

    @Override
    public synchronized void write8(int offset, int bits) {
        store(offset, 1, bits);
    }

    @Override
    public synchronized void write16(int offset, int bits) {
        store(offset, 2, bits);
    }

    @Override
    public synchronized void write32(int offset, int bits) {
        store(offset, 4, bits);
    }

    private int load(int offset, int width) {
        RegisterBounds.check(offset, width, length);
        value.write32(0, 0); // The bytes that a narrow access leaves are 0.
        try {
            long done = Libc.pread(file.fd(), value.address(), width, start + offset);
            if (done != width) {
                throw broken("reading", offset, width, done);
            }
            return value.read32(0);
        } finally {
            Reference.reachabilityFence(this); // The kernel writes to what is freed with this.
        }
    }

    private void store(int offset, int width, int bits) {
        RegisterBounds.check(offset, width, length);
        if (!writable) {
            throw new IllegalStateException(
                    String.format(
                            "%d-byte write at 0x%x of %s, which was opened for reading only",
                            width, offset, file.name()));
        }
        value.write32(0, bits);
        try {
            long done = Libc.pwrite(file.fd(), value.address(), width, start + offset);
            if (done != width) {
                throw broken("writing", offset, width, done);
            }
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    private DeviceBrokenException broken(String what, int offset, int width, long done) {
        return new DeviceBrokenException(
                String.format(
                        "%s %d bytes at 0x%x of %s: %s. The function is gone, closed, or does not"
                                + " decode this BAR: look for it with lspci, then open it anew.",
                        what,
                        width,
                        offset,
                        file.name(),
                        done < 0 ? Errno.describe(done) : done + " bytes done"));
    }
}
