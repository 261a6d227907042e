package org.jvirtio.net;

/**
 * Who we are on a network of IPv4, and how we leave it.
 *
 * @param address our own
 * @param prefix bits of the network, 1 to 30
 * @param router takes what goes to other networks; {@link Ipv4Address#NONE} if there is none
 */
public record Ipv4Settings(Ipv4Address address, int prefix, Ipv4Address router) {

    public Ipv4Settings {
        if (!address.isHost() || prefix < 1 || prefix > 30) {
            throw new IllegalArgumentException(
                    String.format(
                            "using the address %s/%d: no host can have it. Use one of classes A to"
                                    + " C, and 1 to 30 bits of network.",
                            address, prefix));
        }
        if (!router.equals(Ipv4Address.NONE) && !isNear(router.bits(), address.bits(), prefix)) {
            throw new IllegalArgumentException(
                    String.format(
                            "using the router %s: it is not on the network of %s/%d, where it has"
                                    + " to be.",
                            router, address, prefix));
        }
    }

    /** From four numbers with points and a prefix, such as {@code 10.0.2.15/24}; no router. */
    public static Ipv4Settings parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("\\d{1,2}")) {
            throw new IllegalArgumentException(
                    "reading the address '" + text + "': write it as 10.0.2.15/24.");
        }
        return new Ipv4Settings(
                Ipv4Address.parse(text.substring(0, slash)),
                Integer.parseInt(text.substring(slash + 1)),
                Ipv4Address.NONE);
    }

    /** The network's mask, such as 255.255.255.0. */
    public Ipv4Address mask() {
        return new Ipv4Address(mask(prefix));
    }

    private static int mask(int prefix) {
        return -1 << (Integer.SIZE - prefix);
    }

    private static boolean isNear(int one, int other, int prefix) {
        return ((one ^ other) & mask(prefix)) == 0;
    }

    boolean isBroadcast(int destination) {
        return destination == -1 || destination == (address.bits() | ~mask(prefix));
    }

    /** Who to ask for by ARP (RFC 1122 section 3.3.1.1); 0 if nobody leads there. */
    int nextHop(int destination) {
        return isNear(destination, address.bits(), prefix) ? destination : router.bits();
    }

    @Override
    public String toString() {
        return address + "/" + prefix + (router.equals(Ipv4Address.NONE) ? "" : " by " + router);
    }
}
