package org.jvirtio.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.jvirtio.EnvironmentException;
import org.jvirtio.Interrupt;
import org.jvirtio.memory.NativeMemory;

/** Frames between a device and somebody with TCP, for whom two queues stand here. */
class FrameRelayTest {

    private static final int FRAMES = 300;

    private final BlockingQueue<byte[]> toSend = new LinkedBlockingQueue<>();
    private final BlockingQueue<byte[]> came = new LinkedBlockingQueue<>();

    /** Polling is the way to know of a frame here: two kinds of interrupt are not slept on. */
    private final Interrupt looking = nanos -> true;

    private int read(NativeMemory memory, long offset, int most) {
        byte[] frame = toSend.poll();
        if (frame == null) {
            return 0;
        }
        memory.copyFrom(offset, frame, 0, frame.length);
        return frame.length;
    }

    private boolean write(NativeMemory memory, long offset, int count, int segmentBytes) {
        byte[] frame = new byte[count];
        memory.copyTo(offset, frame, 0, count);
        return came.add(frame);
    }

    /** More frames than a queue has buffers, of the shortest to the longest length. */
    private static byte[] frame(int number) {
        byte[] frame = new byte[14 + number * 5];
        java.util.Arrays.fill(frame, (byte) number);
        return frame;
    }

    @Test
    void framesGoBothWaysWholeAndInOrder() throws InterruptedException {
        try (Station far = new Station("hub=relay");
                Station near = new Station("hub=relay")) {
            FrameRelay relay =
                    FrameRelay.start(
                            near.driver, this::read, looking, this::write, FrameWatch.NONE);
            for (int i = 0; i < FRAMES; i++) {
                toSend.add(frame(i));
            }
            for (int i = 0; i < FRAMES; i++) {
                assertArrayEquals(frame(i), far.receive());
            }
            for (int i = 0; i < FRAMES; i++) {
                far.send(frame(i));
                assertArrayEquals(frame(i), came.poll(10, TimeUnit.SECONDS));
            }
            relay.close();
            assertEquals(FRAMES, relay.sent());
            assertEquals(FRAMES, relay.received());
            assertEquals(0, relay.refused());
        }
    }

    @Test
    void framesThatNobodyTakesAreCounted() throws InterruptedException {
        try (Station far = new Station("hub=refused");
                Station near = new Station("hub=refused")) {
            FrameRelay relay =
                    FrameRelay.start(
                            near.driver,
                            this::read,
                            looking,
                            (memory, offset, count, segmentBytes) ->
                                    !write(memory, offset, count, segmentBytes),
                            FrameWatch.NONE);
            far.send(frame(1));
            assertArrayEquals(frame(1), came.poll(10, TimeUnit.SECONDS));
            relay.close();
            assertEquals(1, relay.refused());
            assertEquals(0, relay.received());
        }
    }

    @Test
    void whatEndsOneDirectionEndsBothAndIsThrownByClose() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        try (Station near = new Station("hub=broken")) {
            FrameRelay relay =
                    FrameRelay.start(
                            near.driver,
                            (memory, offset, most) -> {
                                asked.countDown();
                                throw new EnvironmentException("the tap is gone");
                            },
                            looking,
                            this::write,
                            FrameWatch.NONE);
            assertTrue(asked.await(10, TimeUnit.SECONDS));
            EnvironmentException thrown = assertThrows(EnvironmentException.class, relay::close);
            assertTrue(thrown.getMessage().contains("the tap is gone"));
        }
    }
}
