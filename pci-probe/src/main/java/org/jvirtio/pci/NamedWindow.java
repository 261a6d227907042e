package org.jvirtio.pci;

import java.util.ArrayList;
import java.util.List;

/** A window of a layout with the name people know it by. */
public record NamedWindow(String name, Window window) {

    /** The windows of a layout, in the order of its description. */
    public static List<NamedWindow> of(VirtioLayout layout) {
        List<NamedWindow> windows = new ArrayList<>();
        if (layout instanceof VirtioLayout.Legacy legacy) {
            windows.add(new NamedWindow("registers", legacy.registers()));
        } else if (layout instanceof VirtioLayout.RegisterSets sets) {
            windows.add(new NamedWindow("queues", sets.queues()));
            sets.config().ifPresent(window -> windows.add(new NamedWindow("config", window)));
            sets.isr().ifPresent(window -> windows.add(new NamedWindow("isr", window)));
        } else if (layout instanceof VirtioLayout.Virtio1 virtio1) {
            windows.add(new NamedWindow("common", virtio1.common()));
            windows.add(new NamedWindow("doorbells", virtio1.doorbells()));
            windows.add(new NamedWindow("isr", virtio1.isr()));
            virtio1.device().ifPresent(window -> windows.add(new NamedWindow("device", window)));
        }
        return windows;
    }
}
