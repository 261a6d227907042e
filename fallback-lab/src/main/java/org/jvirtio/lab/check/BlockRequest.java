package org.jvirtio.lab.check;

import java.util.ArrayList;
import java.util.List;

/**
 * One block request (virtio 1.4 section 5.2.6): header, data in either direction, status.
 *
 * <pre>
 *   header 0 type 4 | 4 reserved 4 | 8 sector 8        status 1
 * </pre>
 */
record BlockRequest(Buffer header, Buffer status) {

    static final int IN = 0;
    static final int OUT = 1;
    static final int FLUSH = 4;
    static final int FLUSH_OUT = 5;
    static final int DISCARD = 11;
    static final int WRITE_ZEROES = 13;
    static final int SECURE_ERASE = 14;
    static final int ZONE_REPORT = 16;
    static final int ZONE_OPEN = 18;
    static final int ZONE_RESET_ALL = 26;

    static final int OK = 0;
    static final int IOERR = 1;
    static final int UNSUPP = 2;
    static final int NOT_WRITTEN = 0xa5;

    static final int SECTOR = 512;

    static BlockRequest of(Bench bench, int type, long sector) {
        Buffer header = bench.buffer(16);
        header.memory().write32(0, type);
        header.memory().write64(8, sector);
        return new BlockRequest(header, bench.buffer(1).fill(NOT_WRITTEN));
    }

    /** The chain with data that the device reads. */
    List<Piece> sending(Buffer... data) {
        List<Piece> chain = new ArrayList<>(List.of(header.readable()));
        for (Buffer buffer : data) {
            chain.add(buffer.readable());
        }
        chain.add(status.writable());
        return chain;
    }

    /** The chain with data that the device writes. */
    List<Piece> receiving(Buffer data) {
        return List.of(header.readable(), data.writable(), status.writable());
    }

    int result() {
        return status.memory().read8(0);
    }

    /** A status byte in words. */
    static String word(int status) {
        return switch (status) {
            case OK -> "OK";
            case IOERR -> "IOERR";
            case UNSUPP -> "UNSUPP";
            case NOT_WRITTEN -> "not written";
            default -> String.format("0x%02x", status);
        };
    }
}
