package org.jvirtio.model;

import java.nio.charset.StandardCharsets;

/**
 * How a block model looks, apart from where its sectors are. Every method changes one option and
 * returns this object.
 */
public final class BlockOptions {

    /** Bytes of the answer to GET_ID (virtio 1.4 section 5.2.6). */
    static final int SERIAL_BYTES = 20;

    /** The num_queues field has 16 bits, and 0xffff names no queue of a notification. */
    private static final int MOST_QUEUES = 0xffff;

    private boolean readOnly;
    private int queues = 1;
    private int blockSize = 512;
    private int sizeMax;
    private int segMax = 126;
    private String serial = "jvirtio";
    private boolean discard = true;
    private boolean cacheControl = true;

    /** Offers RO and refuses to write. */
    public BlockOptions readOnly(boolean only) {
        readOnly = only;
        return this;
    }

    /** Request queues; more than one are offered as MQ. */
    public BlockOptions queues(int count) {
        if (count < 1 || count > MOST_QUEUES) {
            throw new IllegalArgumentException(
                    "setting queues=" + count + ": outside 1 to 65535. Use one for each thread.");
        }
        queues = count;
        return this;
    }

    /** Bytes of a logical block: what requests must be multiples of. */
    public BlockOptions blockSize(int bytes) {
        if (bytes < 512 || Integer.bitCount(bytes) != 1) {
            throw new IllegalArgumentException(
                    "setting blocksize="
                            + bytes
                            + ": no power of two of at least 512. Use 512, 1024, 2048, ...");
        }
        blockSize = bytes;
        return this;
    }

    /** Bytes of the longest segment, offered as SIZE_MAX; 0 offers none. */
    public BlockOptions sizeMax(int bytes) {
        sizeMax = bytes;
        return this;
    }

    /** Data segments of a request, offered as SEG_MAX; 0 offers none. */
    public BlockOptions segMax(int segments) {
        segMax = segments;
        return this;
    }

    /** What GET_ID answers: up to 20 bytes of ASCII. */
    public BlockOptions serial(String text) {
        if (text.getBytes(StandardCharsets.US_ASCII).length > SERIAL_BYTES) {
            throw new IllegalArgumentException(
                    "setting serial="
                            + text
                            + ": more than "
                            + SERIAL_BYTES
                            + " bytes. Use a shorter one.");
        }
        serial = text;
        return this;
    }

    /** Offers DISCARD and WRITE_ZEROES. */
    public BlockOptions discard(boolean offered) {
        discard = offered;
        return this;
    }

    /** Offers CONFIG_WCE. */
    public BlockOptions cacheControl(boolean offered) {
        cacheControl = offered;
        return this;
    }

    boolean isReadOnly() {
        return readOnly;
    }

    int queues() {
        return queues;
    }

    int blockSize() {
        return blockSize;
    }

    int sizeMax() {
        return sizeMax;
    }

    int segMax() {
        return segMax;
    }

    String serial() {
        return serial;
    }

    boolean offersDiscard() {
        return discard && !readOnly;
    }

    boolean offersCacheControl() {
        return cacheControl;
    }
}
