package org.jvirtio.lab.trace;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jvirtio.trace.Access;
import org.jvirtio.trace.Trace;
import org.jvirtio.trace.TraceEvent;
import org.jvirtio.trace.TraceReader;
import org.jvirtio.trace.TraceWriter;

/**
 * A good trace made bad, by one line of text.
 *
 * <pre>
 *   drop [all|last] ACCESS             it never happened
 *   change [all|last] ACCESS to VALUE  it carried another value
 *   before ACCESS: RAW &amp; RAW ...       other accesses came before the first such
 *
 *   ACCESS   w8 COMMON_CFG DEVICE_STATUS 0x03, by its names; the value may be left out
 *   RAW      w8 BAR4+0x14 0x03, as in a file
 * </pre>
 */
final class Tampering {

    private final Trace trace;

    Tampering(Trace trace) {
        this.trace = trace;
    }

    Trace with(String edit) {
        String[] verb = edit.split(" ", 2);
        return switch (verb[0]) {
            case "drop" -> replace(verb[1], event -> List.of());
            case "change" -> change(verb[1]);
            case "before" -> before(verb[1]);
            default -> throw new IllegalArgumentException("no way to '" + edit + "'");
        };
    }

    private interface Replacement {
        List<TraceEvent> of(Access access);
    }

    private Trace change(String text) {
        String[] parts = text.split(" to ", 2);
        int value = Integer.parseUnsignedInt(parts[1].substring(2), 16);
        return replace(parts[0], access -> List.of(access.withValue(value)));
    }

    private Trace before(String text) {
        String[] parts = text.split(": ", 2);
        return replace(
                parts[0],
                access -> {
                    List<TraceEvent> events = new ArrayList<>();
                    for (String raw : parts[1].split(" & ", -1)) {
                        events.add(parse(access.nanos() + " " + raw));
                    }
                    events.add(access);
                    return events;
                });
    }

    private Trace replace(String text, Replacement replacement) {
        boolean all = text.startsWith("all ");
        boolean last = text.startsWith("last ");
        String key = text.replaceFirst("^(all|last) ", "");
        List<Integer> places = places(key);
        if (places.isEmpty()) {
            throw new IllegalArgumentException("'" + key + "' is not in\n" + lines());
        }
        int only = last ? places.get(places.size() - 1) : places.get(0);
        Predicate<Integer> chosen = all ? places::contains : place -> place == only;
        List<TraceEvent> events = new ArrayList<>();
        for (int i = 0; i < trace.events().size(); i++) {
            TraceEvent event = trace.events().get(i);
            if (chosen.test(i)) {
                events.addAll(replacement.of((Access) event));
            } else {
                events.add(event);
            }
        }
        return trace.with(events);
    }

    private List<Integer> places(String key) {
        return NamedTrace.of(trace).accesses().stream()
                .filter(access -> (name(access) + " ").startsWith(key + " "))
                .map(NamedAccess::index)
                .toList();
    }

    private static String name(NamedAccess access) {
        String raw = access.access().toString();
        int place = raw.indexOf(' ');
        return raw.substring(0, place) + " " + access.name() + raw.substring(raw.lastIndexOf(' '));
    }

    private String lines() {
        return String.join(
                "\n", NamedTrace.of(trace).accesses().stream().map(Tampering::name).toList());
    }

    private TraceEvent parse(String line) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TraceWriter.write(trace.with(List.of()), new PrintStream(bytes, true));
        String text = bytes.toString(StandardCharsets.UTF_8) + line;
        return TraceReader.parse("of a test", text).events().get(0);
    }
}
