package org.jvirtio.learn.picture;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jvirtio.DeviceType;
import org.jvirtio.LayoutException;
import org.jvirtio.RunningDevice;
import org.jvirtio.page.ChainLink;
import org.jvirtio.page.ChainPicture;
import org.jvirtio.page.Markup;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;

/** Three block requests, byte by byte: the first sector, the last one, and the one behind it. */
public final class RequestPicture implements Picture {

    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");
    private static final int CAPACITY = 16;

    /** Where a partition table begins, and where its signature is. */
    private static final int TABLE = 446;

    private static final int SIGNATURE = 510;
    private static final int PART = 16;

    private final String name;
    private final Map<Long, RawRequest.Answer> answers = new LinkedHashMap<>();
    private long sectors;

    private RequestPicture(PciFunction function, Policy policy) {
        name = function.name();
        LayoutChoice choice = StartedDevice.choose(function, policy);
        if (StartedDevice.type(choice) != DeviceType.BLOCK) {
            throw new LayoutException(
                    "drawing a request to " + name + ": it is no disk. Name a block device.");
        }
        try (StartedDevice started = new StartedDevice(function);
                RunningDevice device = started.start(choice, RawRequest.needs(), CAPACITY)) {
            sectors = capacity(device);
            RawRequest request = new RawRequest(device);
            for (long sector : new long[] {0, sectors - 1, sectors}) {
                answers.put(sector, request.read(sector));
            }
        }
    }

    public static Picture of(PciFunction function, Policy policy) {
        return new RequestPicture(function, policy);
    }

    /** The first field of a disk's configuration: 64 bits, read as two halves (section 5.2.4). */
    private static long capacity(RunningDevice device) {
        return device.config()
                .consistent(
                        () ->
                                (device.config().fields().read32(0) & 0xffffffffL)
                                        | (long) device.config().fields().read32(4) << 32);
    }

    private static String status(int status) {
        return switch (status) {
            case 0 -> "00 OK";
            case 1 -> "01 IOERR";
            case 2 -> "02 UNSUPP";
            default -> String.format("%02x, which means nothing", status);
        };
    }

    @Override
    public String title() {
        return "three requests to " + name;
    }

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("capacity " + sectors + " sectors of 512 bytes");
        answers.forEach(
                (sector, answer) -> {
                    lines.add("read sector " + sector);
                    lines.add("  header       " + HEX.formatHex(answer.header()));
                    lines.add("  data    000  " + part(answer, 0));
                    lines.add("          1be  " + part(answer, TABLE));
                    lines.add("          1fe  " + HEX.formatHex(answer.data(), SIGNATURE, 512));
                    lines.add("  status       " + status(answer.status()));
                    lines.add("  used length  " + answer.usedLength());
                });
        return lines;
    }

    private static String part(RawRequest.Answer answer, int from) {
        return HEX.formatHex(answer.data(), from, from + PART);
    }

    @Override
    public void write(Markup page) {
        answers.forEach(
                (sector, answer) -> {
                    page.element("h3", "read sector " + sector + " of " + sectors);
                    chain(sector, answer).write(page);
                });
    }

    private static ChainPicture chain(long sector, RawRequest.Answer answer) {
        String signature = HEX.formatHex(answer.data(), SIGNATURE, RawRequest.SECTOR_BYTES);
        return new ChainPicture(
                "reading sector " + sector,
                List.of(
                        new ChainLink(
                                "header",
                                HEX.formatHex(answer.header()),
                                0,
                                "the device reads: type, reserved, sector"),
                        new ChainLink(
                                "data",
                                part(answer, 0) + " ... " + signature,
                                0,
                                "the device writes: 512 bytes"),
                        new ChainLink("status", status(answer.status()), 0, "the device writes")),
                "used length " + answer.usedLength());
    }
}
