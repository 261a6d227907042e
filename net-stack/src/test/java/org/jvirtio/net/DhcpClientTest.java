package org.jvirtio.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 2131 sections 3.1 and 4.4: a client and a server on one wire. */
class DhcpClientTest {

    private static final long SECOND = 1_000_000_000L;
    private static final AtomicInteger HUBS = new AtomicInteger();

    private Station near;
    private Station far;
    private NetStack stack;
    private NetStack other;
    private PlainDhcpServer server;
    private DhcpClient client;

    @BeforeEach
    void connect() {
        String hub = ",hub=dhcp-" + HUBS.incrementAndGet();
        near = new Station("mac=52:54:00:12:34:56" + hub);
        far = new Station("mac=52:54:00:ab:cd:ef" + hub);
        stack = new NetStack(near.driver, FrameWatch.NONE);
        other = new NetStack(far.driver, FrameWatch.NONE);
        other.use(Ipv4Settings.parse(PlainDhcpServer.ADDRESS));
        server = new PlainDhcpServer(other);
        client = stack.dhcp();
    }

    @AfterEach
    void disconnect() {
        far.close();
        near.close();
    }

    private void bind() {
        Station.turnUntil(() -> client.lease().isPresent(), stack, other);
    }

    /** The server has heard that many messages, and its answers have come. */
    private void hear(int messages, DhcpState state) {
        Station.turnUntil(
                () -> server.heard.size() >= messages && client.state() == state, stack, other);
    }

    @Test
    void anOfferIsRequestedAndItsAddressUsed() {
        bind();

        DhcpLease lease = client.lease().orElseThrow();
        assertEquals("10.0.2.15/24 by 10.0.2.2", lease.settings().toString());
        assertEquals(lease.settings(), stack.settings().orElseThrow());
        assertEquals("10.0.2.2", lease.server().toString());
        assertEquals("10.0.2.3", lease.nameServer().toString());
        assertEquals(
                List.of(120L, 60L, 105L),
                List.of(lease.seconds(), lease.renewSeconds(), lease.rebindSeconds()));
        assertEquals(List.of(1, 3), server.heard);
        assertEquals(List.of(0, 0), server.clientAddresses);
    }

    @Test
    void atHalfTheLeaseTheServerIsAskedAlone() {
        bind();
        client.tick(System.nanoTime() + 59 * SECOND);
        assertEquals(DhcpState.BOUND, client.state());
        client.tick(System.nanoTime() + 61 * SECOND);
        assertEquals(DhcpState.RENEWING, client.state());
        hear(3, DhcpState.BOUND);

        assertEquals(List.of(1, 3, 3), server.heard);
        assertEquals(0x0a00020f, server.clientAddresses.get(2));
        assertTrue(stack.settings().isPresent());
    }

    @Test
    void aServerThatIsSilentIsAskedWithAllOthersAndThenTheAddressIsGivenUp() {
        bind();
        server.silent = true;
        client.tick(System.nanoTime() + 61 * SECOND);
        assertEquals(DhcpState.RENEWING, client.state());
        client.tick(System.nanoTime() + 106 * SECOND);
        assertEquals(DhcpState.REBINDING, client.state());
        assertTrue(client.lease().isPresent());
        client.tick(System.nanoTime() + 121 * SECOND);
        assertEquals(DhcpState.INIT, client.state());
        assertTrue(client.lease().isEmpty());
        assertTrue(stack.settings().isEmpty());
    }

    @Test
    void aRefusalBeginsAgain() {
        server.answerToRequest = 6;
        hear(2, DhcpState.INIT);
        server.answerToRequest = 5;
        client.tick(System.nanoTime());
        bind();
        assertEquals(List.of(1, 3, 1, 3), server.heard);
    }

    @Test
    void nobodyIsAskedMoreOftenThanTheStandardSays() {
        server.silent = true;
        long now = System.nanoTime();
        hear(1, DhcpState.SELECTING);
        for (int tenths = 0; tenths < 600; tenths++) {
            client.tick(now + tenths * SECOND / 10);
        }
        Station.turnUntil(() -> server.heard.size() >= 4, stack, other);
        // After about 4, 8, 16, 32 seconds: at 4, 12, 28 and 60.
        assertTrue(server.heard.size() <= 5, server.heard::toString);
    }

    @Test
    void aRequestTellsTheSecondsOfItsDiscoverySoThatRelaysSendItTheSameWay() {
        server.silent = true;
        hear(1, DhcpState.SELECTING);
        client.tick(System.nanoTime() + 6 * SECOND);
        server.silent = false;
        bind();
        assertEquals(List.of(1, 1, 3), server.heard);
        assertTrue(server.seconds.get(1) >= 6, server.seconds::toString);
        assertEquals(server.seconds.get(1), server.seconds.get(2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01 04 ffffff00 33 04 00000078",
                "01 04 ffffff00 36 04 0a000202",
                "01 04 ff00ff00 33 04 00000078 36 04 0a000202",
                "33 04 00000078 36 04 0a000202",
                "01 04 ffffff00 33 04 00000078 36 04 ffffffff",
            })
    void anOfferThatCannotBeUsedIsNotTaken(String options) {
        server.options = options;
        Station.turnUntil(() -> stack.drops().of(DropReason.DHCP_UNUSABLE) > 0, stack, other);
        assertEquals(DhcpState.SELECTING, client.state());
        assertEquals(List.of(1), server.heard);
    }

    @Test
    void aLeaseForEverIsNeverRenewed() {
        server.options = "01 04 ffffff00 33 04 ffffffff 36 04 0a000202";
        bind();
        client.tick(System.nanoTime() + (1L << 32) * SECOND / 2);
        assertEquals(DhcpState.BOUND, client.state());
        assertEquals("10.0.2.15/24", client.lease().orElseThrow().settings().toString());
    }

    @Test
    void answersOfOtherExchangesAreDropped() {
        bind();
        long before = stack.drops().of(DropReason.DHCP_NOT_OURS);
        byte[] request = new byte[300];
        byte[] reply = server.reply(request, 6);
        byte[] frame = Packets.ipv4(17, Packets.PEER_IP, -1, Packets.udp(67, 68, reply));
        stack.receive(Station.frame(frame), System.nanoTime());
        assertEquals(before + 1, stack.drops().of(DropReason.DHCP_NOT_OURS));
        assertTrue(client.lease().isPresent());
    }

    @Test
    void optionsThatLeadPastTheirEndAreNoMessage() {
        byte[] whole = server.reply(new byte[300], 2);
        assertTrue(DhcpMessage.parse(whole).isPresent());
        byte[] last = whole.clone();
        last[last.length - 1] = 3;
        assertFalse(DhcpMessage.parse(last).isPresent());
        byte[] beyond = whole.clone();
        beyond[241] = (byte) 200;
        assertFalse(DhcpMessage.parse(beyond).isPresent());
        byte[] cookie = whole.clone();
        cookie[236] = 0;
        assertFalse(DhcpMessage.parse(cookie).isPresent());
    }

    @Test
    void optionsContinueInTheFileFieldIfTheMessageSaysSo() {
        server.options = "34 01 01 33 04 00000078 36 04 0a000202";
        byte[] reply = server.reply(new byte[300], 2);
        System.arraycopy(Packets.bytes("01 04 ffffff00 ff"), 0, reply, 108, 7);
        DhcpMessage message = DhcpMessage.parse(reply).orElseThrow();
        assertEquals(0xffffff00, message.option(DhcpOption.SUBNET_MASK));
        assertTrue(DhcpLease.of(message).isPresent());
    }
}
