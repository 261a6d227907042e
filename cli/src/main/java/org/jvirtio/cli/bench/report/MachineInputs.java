package org.jvirtio.cli.bench.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What every benchmark has among its inputs: the machine and the JVM. */
public final class MachineInputs {

    private MachineInputs() {}

    /** In reading order; the map may be added to. */
    public static Map<String, String> ofThisMachine() {
        Map<String, String> inputs = new LinkedHashMap<>();
        inputs.put("processor", processor());
        inputs.put("processors", "" + Runtime.getRuntime().availableProcessors());
        inputs.put(
                "kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        inputs.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
        return inputs;
    }

    /** The collector and compiler options this JVM was started with. */
    public static String jvmFlags() {
        return String.join(
                " ",
                ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                        .filter(argument -> argument.startsWith("-X"))
                        .toList());
    }

    /** The line "model name" of /proc/cpuinfo; other systems have none. */
    private static String processor() {
        try {
            for (String line :
                    Files.readAllLines(Path.of("/proc/cpuinfo"), StandardCharsets.ISO_8859_1)) {
                if (line.startsWith("model name")) {
                    return line.substring(line.indexOf(':') + 1).strip();
                }
            }
        } catch (IOException e) {
            return "unknown: " + e.getMessage();
        }
        return "unknown: /proc/cpuinfo names no model";
    }
}
