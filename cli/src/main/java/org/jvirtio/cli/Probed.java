package org.jvirtio.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jvirtio.cli.explain.Explanation;
import org.jvirtio.pci.DeviceIdentity;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.VirtioLayout;

/**
 * A function that was looked at.
 *
 * @param row in reading order; its values are texts
 * @param explanation if a page is to show it
 */
record Probed(Map<String, Object> row, Optional<Explanation> explanation) {

    private static final String NOT_VIRTIO = "not virtio";

    static Probed of(LayoutChoice choice, Optional<Explanation> explanation) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("function", choice.function());
        row.put("identity", choice.identity().toString());
        row.put("layout", layout(choice));
        return new Probed(row, explanation);
    }

    boolean isOther() {
        return row.get("layout").equals(NOT_VIRTIO);
    }

    private static String layout(LayoutChoice choice) {
        return choice.identity().kind() == DeviceIdentity.Kind.NOT_VIRTIO
                ? NOT_VIRTIO
                : choice.layout().map(VirtioLayout::label).orElse(DriveOrder.REFUSED);
    }
}
