package org.jvirtio.learn.picture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.DeviceType;
import org.jvirtio.LayoutException;
import org.jvirtio.RingFeature;
import org.jvirtio.RunningDevice;
import org.jvirtio.device.NetFeature;
import org.jvirtio.device.NetField;
import org.jvirtio.memory.DmaRegion;
import org.jvirtio.page.ByteDump;
import org.jvirtio.page.ByteField;
import org.jvirtio.page.ByteGroup;
import org.jvirtio.page.Markup;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.queue.Virtqueue;

/**
 * One ARP request, "who has 10.0.2.2?", sent through a network device without the driver that
 * usually does it, and the buffer that comes back: the header of virtio, then the frame.
 */
public final class FramePicture implements Picture {

    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");
    private static final int CAPACITY = 8;
    private static final int BUFFER = 2048;
    private static final int ROW = 16;
    private static final int SHORTEST = 60;
    private static final int ETHERNET_HEADER = 14;

    /** To all, from 52:54:00:12:34:56, of type ARP: who has 10.0.2.2, tell 10.0.2.15. */
    private static final String REQUEST =
            "ffffffffffff 525400123456 0806 0001 0800 06 04 0001"
                    + " 525400123456 0a00020f 000000000000 0a000202";

    private final String name;
    private final String layout;
    private final int headerBytes;
    private final byte[] came;

    private FramePicture(PciFunction function, Policy policy) {
        name = function.name();
        LayoutChoice choice = StartedDevice.choose(function, policy);
        layout = StartedDevice.label(choice);
        if (StartedDevice.type(choice) != DeviceType.NETWORK) {
            throw new LayoutException(
                    "drawing a frame of " + name + ": it is no network device. Name one.");
        }
        try (StartedDevice started = new StartedDevice(function);
                RunningDevice device =
                        started.start(
                                choice,
                                Needs.of(DeviceType.NETWORK)
                                        .without(
                                                RingFeature.RING_PACKED,
                                                RingFeature.INDIRECT_DESC,
                                                RingFeature.IN_ORDER,
                                                NetFeature.MRG_RXBUF),
                                CAPACITY)) {
            // Section 5.1.9.1: num_buffers is there with VERSION_1, or with MRG_RXBUF.
            headerBytes = device.has(RingFeature.VERSION_1) ? 12 : 10;
            came = exchange(device);
        }
    }

    public static Picture of(PciFunction function, Policy policy) {
        return new FramePicture(function, policy);
    }

    private byte[] exchange(RunningDevice device) {
        DmaRegion room = device.allocate(2L * BUFFER, BUFFER);
        Virtqueue receive = device.queue(0);
        receive.offerWritable(room.deviceAddress(), BUFFER, 0);
        receive.publish();
        receive.ring();
        byte[] sent = Arrays.copyOf(frame(), headerBytes + SHORTEST);
        room.memory().copyFrom(BUFFER, sent, 0, sent.length);
        Virtqueue transmit = device.queue(1);
        transmit.offerReadable(room.deviceAddress(BUFFER), sent.length, 0);
        transmit.publish();
        transmit.ring();
        device.awaitUsed(1, "the frame to leave");
        device.awaitUsed(0, "a frame");
        long used = receive.usedLength();
        if (used < headerBytes + ETHERNET_HEADER) {
            throw new DeviceBrokenException(
                    String.format(
                            "receiving a frame from %s: the device says it wrote %d bytes; the"
                                    + " header of virtio and that of Ethernet take %d. Mend the device"
                                    + " model, or draw another device.",
                            name, used, headerBytes + ETHERNET_HEADER));
        }
        byte[] buffer = new byte[(int) used];
        room.memory().copyTo(0, buffer, 0, buffer.length);
        return buffer;
    }

    /** A header of zeros, which asks for nothing, then the request. */
    private byte[] frame() {
        byte[] request = HexFormat.of().parseHex(REQUEST.replace(" ", ""));
        byte[] all = new byte[headerBytes + request.length];
        System.arraycopy(request, 0, all, headerBytes, request.length);
        return all;
    }

    @Override
    public String title() {
        return "a frame received by " + name + ", layout " + layout;
    }

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("layout " + layout + ": a header of " + headerBytes + " bytes, then the frame");
        lines.add("received, " + came.length + " bytes:");
        for (int row = 0; row < Math.min(came.length, 64); row += ROW) {
            int end = Math.min(row + ROW, came.length);
            lines.add(String.format("  %02x: %s", row, HEX.formatHex(came, row, end)));
        }
        lines.add("  header       " + HEX.formatHex(came, 0, headerBytes));
        lines.add("  destination  " + field(0, 6));
        lines.add("  source       " + field(6, 6));
        lines.add("  type         " + field(12, 2));
        return lines;
    }

    private String field(int offset, int length) {
        return HEX.formatHex(came, headerBytes + offset, headerBytes + offset + length);
    }

    @Override
    public void write(Markup page) {
        List<ByteGroup> groups = new ArrayList<>();
        int begin = headerBytes + ETHERNET_HEADER;
        groups.add(group("what it carries", begin, came.length - begin, "as its type says"));
        groups.add(header());
        groups.add(group("destination", headerBytes, 6, field(0, 6)));
        groups.add(group("source", headerBytes + 6, 6, field(6, 6)));
        groups.add(group("type", headerBytes + 12, 2, field(12, 2)));
        new ByteDump(came.length, at -> came[at] & 0xff, groups).write(page);
    }

    private ByteGroup header() {
        List<ByteField> fields = new ArrayList<>();
        for (NetField field : NetField.values()) {
            if (field.offset() < headerBytes) {
                String bytes = HEX.formatHex(came, field.offset(), field.offset() + field.width());
                fields.add(
                        new ByteField(
                                field.offset(),
                                field.width(),
                                field.name(),
                                bytes,
                                field.source()));
            }
        }
        return new ByteGroup("header of virtio", 0, headerBytes, fields);
    }

    private static ByteGroup group(String name, int begin, int length, String meaning) {
        ByteField field = new ByteField(begin, length, name, meaning, "IEEE 802.3 section 3.1.1");
        return new ByteGroup(name, begin, length, List.of(field));
    }
}
