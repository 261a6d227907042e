package org.jvirtio.net;

import java.util.Optional;

/**
 * What a DHCP server granted.
 *
 * @param settings address, network and router
 * @param server who granted it
 * @param nameServer the first one; {@link Ipv4Address#NONE} if none was named
 * @param seconds how long; {@link #FOR_EVER} has no end
 * @param renewSeconds T1, after which to ask this server again (RFC 2131 section 4.4.5)
 * @param rebindSeconds T2, after which to ask any server
 */
public record DhcpLease(
        Ipv4Settings settings,
        Ipv4Address server,
        Ipv4Address nameServer,
        long seconds,
        long renewSeconds,
        long rebindSeconds) {

    /** RFC 2131 section 3.3: "the value 0xffffffff to represent infinity". */
    public static final long FOR_EVER = 0xffff_ffffL;

    /** From an OFFER or ACK; empty if something in it cannot be used. */
    static Optional<DhcpLease> of(DhcpMessage message) {
        Ipv4Address address = new Ipv4Address(message.field(DhcpField.YIADDR));
        int mask = message.option(DhcpOption.SUBNET_MASK);
        Ipv4Address server = new Ipv4Address(message.option(DhcpOption.SERVER_IDENTIFIER));
        long seconds = Integer.toUnsignedLong(message.option(DhcpOption.LEASE_TIME));
        if (!server.isHost() || seconds == 0 || !isMask(mask)) {
            return Optional.empty();
        }
        Ipv4Address router = new Ipv4Address(message.option(DhcpOption.ROUTER));
        return settings(address, Integer.bitCount(mask), router)
                .map(settings -> lease(settings, server, seconds, message));
    }

    /** Ones, then zeros. */
    private static boolean isMask(int mask) {
        return mask != 0 && Integer.numberOfTrailingZeros(mask) + Integer.bitCount(mask) == 32;
    }

    /** A router that is none, or elsewhere, is left out: the network itself can be used. */
    private static Optional<Ipv4Settings> settings(
            Ipv4Address address, int prefix, Ipv4Address router) {
        try {
            Ipv4Settings near = new Ipv4Settings(address, prefix, Ipv4Address.NONE);
            boolean leads = router.isHost() && near.nextHop(router.bits()) == router.bits();
            return Optional.of(leads ? new Ipv4Settings(address, prefix, router) : near);
        } catch (IllegalArgumentException unusable) {
            return Optional.empty();
        }
    }

    /** RFC 2131 section 4.4.5: T1 is half of the lease and T2 7/8, unless the server says. */
    private static DhcpLease lease(
            Ipv4Settings settings, Ipv4Address server, long seconds, DhcpMessage message) {
        long t1 = Integer.toUnsignedLong(message.option(DhcpOption.RENEWAL_TIME));
        long t2 = Integer.toUnsignedLong(message.option(DhcpOption.REBINDING_TIME));
        boolean told = t1 > 0 && t1 < t2 && t2 < seconds;
        return new DhcpLease(
                settings,
                server,
                new Ipv4Address(message.option(DhcpOption.DOMAIN_NAME_SERVER)),
                seconds,
                told ? t1 : seconds / 2,
                told ? t2 : seconds / 8 * 7 + seconds % 8 * 7 / 8);
    }
}
