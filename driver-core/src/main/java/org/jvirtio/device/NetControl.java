package org.jvirtio.device;

import java.util.Collection;
import java.util.List;
import org.jvirtio.LayoutException;
import org.jvirtio.RequestException;
import org.jvirtio.RingFeature;
import org.jvirtio.RunningDevice;
import org.jvirtio.memory.NativeMemory;
import org.jvirtio.queue.Chain;
import org.jvirtio.queue.Virtqueue;

/**
 * Commands to a network device: what it receives, which address it has, how many of its queues are
 * used (virtio 1.4 section 5.1.9.5). Each call sends one command and returns when it is done.
 *
 * <pre>
 *   readable   class (1) | command (1)     0
 *              first table or value        8
 *              second table                the next multiple of 4
 *   writable   acknowledgement (1)         4095
 * </pre>
 *
 * <p>A command that the device refuses, or answers with nonsense, is a {@link RequestException};
 * one that it never answers is a {@link org.jvirtio.DeviceTimeoutException}, and no further command
 * is sent then. Without its feature a command is an {@link IllegalStateException}. Filters make a
 * device drop what nobody wants; frames that nobody wants may still come. Not thread-safe: of the
 * thread that has the device.
 */
public final class NetControl {

    /** Addresses in each table; devices tell not how many they take, and refuse what is more. */
    public static final int MOST_ADDRESSES = 256;

    private static final int BUFFER_BYTES = 4096;
    private static final int HEAD_BYTES = 2;
    private static final int DATA = 8;
    private static final int ACK = BUFFER_BYTES - 1;

    /** Of a 12-bit identifier, all ones is reserved (IEEE 802.1Q). */
    private static final int MOST_VLAN = 4094;

    /** Head, two tables, acknowledgement: devices of old want each in a descriptor of its own. */
    static final int CHAIN_LENGTH = 4;

    private final RunningDevice device;
    private final int index;
    private final Virtqueue queue;
    private final GuardedBuffer buffer;
    private final NativeMemory memory;
    private final Chain chain = new Chain(CHAIN_LENGTH);
    private int dataBytes;
    private int partStart;

    NetControl(RunningDevice device, int index) {
        this.device = device;
        this.index = index;
        queue = device.queue(index);
        if (queue.capacity() < CHAIN_LENGTH) {
            throw new LayoutException(
                    String.format(
                            "opening the control queue of %s: it has %d entries, and a command"
                                    + " needs %d. Give the device longer queues, or do not accept"
                                    + " CTRL_VQ.",
                            device.description(), queue.capacity(), CHAIN_LENGTH));
        }
        buffer = new GuardedBuffer(device, BUFFER_BYTES);
        memory = buffer.region().memory();
    }

    /** Turns one of the modes on or off. */
    public void set(NetMode mode, boolean on) {
        begin(mode.command());
        put8(on ? 1 : 0);
        endPart();
        send(mode.command());
    }

    /**
     * Sets the addresses beside its own for which the device receives, in place of those before; at
     * most {@link #MOST_ADDRESSES} of each kind.
     */
    public void setTables(Collection<NetMac> unicast, Collection<NetMac> multicast) {
        begin(NetCommand.MAC_TABLE_SET);
        for (Collection<NetMac> table : List.of(unicast, multicast)) {
            requireRoom(table.size());
            put32(table.size());
            table.forEach(this::put);
            endPart();
        }
        send(NetCommand.MAC_TABLE_SET);
    }

    /** Sets the device's own address, which its configuration shows from then on. */
    void setMac(NetMac mac) {
        begin(NetCommand.MAC_ADDR_SET);
        put(mac);
        endPart();
        send(NetCommand.MAC_ADDR_SET);
    }

    /** Has frames of this VLAN received; with CTRL_VLAN no other tagged ones are. */
    public void addVlan(int vlan) {
        vlan(NetCommand.VLAN_ADD, vlan);
    }

    public void removeVlan(int vlan) {
        vlan(NetCommand.VLAN_DEL, vlan);
    }

    /** Says that peers were told, as {@link NetLink#isAnnouncementAsked} wished. */
    public void acknowledgeAnnouncement() {
        begin(NetCommand.ANNOUNCE_ACK);
        send(NetCommand.ANNOUNCE_ACK);
    }

    /** How many pairs the device may use from now on; their buffers have to be there before. */
    void usePairs(int pairs) {
        begin(NetCommand.VQ_PAIRS_SET);
        put16(pairs);
        endPart();
        send(NetCommand.VQ_PAIRS_SET);
    }

    private void vlan(NetCommand command, int vlan) {
        if (vlan < 0 || vlan > MOST_VLAN) {
            throw new IllegalArgumentException(
                    "VLAN " + vlan + "; there are those from 0 to " + MOST_VLAN);
        }
        begin(command);
        put16(vlan);
        endPart();
        send(command);
    }

    private void begin(NetCommand command) {
        if (!device.has(command.feature)) {
            throw new IllegalStateException(
                    String.format(
                            "sending %s to %s: %s was not accepted; its decisions say why",
                            command, device.description(), command.feature));
        }
        queue.requireWorking();
        memory.write8(at(0), command.commandClass);
        memory.write8(at(1), command.number);
        memory.write8(at(ACK), NetAck.UNTOUCHED);
        chain.clear().readable(address(0), HEAD_BYTES);
        dataBytes = 0;
        partStart = 0;
    }

    private void put8(int value) {
        memory.write8(at(DATA + dataBytes), value);
        dataBytes += Byte.BYTES;
    }

    private void put16(int value) {
        memory.write16(at(DATA + dataBytes), value);
        dataBytes += Short.BYTES;
    }

    private void put32(int value) {
        memory.write32(at(DATA + dataBytes), value);
        dataBytes += Integer.BYTES;
    }

    private void put(NetMac mac) {
        for (int i = 0; i < NetMac.BYTES; i++) {
            put8(mac.octet(i));
        }
    }

    /** What was put since the last part goes into a descriptor of its own. */
    private void endPart() {
        chain.readable(address(DATA + partStart), dataBytes - partStart);
        dataBytes = (dataBytes + Integer.BYTES - 1) & -Integer.BYTES;
        partStart = dataBytes;
    }

    private void send(NetCommand command) {
        chain.writable(address(ACK), 1);
        queue.offer(chain, command.number);
        queue.publish();
        queue.ringIfAsked();
        device.awaitUsed(index, "the answer to " + command);
        requireIntact(command);
        int value = memory.read8(at(ACK));
        NetAck ack = isCounted() ? NetAck.of(value) : NetAck.NOT_WRITTEN;
        if (ack != NetAck.OK) {
            throw new RequestException(
                    String.format(
                            "sending %s to %s: %s (acknowledgement 0x%02x). Do without it, or look"
                                    + " at the device model; frames can go on.",
                            command, device.description(), ack.meaning, value));
        }
    }

    /** Without VERSION_1 the used length of a command says nothing (section 5.1.9.1). */
    private boolean isCounted() {
        return queue.usedLength() > 0 || !device.has(RingFeature.VERSION_1);
    }

    private void requireIntact(NetCommand command) {
        if (!buffer.isIntact()) {
            throw queue.breakWith(
                    "sending "
                            + command
                            + ": the device wrote outside the byte for its acknowledgement. Reset"
                            + " the device, and report it.");
        }
    }

    private static void requireRoom(int addresses) {
        if (addresses > MOST_ADDRESSES) {
            throw new IllegalArgumentException(
                    String.format(
                            "a table of %d addresses; it has up to %d. Receive everything (PROMISC,"
                                    + " ALLMULTI) instead.",
                            addresses, MOST_ADDRESSES));
        }
    }

    private long at(int offset) {
        return buffer.start() + (long) offset;
    }

    private long address(int offset) {
        return buffer.region().deviceAddress(at(offset));
    }
}
