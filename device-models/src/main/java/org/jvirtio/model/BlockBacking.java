package org.jvirtio.model;

import java.io.IOException;

/**
 * Where the sectors of a block model are. Positions and counts are bytes and were checked against
 * {@link #length}; an {@link IOException} becomes the answer IOERR.
 */
public interface BlockBacking extends AutoCloseable {

    /** Bytes. */
    long length();

    void read(long position, byte[] target, int count) throws IOException;

    void write(long position, byte[] source, int count) throws IOException;

    void zero(long position, long count) throws IOException;

    /** The contents are not needed any more; they may change to anything. */
    default void discard(long position, long count) throws IOException {}

    /** Makes everything written so far survive the end of this process. */
    default void flush() throws IOException {}

    void resize(long length) throws IOException;

    @Override
    default void close() {}
}
