package org.jvirtio.guest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jvirtio.EnvironmentException;

/**
 * The kernel modules below one directory, and the order in which to load some of them. Debian's
 * package brings no {@code modules.dep} (its installation makes one), so the order comes from what
 * each module says of itself: the {@code depends=} line of its {@code .modinfo} section.
 */
final class KernelModules {

    private static final String SUFFIX = ".ko";

    private final Path directory;
    private final GuestCache cache;
    private final Map<String, Path> files = new HashMap<>();
    private final String builtin;

    /**
     * @param directory that of one kernel release, as in {@code /lib/modules/6.1.0}
     * @param cache where packed modules are unpacked
     */
    KernelModules(Path directory, GuestCache cache) {
        this.directory = directory;
        this.cache = cache;
        try (Stream<Path> all = Files.walk(directory)) {
            all.filter(file -> isModule(file.getFileName().toString()))
                    .forEach(file -> files.put(name(file.getFileName().toString()), file));
            Path list = directory.resolve("modules.builtin");
            builtin = Files.exists(list) ? Files.readString(list) : "";
        } catch (IOException e) {
            throw unreadable("reading kernel modules below " + directory, e);
        }
    }

    /** The files to load, dependencies first; names that the kernel has built in are left out. */
    List<Path> inLoadingOrder(List<String> names) {
        Map<String, Path> order = new LinkedHashMap<>();
        for (String wanted : names) {
            add(name(wanted), order, new ArrayList<>());
        }
        return List.copyOf(order.values());
    }

    private void add(String module, Map<String, Path> order, List<String> path) {
        if (order.containsKey(module) || path.contains(module) || isBuiltIn(module)) {
            return;
        }
        Path file = files.get(module);
        if (file == null) {
            throw new EnvironmentException(
                    "collecting kernel modules: "
                            + directory
                            + " holds no "
                            + module
                            + SUFFIX
                            + ", and the kernel has none built in. Use a kernel with VFIO, such as"
                            + " Debian's linux-image-cloud-amd64.");
        }
        if (PackedModule.is(file.getFileName().toString())) {
            file = PackedModule.unpacked(file, cache);
        }
        path.add(module);
        for (String dependency : dependencies(file)) {
            add(dependency, order, path);
        }
        order.put(module, file);
    }

    boolean isBuiltIn(String module) {
        for (String line : builtin.split("\n", -1)) {
            if (line.endsWith(SUFFIX)
                    && name(line.substring(line.lastIndexOf('/') + 1)).equals(module)) {
                return true;
            }
        }
        return false;
    }

    /** Names after {@code depends=}, which stands between zero bytes once in every module. */
    static List<String> dependencies(Path module) {
        List<String> names = new ArrayList<>();
        for (String name : information(module, "depends").split(",", -1)) {
            if (!name.isEmpty()) {
                names.add(name(name));
            }
        }
        return names;
    }

    /** The release of the kernel that a module was built for, such as {@code 6.1.0-56-amd64}. */
    static String release(Path module) {
        String magic = information(module, "vermagic");
        if (magic.isEmpty()) {
            throw new EnvironmentException(
                    "reading kernel module "
                            + module
                            + ": it does not say for which kernel it was built. Name the directory"
                            + " of a kernel's modules with --modules, such as /lib/modules/$(uname"
                            + " -r).");
        }
        return magic.split(" ", 2)[0];
    }

    /** A line of the {@code .modinfo} section: {@code field=value} and a zero byte. */
    private static String information(Path module, String field) {
        try {
            String text = Files.readString(module, StandardCharsets.ISO_8859_1);
            String begin = "\0" + field + "=";
            int start = text.indexOf(begin);
            int end = text.indexOf('\0', start + 1);
            return start < 0 || end < 0 ? "" : text.substring(start + begin.length(), end);
        } catch (IOException e) {
            throw unreadable("reading kernel module " + module, e);
        }
    }

    private static EnvironmentException unreadable(String doing, IOException cause) {
        return new EnvironmentException(
                doing
                        + ": "
                        + cause
                        + ". Name the directory of the kernel's modules with --modules, such as"
                        + " /lib/modules/$(uname -r).",
                cause);
    }

    private static boolean isModule(String name) {
        return name.endsWith(SUFFIX) || PackedModule.is(name);
    }

    /** Dashes and underscores mean the same in a module's name. */
    private static String name(String file) {
        String stem = isModule(file) ? file.substring(0, file.lastIndexOf(SUFFIX)) : file;
        return stem.replace('-', '_');
    }
}
