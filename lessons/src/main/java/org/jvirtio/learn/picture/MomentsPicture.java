package org.jvirtio.learn.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jvirtio.lab.picture.QueuePicture;
import org.jvirtio.page.Markup;
import org.jvirtio.page.RingPicture;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.queue.QueueSnapshot;

/**
 * A split queue, moment by moment: two requests, each offered, published, answered and taken. What
 * changed since the moment before is marked.
 */
public final class MomentsPicture implements Picture {

    private static final String ROW = "  %-2s %-46s  %-13s  %s";

    /** A larger queue is cut: the first entries are enough to see how it works. */
    private static final int MOST_ROWS = 8;

    private final String name;
    private final String layout;
    private final List<RingAtWork.Moment> moments;
    private final String refusal;

    private MomentsPicture(String name, String layout, RingAtWork work) {
        this.name = name;
        this.layout = layout;
        moments = work.moments();
        refusal = work.refusal();
    }

    public static Picture of(PciFunction function, Policy policy) {
        LayoutChoice choice = StartedDevice.choose(function, policy);
        try (StartedDevice device = new StartedDevice(function)) {
            return new MomentsPicture(
                    function.name(), StartedDevice.label(choice), RingAtWork.watch(device, choice));
        }
    }

    @Override
    public String title() {
        return "queue of " + name + ", layout " + layout;
    }

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("layout " + layout + "; * marks what changed");
        for (int i = 0; i < moments.size(); i++) {
            lines.add(i + ". " + moments.get(i).words());
            lines.addAll(rows(moments.get(i).queue(), moments.get(Math.max(0, i - 1)).queue()));
        }
        if (!refusal.isEmpty()) {
            lines.add("the driver refuses: " + refusal);
        }
        return lines;
    }

    private static List<String> rows(QueueSnapshot now, QueueSnapshot before) {
        List<String> rows = new ArrayList<>();
        rows.add(
                String.format(
                        ROW,
                        "",
                        "descriptors",
                        "avail idx " + marked(now, before, QueueSnapshot::availableIndex),
                        "used idx " + marked(now, before, QueueSnapshot::usedIndex)));
        for (int i = 0; i < Math.min(MOST_ROWS, now.capacity()); i++) {
            int place = i;
            rows.add(
                    String.format(
                                    ROW,
                                    place,
                                    marked(now, before, queue -> descriptor(queue, place)),
                                    marked(now, before, queue -> available(queue, place)),
                                    marked(now, before, queue -> used(queue, place)))
                            .stripTrailing());
        }
        return rows;
    }

    private static String descriptor(QueueSnapshot queue, int place) {
        QueueSnapshot.Descriptor descriptor = queue.descriptors().get(place);
        if (descriptor.length() == 0) {
            return "-";
        }
        return String.format(
                "0x%x, %d bytes, %s%s",
                descriptor.deviceAddress(),
                descriptor.length(),
                descriptor.isWritable() ? "device writes" : "device reads",
                descriptor.goesOn() ? ", next " + descriptor.next() : "");
    }

    private static int available(QueueSnapshot queue, int place) {
        return queue.available().get(place).descriptor();
    }

    private static String used(QueueSnapshot queue, int place) {
        QueueSnapshot.Element element = queue.used().get(place);
        return "id " + element.id() + ", " + element.length() + " bytes";
    }

    private static <T> String marked(T now, T before, Function<T, ?> of) {
        return of.apply(now) + (of.apply(now).equals(of.apply(before)) ? "" : " *");
    }

    @Override
    public void write(Markup page) {
        RingPicture before = null;
        for (int i = 0; i < moments.size(); i++) {
            RingPicture now = QueuePicture.of(moments.get(i).queue());
            page.element("h3", i + ". " + moments.get(i).words());
            (before == null ? now : now.since(before)).write(page);
            before = now;
        }
        if (!refusal.isEmpty()) {
            page.element("p", "The driver refuses: " + refusal);
        }
    }
}
