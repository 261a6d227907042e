package org.jvirtio.net;

import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jvirtio.LayoutException;

/**
 * Gets an address from a DHCP server and keeps it (RFC 2131 section 4.4).
 *
 * <pre>
 *   INIT --DISCOVER--> SELECTING --OFFER, REQUEST--> REQUESTING --ACK--> BOUND
 *     ^                                                  |                | T1: REQUEST to the server
 *     |<---------------------NAK-------------------------+             RENEWING --ACK--> BOUND
 *     |                                                                   | T2: REQUEST to all
 *     |<---------------------NAK, or the lease is over--------------- REBINDING --ACK--> BOUND
 * </pre>
 *
 * <p>The first offer that can be used is taken. The address is not probed by ARP first, which
 * section 4.4.1 says a client should do: the server did, if it does what section 3.1 says. For the
 * thread that turns the stack.
 */
public final class DhcpClient implements AutoCloseable {

    private static final int CLIENT_PORT = 68;
    private static final int SERVER_PORT = 67;

    private static final long SECOND = 1_000_000_000L;

    /** RFC 2131 section 4.1: 4 seconds, then twice as long each time, up to 64. */
    private static final long FIRST_RETRY = 4 * SECOND;

    private static final long LAST_RETRY = 64 * SECOND;

    /** RFC 2131 section 4.4.5: not more often than once a minute. */
    private static final long LEAST_RENEW_RETRY = 60 * SECOND;

    private final NetStack stack;
    private final UdpPort port;

    private DhcpState state = DhcpState.INIT;
    private int xid;
    private long began;
    private long retry;
    private long due;
    private DhcpLease offer;
    private DhcpLease lease;
    private long asked;
    private long bound;

    /** Since the exchange began, as the latest message but a REQUEST for an offer told. */
    private int seconds;

    DhcpClient(NetStack stack) {
        this.stack = stack;
        requireRoom(stack.longestDatagram());
        port = stack.open(CLIENT_PORT, (own, datagram) -> receive(datagram, System.nanoTime()));
    }

    /** The device names its MTU, and RFC 791 lets it be as small as 68. */
    private static void requireRoom(int most) {
        if (most < DhcpRequest.BYTES) {
            throw new LayoutException(
                    String.format(
                            "asking for an address: a message of DHCP has %d bytes, and a datagram"
                                    + " of this device at most %d. Give the device a larger MTU, or"
                                    + " the stack an address of your own.",
                            DhcpRequest.BYTES, most));
        }
    }

    public DhcpState state() {
        return state;
    }

    /** What was granted, while it may be used. */
    public Optional<DhcpLease> lease() {
        return state.hasAddress() ? Optional.of(lease) : Optional.empty();
    }

    /** Gives the port back; the address stays in use. */
    @Override
    public void close() {
        port.close();
        stack.forget(this);
    }

    /** Does what is due; called at least every 100 ms. */
    void tick(long now) {
        if (state == DhcpState.INIT) {
            begin(now);
        } else if (state.hasAddress()) {
            keep(now);
        } else if (due - now <= 0) {
            retry = Math.min(2 * retry, LAST_RETRY);
            // A REQUEST that nobody answers ends where it began (section 3.1 step 5).
            if (state == DhcpState.REQUESTING && retry == LAST_RETRY) {
                begin(now);
            } else {
                send(now);
            }
        }
    }

    private void begin(long now) {
        state = DhcpState.SELECTING;
        xid = ThreadLocalRandom.current().nextInt();
        began = now;
        retry = FIRST_RETRY;
        send(now);
    }

    /** Sends what the state asks with, and says when to do so again. */
    private void send(long now) {
        asked = now;
        // Section 4.1: "randomized by the value of a uniform random number ... -1 to +1" seconds.
        due = now + retry + ThreadLocalRandom.current().nextLong(-SECOND, SECOND);
        // Section 3.1 step 3: a REQUEST for an offer "MUST use the same value" as its DISCOVER.
        if (state != DhcpState.REQUESTING) {
            seconds = (int) Math.min((now - began) / SECOND, 0xffff);
        }
        int own = state.hasAddress() ? lease.settings().address().bits() : 0;
        DhcpType type = state == DhcpState.SELECTING ? DhcpType.DISCOVER : DhcpType.REQUEST;
        DhcpRequest request = new DhcpRequest(type, xid, seconds, own, stack.mac());
        if (state == DhcpState.REQUESTING) {
            request.with(DhcpOption.REQUESTED_ADDRESS, offer.settings().address())
                    .with(DhcpOption.SERVER_IDENTIFIER, offer.server());
        }
        boolean toServer = state == DhcpState.RENEWING;
        port.send(toServer ? lease.server() : Ipv4Address.BROADCAST, SERVER_PORT, request.finish());
    }

    private void receive(Datagram datagram, long now) {
        Optional<DhcpMessage> parsed = DhcpMessage.parse(datagram.bytes());
        if (parsed.isEmpty()) {
            stack.drops().add(DropReason.DHCP_MALFORMED);
            return;
        }
        DhcpMessage message = parsed.get();
        boolean ours = message.isReply() && message.xid() == xid && message.client() == stack.mac();
        if (ours && state == DhcpState.SELECTING && message.is(DhcpType.OFFER)) {
            select(message, now);
        } else if (ours && isAsking() && message.is(DhcpType.ACK)) {
            bind(message, now);
        } else if (ours && isAsking() && message.is(DhcpType.NAK)) {
            lose();
        } else {
            stack.drops().add(DropReason.DHCP_NOT_OURS);
        }
    }

    private boolean isAsking() {
        return state == DhcpState.REQUESTING
                || state == DhcpState.RENEWING
                || state == DhcpState.REBINDING;
    }

    private void select(DhcpMessage message, long now) {
        Optional<DhcpLease> offered = usable(message);
        if (offered.isPresent()) {
            offer = offered.get();
            state = DhcpState.REQUESTING;
            retry = FIRST_RETRY;
            send(now);
        }
    }

    /** The lease counts from when it was asked for (section 4.4.1). */
    private void bind(DhcpMessage message, long now) {
        Optional<DhcpLease> granted = usable(message);
        if (granted.isPresent()) {
            boolean same = state.hasAddress() && lease.settings().equals(granted.get().settings());
            lease = granted.get();
            bound = asked;
            state = DhcpState.BOUND;
            due = now;
            if (!same) {
                stack.use(lease.settings());
            }
        }
    }

    private Optional<DhcpLease> usable(DhcpMessage message) {
        Optional<DhcpLease> found = DhcpLease.of(message);
        if (found.isEmpty()) {
            stack.drops().add(DropReason.DHCP_UNUSABLE);
        }
        return found;
    }

    /** Renews, rebinds or gives up, by how old the lease is. */
    private void keep(long now) {
        if (lease.seconds() == DhcpLease.FOR_EVER) {
            return;
        }
        long age = now - bound;
        if (age >= lease.seconds() * SECOND) {
            lose();
        } else if (age >= lease.rebindSeconds() * SECOND) {
            ask(DhcpState.REBINDING, lease.seconds() * SECOND - age, now);
        } else if (age >= lease.renewSeconds() * SECOND) {
            ask(DhcpState.RENEWING, lease.rebindSeconds() * SECOND - age, now);
        }
    }

    /** Section 4.4.5: again after half of the time that is left, down to a minute. */
    private void ask(DhcpState wanted, long left, long now) {
        if (state != wanted) {
            state = wanted;
            began = now;
            xid = ThreadLocalRandom.current().nextInt();
        } else if (due - now > 0) {
            return;
        }
        retry = Math.max(left / 2, LEAST_RENEW_RETRY);
        send(now);
    }

    private void lose() {
        if (state.hasAddress()) {
            stack.useNone();
        }
        state = DhcpState.INIT;
    }
}
