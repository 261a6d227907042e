package org.jvirtio.learn.picture;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.page.ChainLink;
import org.jvirtio.page.ChainPicture;
import org.jvirtio.page.Markup;
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
public final class CapabilitiesPicture implements Picture {

    /**
     * One link.
     *
     * @param offset in the configuration space
     * @param bytes the first four, in hex
     */
    private record Link(int offset, String bytes, String words) {

        /** The second byte leads on; the first is all there is of one that is cut off. */
        ChainLink drawn() {
            int pointer = Math.min(SECOND_BYTE, bytes.length() - 1);
            return new ChainLink(String.format("0x%02x", offset), bytes, pointer, words);
        }
    }

    private static final int SECOND_BYTE = 3;
    private static final int HEAD_DIGITS = 11;

    private final String name;
    private final int status;
    private final int pointer;
    private final List<Link> links = new ArrayList<>();
    private final List<String> notes;

    private CapabilitiesPicture(PciFunction function) {
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
        return new CapabilitiesPicture(function);
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
    public String title() {
        return "capability list of " + name;
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
    public void write(Markup page) {
        page.element("p", statusWords());
        List<ChainLink> chain = new ArrayList<>();
        chain.add(new ChainLink("0x34", String.format("%02x", pointer), 0, "the first capability"));
        links.forEach(link -> chain.add(link.drawn()));
        String end = notes.isEmpty() ? "the end" : "the walk ends here";
        new ChainPicture(title(), chain, end).write(page);
        notes.forEach(note -> page.element("p", "note: " + note));
    }
}
