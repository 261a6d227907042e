package org.jvirtio.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvirtio.DeviceType;
import org.jvirtio.device.NetDriver;
import org.jvirtio.device.NetFeature;
import org.jvirtio.device.NetReceiveQueue;
import org.jvirtio.device.NetTransmitQueue;
import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.model.EmulatedFunction;
import org.jvirtio.model.NetOptions;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.Policy;

/** Virtio 1.4 section 5.1.9.5.6: many pairs of queues, and frames where they belong. */
@Timeout(60)
class NetPairsOnModelsTest {

    private static final int PAIRS = 4;
    private static final int ROUNDS = 300;
    private static final int FLOWS = 20;

    @ParameterizedTest
    @MethodSource("org.jvirtio.transport.NetModelCase#all")
    void anAnswerComesBackOnThePairThatAsked(NetModelCase test) {
        try (NetModelCase.Running net = test.start(new NetOptions().pairs(PAIRS))) {
            assertEquals(PAIRS, net.driver.mostPairs());
            net.driver.usePairs(PAIRS);
            for (int round = 0; round < 3; round++) {
                for (int pair = 0; pair < PAIRS; pair++) {
                    // The same flows move to other pairs, and their answers with them.
                    int flow = (pair + round) % PAIRS;
                    net.send(pair, udp(1000 + flow, 53));

                    List<byte[]> answer = net.arrive(pair, udp(53, 1000 + flow));

                    assertEquals(1, answer.size(), "round " + round + ", pair " + pair);
                    assertArrayEquals(udp(53, 1000 + flow), answer.get(0));
                }
            }
            net.assertNoComplaints();
        }
    }

    /** Section 5.1.9.5.6.2: before the command receiveq1 only, after it none above. */
    @ParameterizedTest
    @MethodSource("org.jvirtio.transport.NetModelCase#all")
    void receivesOnThePairsInUseOnly(NetModelCase test) {
        try (NetModelCase.Running net = test.start(new NetOptions().pairs(PAIRS))) {
            assertEquals(List.of(FLOWS), arrivals(net, 1));
            net.driver.usePairs(PAIRS);
            List<Integer> spread = arrivals(net, PAIRS);
            assertEquals(FLOWS, spread.stream().mapToInt(Integer::intValue).sum());
            assertFalse(spread.contains(0), spread.toString());
            net.driver.usePairs(2);
            assertEquals(2, net.driver.pairs());
            List<Integer> fewer = arrivals(net, PAIRS);
            assertEquals(List.of(0, 0), fewer.subList(2, PAIRS));
            assertEquals(FLOWS, fewer.get(0) + fewer.get(1));
            assertThrows(IndexOutOfBoundsException.class, () -> net.driver.transmit(2));
            assertThrows(IllegalArgumentException.class, () -> net.driver.usePairs(PAIRS + 1));
            assertThrows(IllegalArgumentException.class, () -> net.driver.usePairs(0));
            net.assertNoComplaints();
        }
    }

    /** How many frames of many flows come on each pair. */
    private static List<Integer> arrivals(NetModelCase.Running net, int pairs) {
        List<Integer> counts = new ArrayList<>(Collections.nCopies(pairs, 0));
        for (int flow = 0; flow < FLOWS; flow++) {
            net.arriveOnly(udp(53, 2000 + flow));
        }
        for (int pair = 0; pair < pairs; pair++) {
            counts.set(pair, net.received(pair).size());
        }
        return counts;
    }

    /** Section 5.1.2: the control queue is behind all pairs with MQ, and behind one without. */
    @ParameterizedTest
    @MethodSource("org.jvirtio.transport.NetModelCase#all")
    void findsTheControlQueueWithoutMq(NetModelCase test) {
        try (NetModelCase.Running net =
                test.start(
                        new NetOptions().pairs(PAIRS),
                        NetDriver.needsWithControl().without(NetFeature.MQ))) {
            assertEquals(1, net.driver.mostPairs());
            net.driver.control().orElseThrow().addVlan(1);
            net.assertNoComplaints();
        }
    }

    /** Each thread has a pair of its own, and a device that works beside them. */
    @ParameterizedTest
    @MethodSource("org.jvirtio.transport.NetModelCase#all")
    void eachThreadHasAPair(NetModelCase test) {
        String ring = test.packed() ? ",ring=packed" : "";
        EmulatedFunction function =
                EmulatedDevices.parse(
                        "net,thread=on,pairs=" + PAIRS + ",layout=" + test.layout() + ring);
        try (NetDriver driver =
                NetDriver.start(
                        Transports.open(
                                function,
                                DeviceType.NETWORK,
                                LayoutChoice.of(function, Policy.AUTO).require()),
                        NetDriver.needsWithControl())) {
            driver.usePairs(PAIRS);
            List<CompletableFuture<Integer>> threads = new ArrayList<>();
            for (int pair = 0; pair < PAIRS; pair++) {
                NetTransmitQueue transmit = driver.transmit(pair);
                NetReceiveQueue receive = driver.receive(pair);
                byte[] frame = udp(3000 + pair, 9);
                threads.add(CompletableFuture.supplyAsync(() -> echo(transmit, receive, frame)));
            }
            for (CompletableFuture<Integer> thread : threads) {
                assertEquals(ROUNDS, thread.join());
            }
        }
        assertEquals(List.of(), function.complaints().list());
    }

    /** Sends a frame and waits until it is back, again and again; returns how often it was. */
    private static int echo(NetTransmitQueue transmit, NetReceiveQueue receive, byte[] frame) {
        int right = 0;
        byte[] seen = new byte[frame.length];
        for (int round = 0; round < ROUNDS; round++) {
            int buffer = transmit.take();
            transmit.memory().copyFrom(transmit.frame(buffer), frame, 0, frame.length);
            transmit.offer(buffer, frame.length);
            transmit.submit();
            transmit.await();
            assertEquals(1, receive.await(1));
            receive.copyTo(0, seen, 0);
            right += Arrays.equals(frame, seen) ? 1 : 0;
            receive.refill();
        }
        return right;
    }

    /** UDP over IPv4 between two ports of two stations; from 53 it goes the other way. */
    static byte[] udp(int from, int to) {
        boolean back = from == 53;
        ByteBuffer frame = ByteBuffer.allocate(60);
        frame.put(new byte[12]).putShort((short) 0x0800);
        frame.putShort((short) 0x4500).putShort((short) 46).putInt(0);
        frame.putShort((short) 0x4011).putShort((short) 0);
        frame.putInt(back ? 0x0a000202 : 0x0a00020f).putInt(back ? 0x0a00020f : 0x0a000202);
        frame.putShort((short) from).putShort((short) to).putShort((short) 26);
        return frame.array();
    }
}
