package org.jvirtio.memory;

import java.lang.ref.Cleaner;
import java.lang.reflect.Field;
import sun.misc.Unsafe;

/**
 * A stretch of memory outside the heap: ring memory, buffers, or mapped registers. The only class
 * that turns an access into a load or store; drivers, models and tests all use it, so that calls to
 * it stay direct.
 *
 * <p>Three kinds of access, told apart by name:
 *
 * <ul>
 *   <li>{@code read}/{@code write}: plain. Contents of rings and buffers. The JIT may merge, move
 *       and drop them.
 *   <li>{@code readAcquire}/{@code writeRelease}: indices and flags that publish the contents.
 *   <li>{@code load}/{@code store}: registers. Each happens once, in order, with exactly this
 *       width.
 * </ul>
 *
 * <p>All values are unsigned and little-endian (this class refuses to load on a big-endian
 * machine). Offsets are bytes from the start. They are not checked unless {@code
 * -Djvirtio.checkMemory=true}, which all tests set: whatever a device says is checked before it
 * becomes an offset.
 *
 * <p>{@code sun.misc.Unsafe} is used because, with ordering, it is as fast as C where byte buffers
 * and var handles reach half of that. It stands alone here so that a foreign-memory twin can take
 * its place on newer JDKs.
 */
public final class NativeMemory implements AutoCloseable {

    private static final Unsafe UNSAFE = unsafe();
    private static final Cleaner CLEANER = Cleaner.create();
    private static final boolean CHECK = Boolean.getBoolean("jvirtio.checkMemory");
    private static final long BYTES = Unsafe.ARRAY_BYTE_BASE_OFFSET;

    /**
     * Takes what {@code load} reads. The JIT drops a load whose value nobody uses, even a volatile
     * one, but reading a register can be wanted for its effect alone; a static field keeps it
     * alive.
     */
    @SuppressWarnings("UnusedVariable")
    private static int sink;

    private final long address;
    private final long length;

    /** What the C library gave; 0 where there is nothing to free. */
    private long allocation;

    /** Describes memory that somebody else owns; nothing is allocated or freed. */
    public NativeMemory(long address, long length) {
        this.address = address;
        this.length = length;
    }

    /**
     * Allocates zeroed memory whose address is a multiple of 4096. It lives until it is closed, and
     * if nobody does that, until the process ends.
     */
    public static NativeMemory allocate(long length) {
        long raw = UNSAFE.allocateMemory(length + 4095);
        UNSAFE.setMemory(raw, length + 4095, (byte) 0);
        NativeMemory memory = new NativeMemory((raw + 4095) & -4096L, length);
        memory.allocation = raw;
        return memory;
    }

    /**
     * Allocates memory as {@link #allocate} does, which is freed after nobody has {@code owner} any
     * more: for small structures of objects that come and go, such as connections. The owner alone
     * may use it, and keeps itself reachable while the kernel does.
     */
    public static NativeMemory allocateFor(Object owner, long length) {
        NativeMemory memory = allocate(length);
        CLEANER.register(owner, memory::close);
        return memory;
    }

    /**
     * Frees what {@link #allocate} made, once; does nothing to slices and to memory of others. Only
     * for an owner that gave the address to nobody who may still use it: a later access, also
     * through a slice, lands in memory that belongs to somebody else.
     */
    @Override
    public void close() {
        if (allocation != 0) {
            UNSAFE.freeMemory(allocation);
            allocation = 0;
        }
    }

    /** Where the bytes are in this process. */
    public long address() {
        return address;
    }

    public long length() {
        return length;
    }

    public NativeMemory slice(long offset, long sliceLength) {
        if (offset < 0 || sliceLength < 0 || offset > length - sliceLength) {
            throw outside(offset, sliceLength);
        }
        return new NativeMemory(address + offset, sliceLength);
    }

    public int read8(long offset) {
        return UNSAFE.getByte(at(offset, 1)) & 0xff;
    }

    public int read16(long offset) {
        return UNSAFE.getShort(at(offset, 2)) & 0xffff;
    }

    public int read32(long offset) {
        return UNSAFE.getInt(at(offset, 4));
    }

    public long read64(long offset) {
        return UNSAFE.getLong(at(offset, 8));
    }

    public void write8(long offset, int value) {
        UNSAFE.putByte(at(offset, 1), (byte) value);
    }

    public void write16(long offset, int value) {
        UNSAFE.putShort(at(offset, 2), (short) value);
    }

    public void write32(long offset, int value) {
        UNSAFE.putInt(at(offset, 4), value);
    }

    public void write64(long offset, long value) {
        UNSAFE.putLong(at(offset, 8), value);
    }

    /** Reads 16 bits; everything read after this call is at least as new. */
    public int readAcquire16(long offset) {
        int value = UNSAFE.getShort(at(offset, 2)) & 0xffff;
        UNSAFE.loadFence();
        return value;
    }

    /** Writes 16 bits at {@code offset}; everything written before this call is visible first. */
    public void writeRelease16(long offset, int value) {
        UNSAFE.storeFence();
        UNSAFE.putShort(at(offset, 2), (short) value);
    }

    /** Reads 64 bits, all of one moment; everything read after this call is at least as new. */
    public long readAcquire64(long offset) {
        long value = UNSAFE.getLong(at(offset, 8));
        UNSAFE.loadFence();
        return value;
    }

    /** Writes 64 bits at once; everything written before this call is visible first. */
    public void writeRelease64(long offset, long value) {
        UNSAFE.storeFence();
        UNSAFE.putLong(at(offset, 8), value);
    }

    /** Reads an 8-bit register. */
    public int load8(long offset) {
        int value = UNSAFE.getByteVolatile(null, at(offset, 1)) & 0xff;
        sink = value;
        return value;
    }

    /** Reads a 16-bit register. */
    public int load16(long offset) {
        int value = UNSAFE.getShortVolatile(null, at(offset, 2)) & 0xffff;
        sink = value;
        return value;
    }

    /** Reads a 32-bit register. */
    public int load32(long offset) {
        int value = UNSAFE.getIntVolatile(null, at(offset, 4));
        sink = value;
        return value;
    }

    /** Writes an 8-bit register. */
    public void store8(long offset, int value) {
        UNSAFE.putByteVolatile(null, at(offset, 1), (byte) value);
    }

    /** Writes a 16-bit register. */
    public void store16(long offset, int value) {
        UNSAFE.putShortVolatile(null, at(offset, 2), (short) value);
    }

    /** Writes a 32-bit register. */
    public void store32(long offset, int value) {
        UNSAFE.putIntVolatile(null, at(offset, 4), value);
    }

    /** Copies out of this memory; for contents only, never for registers. */
    public void copyTo(long offset, byte[] target, int targetOffset, int count) {
        requireInside(offset, count);
        java.util.Objects.checkFromIndexSize(targetOffset, count, target.length);
        UNSAFE.copyMemory(null, address + offset, target, BYTES + targetOffset, count);
    }

    /** Copies into this memory; for contents only, never for registers. */
    public void copyFrom(long offset, byte[] source, int sourceOffset, int count) {
        requireInside(offset, count);
        java.util.Objects.checkFromIndexSize(sourceOffset, count, source.length);
        UNSAFE.copyMemory(source, BYTES + sourceOffset, null, address + offset, count);
    }

    /** Copies from other memory, which may overlap this; for contents only. */
    public void copyFrom(long offset, NativeMemory source, long sourceOffset, long count) {
        requireInside(offset, count);
        source.requireInside(sourceOffset, count);
        UNSAFE.copyMemory(source.address + sourceOffset, address + offset, count);
    }

    public void fill(long offset, long count, int value) {
        requireInside(offset, count);
        UNSAFE.setMemory(address + offset, count, (byte) value);
    }

    /**
     * Orders every earlier access before every later one. Needed where the specification asks for
     * store-then-load: between publishing an index and reading whether to notify.
     */
    public static void fullFence() {
        UNSAFE.fullFence();
    }

    /** Orders every earlier read before every later access. */
    public static void loadFence() {
        UNSAFE.loadFence();
    }

    private long at(long offset, int width) {
        if (CHECK) {
            requireInside(offset, width);
            if ((address + offset & width - 1) != 0) {
                throw new IllegalArgumentException(
                        String.format("%d-byte access at misaligned offset 0x%x", width, offset));
            }
        }
        return address + offset;
    }

    private void requireInside(long offset, long count) {
        if (offset < 0 || count < 0 || offset > length - count) {
            throw outside(offset, count);
        }
    }

    private IndexOutOfBoundsException outside(long offset, long count) {
        return new IndexOutOfBoundsException(
                String.format(
                        "bytes 0x%x to 0x%x of memory that has 0x%x",
                        offset, offset + count, length));
    }

    private static Unsafe unsafe() {
        if (java.nio.ByteOrder.nativeOrder() != java.nio.ByteOrder.LITTLE_ENDIAN) {
            throw new UnsupportedOperationException(
                    "virtio structures are little-endian and this machine is not");
        }
        try {
            Field field = Unsafe.class.getDeclaredField("theUnsafe");
            field.setAccessible(true);
            return (Unsafe) field.get(null);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
