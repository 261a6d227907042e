package org.jvirtio.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The header of a block request (virtio 1.4 section 5.2.6), copied out once. Data follow, and one
 * writable byte of status is the last of all.
 *
 * <pre>
 *   readable: | le32 type 0 | le32 reserved 4 | le64 sector 8 | data ... |
 *   writable:                                 | data ... | status |
 * </pre>
 *
 * @param sector in units of 512 bytes, unsigned
 */
record BlockRequest(int type, long sector) {

    static final int HEADER_BYTES = 16;
    static final int STATUS_BYTES = 1;

    static final int IN = 0;
    static final int OUT = 1;
    static final int FLUSH = 4;

    /** The name that legacy drivers have for FLUSH with a bit of its own (section 5.2.6.3). */
    static final int FLUSH_OUT = 5;

    static final int GET_ID = 8;
    static final int DISCARD = 11;
    static final int WRITE_ZEROES = 13;

    static final int OK = 0;
    static final int IOERR = 1;
    static final int UNSUPP = 2;

    /** True if the answer is data that fill the writable part. */
    boolean fillsData() {
        return type == IN || type == GET_ID;
    }

    static BlockRequest read(ModelChain chain) {
        byte[] header = new byte[HEADER_BYTES];
        chain.read(0, header, HEADER_BYTES);
        ByteBuffer bytes = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        return new BlockRequest(bytes.getInt(0), bytes.getLong(8));
    }
}
