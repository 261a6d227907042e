package org.jvirtio.linux;

import org.jvirtio.Registers;
import org.jvirtio.memory.NativeMemory;

/**
 * Registers in mapped memory: each access is one load or store of exactly its width.
 *
 * <p>The mapping covers whole pages; the registers are the part of it that a window names. After
 * {@link #close} there are no registers left, so a late access is an exception where it would end
 * the process otherwise.
 */
public final class MappedRegisters implements Registers, AutoCloseable {

    private final Mapping mapping;
    private final NativeMemory memory;
    private long length;

    private MappedRegisters(Mapping mapping, NativeMemory memory) {
        this.mapping = mapping;
        this.memory = memory;
        this.length = memory.length();
    }

    /**
     * Maps the pages around a stretch of an open file.
     *
     * @param fileStart position of the stretch's BAR in the file, a multiple of the page size
     * @param offset of the stretch in the BAR
     * @param what named in the message if it fails
     */
    public static MappedRegisters map(
            Descriptor file, long fileStart, long offset, long length, String what) {
        long inPage = offset % Mapping.PAGE;
        long pages = (inPage + length + Mapping.PAGE - 1) / Mapping.PAGE;
        Mapping mapping =
                Mapping.ofFile(file.fd(), fileStart + offset - inPage, pages * Mapping.PAGE, what);
        return new MappedRegisters(mapping, mapping.memory().slice(inPage, length));
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public int read8(int offset) {
        RegisterBounds.check(offset, 1, length);
        return memory.load8(offset);
    }

    @Override
    public int read16(int offset) {
        RegisterBounds.check(offset, 2, length);
        return memory.load16(offset);
    }

    @Override
    public int read32(int offset) {
        RegisterBounds.check(offset, 4, length);
        return memory.load32(offset);
    }

    @Override
    public void write8(int offset, int value) {
        RegisterBounds.check(offset, 1, length);
        memory.store8(offset, value);
    }

    @Override
    public void write16(int offset, int value) {
        RegisterBounds.check(offset, 2, length);
        memory.store16(offset, value);
    }

    @Override
    public void write32(int offset, int value) {
        RegisterBounds.check(offset, 4, length);
        memory.store32(offset, value);
    }

    @Override
    public void close() {
        length = 0;
        mapping.close();
    }
}
