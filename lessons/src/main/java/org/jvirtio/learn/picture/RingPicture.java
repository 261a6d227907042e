package org.jvirtio.learn.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;

/**
 * A split queue, moment by moment: two requests, each offered, published, answered and taken. What
 * changed since the moment before is marked.
 */
public final class RingPicture implements Picture {

    private static final String ROW = "  %-2s %-46s  %-13s  %s";

    private final String name;
    private final String layout;
    private final List<RingState> states;
    private final String refusal;

    private RingPicture(String name, String layout, RingAtWork work) {
        this.name = name;
        this.layout = layout;
        states = work.states();
        refusal = work.refusal();
    }

    public static Picture of(PciFunction function, Policy policy) {
        LayoutChoice choice = StartedDevice.choose(function, policy);
        try (StartedDevice device = new StartedDevice(function)) {
            return new RingPicture(
                    function.name(), StartedDevice.label(choice), RingAtWork.watch(device, choice));
        }
    }

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("layout " + layout + "; * marks what changed");
        for (int i = 0; i < states.size(); i++) {
            RingState now = states.get(i);
            RingState before = states.get(Math.max(0, i - 1));
            lines.add(i + ". " + now.moment());
            lines.add(
                    String.format(
                            ROW,
                            "",
                            "descriptors",
                            "avail " + index(now, before, RingState::availableIndex),
                            "used " + index(now, before, RingState::usedIndex)));
            for (int r = 0; r < now.rows().size(); r++) {
                lines.add(row(r, now.rows().get(r), before.rows().get(r)));
            }
        }
        if (!refusal.isEmpty()) {
            lines.add("the driver refuses: " + refusal);
        }
        return lines;
    }

    private static String row(int number, RingState.Row now, RingState.Row before) {
        return String.format(
                        ROW,
                        number,
                        marked(now, before, RingState.Row::descriptor),
                        marked(now, before, RingState.Row::available),
                        marked(now, before, RingState.Row::used))
                .stripTrailing();
    }

    private static String index(RingState now, RingState before, Function<RingState, Integer> of) {
        return "idx " + marked(now, before, of);
    }

    private static <T> String marked(T now, T before, Function<T, ?> of) {
        return of.apply(now) + (of.apply(now).equals(of.apply(before)) ? "" : " *");
    }

    @Override
    public String svg() {
        Svg svg = new Svg("queue of " + name + ", layout " + layout);
        int y = 0;
        for (int i = 0; i < states.size(); i++) {
            RingState now = states.get(i);
            RingState before = states.get(Math.max(0, i - 1));
            svg.words("head", 0, y + 16, i + ". " + now.moment());
            y += 26;
            svg.words("label", 0, y + 14, "descriptors");
            svg.words("label", 360, y + 14, index(now, before, RingState::availableIndex));
            svg.words("label", 460, y + 14, index(now, before, RingState::usedIndex));
            y += 20;
            for (int r = 0; r < now.rows().size(); r++) {
                RingState.Row row = now.rows().get(r);
                RingState.Row old = before.rows().get(r);
                cell(svg, 0, y, 350, row, old, RingState.Row::descriptor);
                cell(svg, 360, y, 90, row, old, RingState.Row::available);
                cell(svg, 460, y, 150, row, old, RingState.Row::used);
                y += 22;
            }
            y += 16;
        }
        if (!refusal.isEmpty()) {
            svg.words("note", 0, y + 14, "here the driver refuses to go on");
        }
        return svg.toString();
    }

    private static void cell(
            Svg svg,
            int x,
            int y,
            int width,
            RingState.Row now,
            RingState.Row before,
            Function<RingState.Row, String> of) {
        boolean changed = !of.apply(now).equals(of.apply(before));
        svg.box(changed ? "changed" : "cell", x, y, width, 20);
        svg.words("mono", x + 6, y + 14, of.apply(now));
    }
}
