package org.jvirtio.lab.check;

import java.util.List;
import org.jvirtio.DeviceType;

/**
 * A request that a device of its type answers whatever was negotiated.
 *
 * <pre>
 *   block     header 16, sector 512 (written), status 1 (written)
 *   entropy   64 bytes (written)
 *   net       header 10 or 12, frame of 60
 *   console   one byte
 * </pre>
 *
 * @param readable what the device only reads; empty of an entropy device
 * @param writable what it fills; empty of a net and a console device
 */
record Sample(List<Buffer> readable, List<Buffer> writable) {

    private static final int CANARY = 0xa5;

    static Sample of(Bench bench) {
        return switch (bench.type()) {
            case BLOCK -> block(bench);
            case ENTROPY -> new Sample(List.of(), List.of(canary(bench, 64)));
            case NETWORK -> new Sample(new Frames(bench).toSend(), List.of());
            case CONSOLE -> new Sample(List.of(bench.buffer(1).put("x")), List.of());
            default -> throw new EndedException(unknown(bench.type()));
        };
    }

    /** Where it goes: the second queue of a net and of a console device sends. */
    static int queueOf(DeviceType type) {
        return switch (type) {
            case BLOCK, ENTROPY -> 0;
            case NETWORK, CONSOLE -> 1;
            default -> throw new EndedException(unknown(type));
        };
    }

    List<Piece> chain() {
        return Chains.of(readable, writable);
    }

    long writableLength() {
        return writable.stream().mapToLong(Buffer::length).sum();
    }

    private static Sample block(Bench bench) {
        BlockRequest request = BlockRequest.of(bench, BlockRequest.IN, 0);
        return new Sample(
                List.of(request.header()),
                List.of(canary(bench, BlockRequest.SECTOR), request.status()));
    }

    private static Buffer canary(Bench bench, int length) {
        return bench.buffer(length).fill(CANARY);
    }

    private static Finding unknown(DeviceType type) {
        return Finding.skip("there is no sample request for a %s device", type.label());
    }
}
