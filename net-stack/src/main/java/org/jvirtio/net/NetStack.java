package org.jvirtio.net;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.jvirtio.DriverLoop;
import org.jvirtio.QueueTurn;
import org.jvirtio.Waiting;
import org.jvirtio.device.NetDriver;

/**
 * One host of IPv4 over one network device: ARP, ICMP echo, UDP and DHCP. There is no TCP: {@link
 * FrameRelay} hands the frames to somebody who has it.
 *
 * <pre>
 *   NetStack stack = new NetStack(driver, FrameWatch.NONE);
 *   DhcpClient dhcp = stack.dhcp();
 *   stack.await(() -> dhcp.lease().isPresent(), limit);
 *   Ping ping = stack.ping(router, 56);
 *   stack.await(ping::isAnswered, limit);
 * </pre>
 *
 * <p>Nothing happens but in {@link #turn}, {@link #await} or a loop over {@link #newTurn}; all is
 * for one thread. Nothing that comes in makes them throw: it is handled, or dropped and counted in
 * {@link #drops}. What a device does to its rings is another matter: see {@link
 * org.jvirtio.DeviceBrokenException}. The driver stays the caller's to close.
 */
public final class NetStack {

    /** Frames taken at once, so that sending has its turn. */
    private static final int BATCH = 32;

    /** How often what is due is looked for. */
    private static final long TICK_NANOS = 100_000_000;

    private final NetDriver driver;
    private final DropCounts drops = new DropCounts();
    private final Link link;
    private final Arp arp;
    private final Ipv4 ipv4;
    private final List<DhcpClient> clients = new ArrayList<>();
    private final int identifier = ThreadLocalRandom.current().nextInt(0x10000);
    private int sequence;
    private long frames;
    private long lastTick = System.nanoTime() - TICK_NANOS;

    /** Begins without an address; frames that came before are the first to be seen. */
    public NetStack(NetDriver driver, FrameWatch watch) {
        this.driver = driver;
        link = new Link(driver, watch, drops);
        arp = new Arp(link, drops);
        ipv4 = new Ipv4(link, arp, drops);
    }

    /** Takes an address, or another one. */
    public void use(Ipv4Settings settings) {
        ipv4.use(settings);
    }

    /** Gives the address up: packets are received as a DHCP client does, and sent to all only. */
    public void useNone() {
        ipv4.use(null);
    }

    /** The address in use. */
    public Optional<Ipv4Settings> settings() {
        return Optional.ofNullable(ipv4.settings());
    }

    /**
     * Begins to ask for an address; {@link #use} is called once it is granted.
     *
     * @throws org.jvirtio.LayoutException if the MTU of the device is too small for DHCP
     */
    public DhcpClient dhcp() {
        DhcpClient client = new DhcpClient(this);
        clients.add(client);
        return client;
    }

    /**
     * Opens a port of UDP.
     *
     * @param number 0 for any
     * @throws IllegalArgumentException if it is open, or too many are
     */
    public UdpPort open(int number, UdpReceiver receiver) {
        return ipv4.udp().open(number, receiver);
    }

    /** Sends an echo request with that many bytes of data. */
    public Ping ping(Ipv4Address destination, int dataBytes) {
        int most = ipv4.longestPayload() - Icmp.HEADER_BYTES;
        if (dataBytes < 0 || dataBytes > most) {
            throw new IllegalArgumentException(
                    String.format(
                            "pinging %s with %d bytes: a frame of this device holds 0 to %d, and"
                                    + " nothing is fragmented",
                            destination, dataBytes, most));
        }
        sequence = sequence + 1 & 0xffff;
        Ping ping = new Ping(destination, identifier, sequence, dataBytes);
        ipv4.icmp().send(ping, System.nanoTime());
        return ping;
    }

    /** Frames that came in, dropped or not. */
    public long frames() {
        return frames;
    }

    /** What was dropped here; what the driver dropped before is in its queue's own counts. */
    public DropCounts drops() {
        return drops;
    }

    /** Hosts in the ARP table: known, or being asked for. */
    public int neighbours() {
        return arp.table().size();
    }

    /**
     * Takes the frames that are there, does what is due, and sends. Never waits.
     *
     * @return true if there was a frame
     */
    public boolean turn() {
        long now = System.nanoTime();
        int count = link.harvest(BATCH);
        for (int i = 0; i < count; i++) {
            receive(link.received(i), now);
        }
        if (count > 0) {
            link.refill();
        }
        if (now - lastTick >= TICK_NANOS) {
            lastTick = now;
            tick(now);
        }
        link.submit();
        return count > 0;
    }

    /**
     * Turns, asleep where nothing comes, until something is so.
     *
     * @return false if the limit passed first
     */
    public boolean await(BooleanSupplier condition, Duration limit) {
        long begin = System.nanoTime();
        BooleanSupplier over =
                () -> condition.getAsBoolean() || System.nanoTime() - begin >= limit.toNanos();
        new DriverLoop("net-stack", Waiting.DEFAULT, List.of(newTurn(over))).run();
        return condition.getAsBoolean();
    }

    /**
     * The stack as work for a {@link DriverLoop}, beside others; over when {@code over} says so.
     */
    public QueueTurn newTurn(BooleanSupplier over) {
        return new QueueTurn(driver.device(), 0, "frames") {
            @Override
            protected boolean work() {
                // Asked here too: a loop asks only where there is nothing to do.
                return !over.getAsBoolean() && NetStack.this.turn();
            }

            @Override
            protected boolean isAnswerDue() {
                return false; // The world owes us nothing.
            }

            @Override
            public boolean isOver() {
                return over.getAsBoolean();
            }
        };
    }

    /** Handles a frame that came by another way than the driver; it may have any length. */
    public void receive(Frame frame) {
        receive(frame, System.nanoTime());
    }

    void receive(Frame frame, long now) {
        frames++;
        if (frame.length() < Ethernet.PAYLOAD) {
            drops.add(DropReason.RUNT);
        } else if (!Ethernet.isStation(Ethernet.sender(frame))) {
            drops.add(DropReason.SENT_BY_A_GROUP);
        } else if (!isForUs(Ethernet.receiver(frame))) {
            drops.add(DropReason.NOT_OUR_MAC);
        } else {
            switch (Ethernet.type(frame)) {
                case Ethernet.TYPE_ARP -> arp.receive(frame, now);
                case Ethernet.TYPE_IPV4 -> ipv4.receive(frame, now);
                default -> drops.add(DropReason.UNKNOWN_TYPE);
            }
        }
    }

    /** Does what is due at {@code now}. */
    void tick(long now) {
        arp.table().expire(arp, now);
        for (int i = 0; i < clients.size(); i++) {
            clients.get(i).tick(now);
        }
    }

    long mac() {
        return link.mac();
    }

    /** Bytes of the most data that a datagram has. */
    int longestDatagram() {
        return ipv4.udp().longestData();
    }

    void forget(DhcpClient client) {
        clients.remove(client);
    }

    private boolean isForUs(long receiver) {
        return receiver == link.mac() || receiver == Ethernet.BROADCAST;
    }
}
