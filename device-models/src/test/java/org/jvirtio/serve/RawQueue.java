package org.jvirtio.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jvirtio.memory.NativeMemory;

/**
 * One split queue of 4 entries of a virtio 1.x device, set up by hand through messages (virtio 1.4
 * sections 3.1.1, 4.1.4.3), in one page:
 *
 * <pre>
 *   0x000 descriptors   0x100 available   0x200 used   0x800 buffer
 * </pre>
 */
final class RawQueue {

    static final long ADDRESS = 0x10_0000;
    static final int BUFFER = 0x800;

    private static final int BAR = 4;
    private static final int SIZE = 4;
    private static final int AVAILABLE = 0x100;
    private static final int USED = 0x200;
    private static final int DOORBELL = 0x3000;

    private final RawClient client;
    private final NativeMemory page;
    private int next;

    /** Starts the device; the page is mapped at {@link #ADDRESS} already. */
    RawQueue(RawClient client, NativeMemory page) {
        this.client = client;
        this.page = page;
        client.put(RawClient.CONFIG, 4, 2, 0x6); // memory, bus master
        client.put(BAR, 20, 1, 3);
        client.put(BAR, 8, 4, 1);
        client.put(BAR, 12, 4, 1); // VERSION_1
        client.put(BAR, 20, 1, 11);
        assertEquals(11, client.get(BAR, 20, 1));
        client.put(BAR, 22, 2, 0);
        client.put(BAR, 24, 2, SIZE);
        client.put(BAR, 32, 4, (int) ADDRESS);
        client.put(BAR, 40, 4, (int) ADDRESS + AVAILABLE);
        client.put(BAR, 48, 4, (int) ADDRESS + USED);
        client.put(BAR, 28, 2, 1);
        client.put(BAR, 20, 1, 15);
    }

    /** Makes the buffer available, writable by the device. */
    void offer(int length) {
        page.write64(0, ADDRESS + BUFFER);
        page.write32(8, length);
        page.write16(12, 2);
        page.write16(AVAILABLE + 4 + 2 * (next % SIZE), 0);
        page.writeRelease16(AVAILABLE + 2, ++next & 0xffff);
    }

    /** Says that so many buffers came, which are all the same one. */
    void offerAgain(int times) {
        for (int i = 0; i < SIZE; i++) {
            page.write16(AVAILABLE + 4 + 2L * i, 0);
        }
        next += times;
        page.writeRelease16(AVAILABLE + 2, next & 0xffff);
    }

    void ring() {
        client.put(BAR, DOORBELL, 2, 0);
    }

    /** Rings, and sends more until something breaks. */
    void ringAndLook() {
        for (int i = 0; i < 1000; i++) {
            ring();
        }
    }

    /** The used index. */
    int used() {
        return page.readAcquire16(USED + 2);
    }

    int status() {
        return client.get(BAR, 20, 1);
    }
}
