package org.jvirtio.cli.lab;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jvirtio.cli.Functions;
import org.jvirtio.pci.PciFunction;

/**
 * A function that somebody named.
 *
 * @param name as typed: {@code vfio:0000:00:04.0}
 * @param label of the way to it, in the ids of cases: {@code vfio}, of a second one {@code vfio-2}
 */
record NamedFunction(String name, String label) {

    /** Options of a model that lead to something which there is once on a machine. */
    private static final Pattern SHARED =
            Pattern.compile(",(image|socket|listen|connect|tap|hub)=");

    /** In the order of {@code names}; no two have one label. */
    static List<NamedFunction> all(List<String> names) {
        Map<String, Integer> used = new HashMap<>();
        List<NamedFunction> functions = new ArrayList<>();
        for (String name : names) {
            String way = name.substring(0, name.indexOf(':'));
            int number = used.merge(way, 1, Integer::sum);
            functions.add(new NamedFunction(name, number == 1 ? way : way + "-" + number));
        }
        return functions;
    }

    /**
     * True if each opening makes a device of its own, so that several cases can run at a time. One
     * with a file or a socket of this machine behind it shares that with all others of its name.
     */
    boolean isMadeAnew() {
        return name.startsWith("emulated:") && !SHARED.matcher(name).find();
    }

    /** For looking at: nothing is bound, enabled or written. */
    PciFunction look() {
        return Functions.openToLook(name);
    }

    /** For driving, until it is closed. */
    PciFunction open() {
        return Functions.openToDrive(name);
    }
}
