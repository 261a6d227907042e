package org.jvirtio.dump;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jvirtio.EnvironmentException;

/** A file of saved configuration bytes: raw bytes of one function, or the text of lspci of many. */
public final class DumpFile {

    /** More than lspci -xxxx prints for a machine full of functions. */
    private static final long LONGEST = 64 << 20;

    private DumpFile() {}

    static boolean isConfigLength(int length) {
        return length == 64 || length == 256 || length == 4096;
    }

    /** All functions of a file, in its order. */
    public static List<DumpFunction> functions(Path file) {
        byte[] content = read(file);
        String name = "dump:" + file;
        if (!isText(content)) {
            return List.of(new DumpFunction(name, content));
        }
        String text = new String(content, StandardCharsets.US_ASCII);
        return DumpText.parse(name, text).stream()
                .map(entry -> new DumpFunction(name + "@" + entry.address(), entry.bytes()))
                .collect(Collectors.toList());
    }

    /** The only function of a file. */
    public static DumpFunction function(Path file) {
        List<DumpFunction> functions = functions(file);
        if (functions.size() != 1) {
            throw new EnvironmentException(
                    String.format(
                            "opening dump:%s: it holds %d functions. Name one of them: %s",
                            file, functions.size(), names(functions)));
        }
        return functions.get(0);
    }

    /**
     * One function of a file.
     *
     * @param address {@code 00:05.0}, with the domain in front if the file has it
     */
    public static DumpFunction function(Path file, String address) {
        List<DumpFunction> functions = functions(file);
        return functions.stream()
                .filter(function -> function.name().endsWith("@" + address))
                .findFirst()
                .or(() -> inDomain0(functions, address))
                .orElseThrow(
                        () ->
                                new EnvironmentException(
                                        String.format(
                                                "opening dump:%s: it has no function %s. Name one"
                                                        + " that it has: %s",
                                                file, address, names(functions))));
    }

    /** lspci leaves the domain out where there is only 0000. */
    private static Optional<DumpFunction> inDomain0(List<DumpFunction> functions, String address) {
        String other = address.startsWith("0000:") ? address.substring(5) : "0000:" + address;
        return functions.stream()
                .filter(function -> function.name().endsWith("@" + other))
                .findFirst();
    }

    private static String names(List<DumpFunction> functions) {
        return functions.stream().map(DumpFunction::name).collect(Collectors.joining(", "));
    }

    private static byte[] read(Path file) {
        try {
            if (Files.size(file) > LONGEST) {
                throw new EnvironmentException(
                        String.format(
                                "reading dump:%s: it has %d bytes, which is no dump of"
                                        + " configuration spaces. Name another file.",
                                file, Files.size(file)));
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new EnvironmentException(
                    "reading dump:" + file + ": " + e + ". Name a file that can be read.", e);
        }
    }

    /** Configuration bytes always hold some that no text has. */
    private static boolean isText(byte[] content) {
        for (byte value : content) {
            boolean printable = value >= ' ' && value < 0x7f;
            if (!printable && value != '\n' && value != '\r' && value != '\t') {
                return false;
            }
        }
        return true;
    }
}
