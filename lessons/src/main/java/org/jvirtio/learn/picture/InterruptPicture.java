package org.jvirtio.learn.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jvirtio.DeviceType;
import org.jvirtio.LayoutException;
import org.jvirtio.RunningDevice;
import org.jvirtio.Waiting;
import org.jvirtio.page.Markup;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.NamedWindow;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.pci.VirtioLayout;
import org.jvirtio.trace.Access;
import org.jvirtio.transport.LegacyRegister;

/** How one disk tells that it is done, and where that leaves the registers of its configuration. */
public final class InterruptPicture implements Picture {

    private static final int CAPACITY = 16;

    private final String name;
    private final List<String> lines = new ArrayList<>();
    private final StartedDevice started;
    private final LayoutChoice choice;

    private InterruptPicture(PciFunction function, Policy policy) {
        name = function.name();
        choice = StartedDevice.choose(function, policy);
        if (StartedDevice.type(choice) != DeviceType.BLOCK) {
            throw new LayoutException(
                    "drawing the interrupts of "
                            + name
                            + ": its configuration is not that of a disk. Name a block device.");
        }
        started = new StartedDevice(function);
        try (started;
                RunningDevice device = started.start(choice, RawRequest.needs(), CAPACITY)) {
            look(device);
        }
    }

    public static Picture of(PciFunction function, Policy policy) {
        return new InterruptPicture(function, policy);
    }

    private void look(RunningDevice device) {
        lines.add("layout      " + StartedDevice.label(choice));
        String mode = device.interrupts().mode().name().toLowerCase(Locale.ROOT);
        lines.add("interrupts  " + mode.replace('_', ' '));
        device.interrupts().steps().forEach(step -> lines.add("            " + step));
        int before = accesses().size();
        int half = device.config().fields().read32(0);
        Access read = accesses().get(before);
        lines.add(
                String.format(
                        "capacity    low half 0x%08x, read at %s+0x%x",
                        half, read.region(), read.offset()));
        device.setWaiting(0, Waiting.interrupt());
        int start = accesses().size();
        new RawRequest(device).read(0);
        List<Access> during = accesses().subList(start, accesses().size());
        lines.add("one sector read, and every register that was touched for it:");
        during.forEach(each -> lines.add("            " + each + meaning(each)));
    }

    private List<Access> accesses() {
        return started.registerAccesses();
    }

    private String meaning(Access access) {
        return access.isWrite()
                ? "   the doorbell"
                : isIsr(access) ? "   the ISR, now cleared" : "";
    }

    private boolean isIsr(Access access) {
        VirtioLayout layout = choice.require();
        if (layout instanceof VirtioLayout.Legacy) {
            return access.offset() == LegacyRegister.ISR_STATUS.offset();
        }
        return NamedWindow.of(layout).stream()
                .filter(each -> each.name().equals("isr"))
                .anyMatch(each -> each.window().offset() == access.offset());
    }

    @Override
    public String title() {
        return "interrupts of " + name;
    }

    @Override
    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void write(Markup page) {
        page.open("pre", "tabindex", "0").lines(String.join("\n", lines)).close();
    }
}
