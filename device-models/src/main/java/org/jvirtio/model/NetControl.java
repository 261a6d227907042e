package org.jvirtio.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The commands of a driver to a network model (virtio 1.4 section 5.1.9.5).
 *
 * <pre>
 *   readable   class (1) | command (1) | data
 *   writable   acknowledgement (1): 0 done, 1 refused
 * </pre>
 *
 * <p>What the driver may not ask for is written down and refused. Used under the function's lock.
 */
final class NetControl {

    private static final int HEAD = 2;
    private static final int OK = 0;
    private static final int ERR = 1;
    private static final int ADDRESS = 6;
    private static final int MOST_VLAN = 0xfff;

    /** Addresses of both tables, as many as QEMU takes. */
    private static final int MOST_ADDRESSES = 64;

    /** What the commands change. */
    interface Target {

        void mac(byte[] address);

        void announced();

        void pairs(int count);
    }

    private final NetFilter filter;
    private final NetOptions options;
    private final Target target;
    private BitSet accepted = new BitSet();

    NetControl(NetFilter filter, NetOptions options, Target target) {
        this.filter = filter;
        this.options = options;
        this.target = target;
    }

    void negotiated(BitSet features) {
        accepted = features;
    }

    void serve(ModelChain chain) {
        if (chain.readableLength() < HEAD || chain.writableLength() < 1) {
            throw new ProtocolFault(
                    String.format(
                            "command of %d readable and %d writable bytes; it has at least 2 and 1"
                                    + " (section 5.1.9.5)",
                            chain.readableLength(), chain.writableLength()));
        }
        byte[] bytes = new byte[(int) Math.min(chain.readableLength(), 1 << 16)];
        chain.read(0, bytes, bytes.length);
        ByteBuffer data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int commandClass = data.get();
        int command = data.get();
        String wrong = obey(commandClass, command, data);
        if (!wrong.isEmpty()) {
            chain.complain(
                    String.format(
                            "command %d of class %d: %s (section 5.1.9.5)",
                            command, commandClass, wrong));
        }
        chain.write(0, new byte[] {(byte) (wrong.isEmpty() ? OK : ERR)}, 1);
        chain.complete(1);
    }

    /** Does it; or says what is wrong with it, and does nothing. */
    private String obey(int commandClass, int command, ByteBuffer data) {
        return switch (commandClass << Byte.SIZE | command) {
            case 0x000, 0x001 -> mode(NetBit.CTRL_RX, command, data);
            case 0x002, 0x003, 0x004, 0x005 -> mode(NetBit.CTRL_RX_EXTRA, command, data);
            case 0x100 -> needs(NetBit.CTRL_RX, data, 2 * Integer.BYTES, () -> tables(data));
            case 0x101 -> needs(NetBit.CTRL_MAC_ADDR, data, ADDRESS, () -> address(data));
            case 0x200, 0x201 ->
                    needs(NetBit.CTRL_VLAN, data, Short.BYTES, () -> vlan(data, command == 0));
            case 0x300 -> needs(NetBit.GUEST_ANNOUNCE, data, 0, this::announced);
            case 0x400 -> needs(NetBit.MQ, data, Short.BYTES, () -> pairs(data));
            default -> "there is no such command";
        };
    }

    /** What a command does; says what is wrong with its data. */
    private interface Effect {
        String run();
    }

    private String needs(NetBit feature, ByteBuffer data, int least, Effect effect) {
        if (!accepted.get(feature.bit)) {
            return feature + " was not accepted";
        }
        if (data.remaining() < least) {
            return String.format("it has %d bytes of data and needs %d", data.remaining(), least);
        }
        return effect.run();
    }

    private String mode(NetBit feature, int command, ByteBuffer data) {
        return needs(
                feature,
                data,
                1,
                () -> {
                    int on = data.get();
                    if (on != 0 && on != 1) {
                        return "a mode is on (1) or off (0), not " + on;
                    }
                    filter.mode(command, on == 1);
                    return "";
                });
    }

    private String tables(ByteBuffer data) {
        List<Long> all = new ArrayList<>();
        for (int table = 0; table < 2; table++) {
            long count = data.remaining() < Integer.BYTES ? -1 : data.getInt() & 0xffff_ffffL;
            if (count < 0 || count * ADDRESS > data.remaining()) {
                return "table " + table + " is longer than what was sent";
            }
            for (int i = 0; i < count; i++) {
                all.add(NetFilter.address(addressIn(data), 0));
            }
        }
        if (all.size() > MOST_ADDRESSES) {
            return all.size() + " addresses; this device takes " + MOST_ADDRESSES;
        }
        filter.table(all);
        return "";
    }

    private String address(ByteBuffer data) {
        target.mac(addressIn(data));
        return "";
    }

    private static byte[] addressIn(ByteBuffer data) {
        byte[] address = new byte[ADDRESS];
        data.get(address);
        return address;
    }

    private String vlan(ByteBuffer data, boolean member) {
        int vlan = data.getShort() & 0xffff;
        if (vlan > MOST_VLAN) {
            return "VLAN " + vlan + " has more than 12 bits";
        }
        filter.vlan(vlan, member);
        return "";
    }

    private String announced() {
        target.announced();
        return "";
    }

    private String pairs(ByteBuffer data) {
        int count = data.getShort() & 0xffff;
        if (count < 1 || count > options.pairs()) {
            return String.format("%d pairs of queues; there are %d", count, options.pairs());
        }
        target.pairs(count);
        return "";
    }
}
