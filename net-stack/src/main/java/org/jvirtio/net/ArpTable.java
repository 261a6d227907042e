package org.jvirtio.net;

/**
 * The translation table of RFC 826: {@value #CAPACITY} entries, of which the one that was used the
 * longest ago makes room. A packet for an address that is being asked for is parked in the entry,
 * the latest only (RFC 1122 section 2.3.2.2).
 *
 * <pre>
 *   free --ask--> asked --reply--> known --a minute--> free
 *                   |                ^
 *                   |  three seconds | any ARP packet of that host
 *                   v                |
 *                 free (the parked packet is dropped)
 * </pre>
 */
final class ArpTable {

    /** More hosts than that are not talked to at once, and every parked packet costs a buffer. */
    static final int CAPACITY = 32;

    /**
     * RFC 1122 section 2.3.2.1: entries that are out of date are flushed, "on the order of a
     * minute".
     */
    static final long LIFE_NANOS = 60_000_000_000L;

    /** RFC 1122 section 2.3.2.1: at most one request a second. */
    static final long RETRY_NANOS = 1_000_000_000L;

    static final int ATTEMPTS = 3;

    private static final int ABSENT = -1;

    /** One address; {@code mac} is 0 while it is asked for. */
    private static final class Entry {
        private int address;
        private long mac;
        private long due;
        private long used;
        private int attempts;
        private int parked = Link.NONE;
        private int parkedLength;
    }

    private final Link link;
    private final DropCounts drops;
    private final Entry[] entries = new Entry[CAPACITY];

    ArpTable(Link link, DropCounts drops) {
        this.link = link;
        this.drops = drops;
        for (int i = 0; i < CAPACITY; i++) {
            entries[i] = new Entry();
        }
    }

    /** The address of a host; 0 if it is not known, or no more. */
    long find(int address, long now) {
        int index = indexOf(address);
        if (index == ABSENT) {
            return 0;
        }
        entries[index].used = now;
        return entries[index].mac;
    }

    /**
     * Keeps a packet until its receiver is known.
     *
     * @param buffer of the link, complete but for the receiver; belongs to the table now
     * @return true if the address is a new one: it is time to ask
     */
    boolean park(int address, int buffer, int length, long now) {
        int index = indexOf(address);
        boolean fresh = index == ABSENT;
        Entry entry = fresh ? claim(address, now) : entries[index];
        if (fresh) {
            entry.attempts = 1;
            entry.due = now + RETRY_NANOS;
        }
        dropParked(entry);
        entry.parked = buffer;
        entry.parkedLength = length;
        return fresh;
    }

    /** Updates the entry of a host and sends what waits for it; false if there is none. */
    boolean merge(int address, long mac, long now) {
        int index = indexOf(address);
        if (index == ABSENT) {
            return false;
        }
        know(entries[index], mac, now);
        return true;
    }

    /** Adds a host that asked for us, and so is about to be answered. */
    void learn(int address, long mac, long now) {
        know(claim(address, now), mac, now);
    }

    /** Hosts that are known or asked for. */
    int size() {
        int size = 0;
        for (Entry entry : entries) {
            size += entry.address != 0 ? 1 : 0;
        }
        return size;
    }

    void clear() {
        for (Entry entry : entries) {
            free(entry);
        }
    }

    /** Asks again, or gives up, where it is time. */
    void expire(Arp arp, long now) {
        for (Entry entry : entries) {
            if (entry.address == 0 || entry.due - now > 0) {
                continue;
            }
            if (entry.mac != 0 || entry.attempts == ATTEMPTS) {
                free(entry);
            } else {
                entry.attempts++;
                entry.due = now + RETRY_NANOS;
                arp.ask(entry.address);
            }
        }
    }

    private void know(Entry entry, long mac, long now) {
        entry.mac = mac;
        entry.due = now + LIFE_NANOS;
        if (entry.parked != Link.NONE) {
            int buffer = entry.parked;
            entry.parked = Link.NONE;
            Frame frame = link.show(buffer);
            Ethernet.write(frame, mac, link.mac(), Ethernet.TYPE_IPV4);
            link.send(buffer, entry.parkedLength);
        }
    }

    private int indexOf(int address) {
        for (int i = 0; i < CAPACITY; i++) {
            if (address != 0 && entries[i].address == address) {
                return i;
            }
        }
        return ABSENT;
    }

    private Entry claim(int address, long now) {
        Entry oldest = entries[0];
        for (Entry entry : entries) {
            if (entry.address == 0) {
                oldest = entry;
                break;
            }
            oldest = entry.used - oldest.used < 0 ? entry : oldest;
        }
        free(oldest);
        oldest.address = address;
        oldest.used = now;
        return oldest;
    }

    private void free(Entry entry) {
        dropParked(entry);
        entry.address = 0;
        entry.mac = 0;
    }

    private void dropParked(Entry entry) {
        if (entry.parked != Link.NONE) {
            drops.add(DropReason.UNRESOLVED);
            link.putBack(entry.parked);
            entry.parked = Link.NONE;
        }
    }
}
