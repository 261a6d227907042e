package org.jvirtio.learn.picture;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.Register;
import org.jvirtio.lab.picture.ConfigGroups;
import org.jvirtio.page.ByteDump;
import org.jvirtio.page.ByteField;
import org.jvirtio.page.ByteGroup;
import org.jvirtio.page.Markup;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.ConfigRegister;
import org.jvirtio.pci.ConfigSnapshot;
import org.jvirtio.pci.DeviceIdentity;
import org.jvirtio.pci.PciFunction;

/** The 64 bytes of a PCI header as a dump, and below it what the fields are. */
public final class HeaderPicture implements Picture {

    /** Bytes that belong together. */
    private record Field(int offset, int length, String name, String value) {

        ByteGroup drawn() {
            ByteField field = new ByteField(offset, length, name, value, SOURCE);
            return new ByteGroup(name, offset, length, List.of(field));
        }
    }

    private static final String SOURCE = "PCI Local Bus 3.0 section 6.1";

    private static final int HEADER = 64;
    private static final int ROW = 16;
    private static final int BAR0 = 0x10;

    private final String name;
    private final ConfigSnapshot bytes;
    private final List<Bar> bars;
    private final List<Field> fields = new ArrayList<>();

    private HeaderPicture(PciFunction function) {
        name = function.name();
        bytes = ConfigSnapshot.of(function.config());
        DeviceIdentity identity = DeviceIdentity.of(function.config());
        add(ConfigRegister.VENDOR_ID, "vendor id", String.format("0x%04x", identity.vendor()));
        add(
                ConfigRegister.DEVICE_ID,
                "device id",
                String.format("0x%04x, %s", identity.device(), identity.kind().label()));
        add(ConfigRegister.STATUS, "status", String.format("0x%04x", bytes.read16(6)));
        add(ConfigRegister.REVISION_ID, "revision", "" + identity.revision());
        bars = function.bars();
        for (Bar bar : bars) {
            int length = bar.wide() ? 8 : 4;
            String value =
                    String.format(
                            "%s, %d bits, at 0x%x",
                            bar.space() == Bar.Space.IO ? "I/O" : "memory",
                            8 * length,
                            bar.address());
            fields.add(new Field(BAR0 + 4 * bar.index(), length, "BAR " + bar.index(), value));
        }
        add(
                ConfigRegister.SUBSYSTEM_ID,
                "subsystem id",
                String.format("0x%04x", identity.subsystemDevice()));
        add(
                ConfigRegister.CAPABILITIES_POINTER,
                "capabilities",
                String.format("the first at 0x%02x", bytes.read8(0x34)));
    }

    public static Picture of(PciFunction function) {
        return new HeaderPicture(function);
    }

    private void add(Register register, String label, String value) {
        fields.add(new Field(register.offset(), register.width(), label, value));
    }

    private String hex(int from, int count) {
        StringBuilder hex = new StringBuilder();
        for (int i = from; i < from + count; i++) {
            hex.append(i == from ? "" : " ").append(String.format("%02x", bytes.read8(i)));
        }
        return hex.toString();
    }

    @Override
    public String title() {
        return "PCI header of " + name;
    }

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < HEADER; row += ROW) {
            lines.add(String.format("%02x: %s", row, hex(row, ROW)));
        }
        for (Field field : fields) {
            lines.add(
                    String.format(
                            "%02x  %-23s  %-13s %s",
                            field.offset(),
                            hex(field.offset(), field.length()),
                            field.name(),
                            field.value()));
        }
        return lines;
    }

    @Override
    public void write(Markup page) {
        List<ByteGroup> groups = new ArrayList<>();
        groups.add(ConfigGroups.header(bytes, bars));
        fields.forEach(field -> groups.add(field.drawn()));
        new ByteDump(HEADER, bytes::read8, groups).write(page);
    }
}
