package org.jvirtio.learn.picture;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.pci.Capability;
import org.jvirtio.pci.CapabilityList;
import org.jvirtio.pci.ConfigRegister;
import org.jvirtio.pci.MsixCapability;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.StatusBit;
import org.jvirtio.pci.VirtioCapability;

/**
 * The capability list as a chain: each link with its first four bytes, of which the second leads to
 * the next.
 */
public final class ChainPicture implements Picture {

    /**
     * One link.
     *
     * @param offset in the configuration space
     * @param bytes the first four, in hex
     */
    private record Link(int offset, String bytes, String words) {}

    private static final int ROW = 56;
    private static final int HEAD_DIGITS = 11;

    private final String name;
    private final int status;
    private final int pointer;
    private final List<Link> links = new ArrayList<>();
    private final List<String> notes;

    private ChainPicture(PciFunction function) {
        CapabilityList list = CapabilityList.of(function.config());
        name = function.name();
        status = function.config().read(ConfigRegister.STATUS);
        pointer = function.config().read(ConfigRegister.CAPABILITIES_POINTER);
        for (Capability each : list.capabilities()) {
            String hex = each.bytes().hex();
            String head = hex.substring(0, Math.min(HEAD_DIGITS, hex.length()));
            links.add(new Link(each.configOffset(), head, words(each)));
        }
        notes = list.notes();
    }

    public static Picture of(PciFunction function) {
        return new ChainPicture(function);
    }

    private static String words(Capability capability) {
        if (capability instanceof VirtioCapability virtio) {
            return String.format(
                    "%-11s BAR%d+0x%x, 0x%x bytes",
                    virtio.label(), virtio.bar(), virtio.offset(), virtio.length());
        }
        if (capability instanceof MsixCapability msix) {
            return String.format("MSI-X       %d vectors", msix.entries());
        }
        return capability.label();
    }

    private String statusWords() {
        return String.format(
                "0x06  %04x         status: bit 4 is %s",
                status,
                StatusBit.CAPABILITY_LIST.in(status)
                        ? "set, there is a list"
                        : "clear, there is no list");
    }

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(statusWords());
        lines.add(String.format("0x34  %02x           the first capability", pointer));
        String column = "      ";
        for (Link link : links) {
            lines.add(column + "|");
            lines.add(column + "v");
            lines.add(String.format("0x%02x  %s  %s", link.offset(), link.bytes(), link.words()));
            column = "         ";
        }
        lines.add(column + "|");
        lines.add(column + "v");
        lines.add(column + "the end");
        notes.forEach(note -> lines.add("note: " + note));
        return lines;
    }

    @Override
    public String svg() {
        Svg svg = new Svg("capability list of " + name);
        svg.words("mono", 0, 16, statusWords());
        svg.box("pointer", 50, 30, 40, 26).words("mono", 0, 48, "0x34");
        svg.words("mono", 60, 48, String.format("%02x", pointer));
        double from = 60;
        int y = 30;
        for (Link link : links) {
            svg.arrow(from, y + 26, 60, y + ROW);
            y += ROW;
            svg.box("link", 50, y, 110, 26).words("mono", 0, y + 18, hex(link.offset()));
            svg.words("mono", 60, y + 18, link.bytes()).words("mono", 175, y + 18, link.words());
            from = 90;
        }
        svg.arrow(from, y + 26, from, y + ROW - 6)
                .words("mono", from - 20, y + ROW + 10, "the end");
        for (String note : notes) {
            y += 24;
            svg.words("note", 0, y + ROW + 10, "note: " + note);
        }
        return svg.toString();
    }

    private static String hex(int offset) {
        return String.format("0x%02x", offset);
    }
}
