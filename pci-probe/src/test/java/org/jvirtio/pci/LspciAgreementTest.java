package org.jvirtio.pci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvirtio.dump.DumpFile;
import org.jvirtio.dump.DumpFunction;

/**
 * What we print of a configuration space agrees with {@code lspci -n -vv} on every field that both
 * show; and of a virtio function we show every field that it shows.
 */
class LspciAgreementTest {

    /** One address for all, since each is shown to lspci alone. */
    private static final String ADDRESS = "00:00.0";

    @TempDir Path directory;

    static Stream<DumpFunction> fixtures() {
        Stream<DumpFunction> qemu = DumpFile.functions(fixture("qemu.txt")).stream();
        Stream<DumpFunction> raw =
                Stream.of("host-bridge", "balloon", "block", "network", "socket", "entropy")
                        .map(name -> DumpFile.function(fixture("vmm-" + name + ".config")));
        return Stream.concat(Stream.concat(qemu, raw), Stream.of(made("all kinds", allKinds())));
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void agreesOnEveryFieldThatBothShow(DumpFunction function) throws IOException {
        Map<String, String> theirs = LspciFields.parse(lspci(function));
        Map<String, String> ours = LspciFields.parse(ours(function));

        int compared = 0;
        for (Map.Entry<String, String> field : theirs.entrySet()) {
            if (isUnknownTo(theirs, field.getKey())) {
                continue;
            }
            String value = ours.get(field.getKey());
            if (value != null) {
                assertEquals(field.getValue(), value, field.getKey());
                compared++;
            } else if (mustBeShown(function, ours, field.getKey())) {
                fail("lspci shows " + field + " and we do not");
            }
        }
        assertTrue(compared >= 20, "only " + compared + " fields were compared");
    }

    /**
     * lspci reads every vendor capability of a virtio function as if it had a BAR and an offset.
     */
    private static boolean isUnknownTo(Map<String, String> theirs, String key) {
        String section = key.substring(0, key.indexOf('/'));
        return theirs.getOrDefault(section + "/title/Vendor", "").contains("<unknown>");
    }

    /** Of PCI Express the main registers are enough, and of other functions what they share. */
    private static boolean mustBeShown(
            DumpFunction function, Map<String, String> ours, String key) {
        String section = key.substring(0, key.indexOf('/'));
        return DeviceIdentity.of(function.config()).kind() != DeviceIdentity.Kind.NOT_VIRTIO
                && !ours.containsKey(section + "/title/Express");
    }

    private List<String> lspci(DumpFunction function) throws IOException {
        Path file = Files.writeString(directory.resolve("dump.txt"), text(function));
        Path output = directory.resolve("lspci.txt");
        try {
            int status =
                    new ProcessBuilder("lspci", "-n", "-vv", "-F", file.toString())
                            .redirectOutput(output.toFile())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor();
            assertEquals(0, status, "exit status of lspci");
        } catch (IOException e) {
            fail("this test compares with lspci, which cannot be run: install pciutils", e);
        } catch (InterruptedException e) {
            fail("interrupted while lspci ran", e);
        }
        List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
        return lines.stream().filter(line -> !line.isEmpty()).toList();
    }

    private static List<String> ours(DumpFunction function) {
        DumpFunction renamed = new DumpFunction(ADDRESS, bytes(function));
        return DecodedText.lines(DecodedFunction.of(renamed));
    }

    /** As lspci -xxxx prints it. */
    private static String text(DumpFunction function) {
        byte[] bytes = bytes(function);
        StringBuilder text = new StringBuilder(ADDRESS + " function");
        for (int i = 0; i < bytes.length; i++) {
            text.append(i % 16 == 0 ? String.format("%n%02x:", i) : "");
            text.append(String.format(" %02x", bytes[i] & 0xff));
        }
        return text.append('\n').toString();
    }

    private static byte[] bytes(DumpFunction function) {
        byte[] bytes = new byte[(int) function.config().length()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) function.config().read8(i);
        }
        return bytes;
    }

    private static DumpFunction made(String name, ConfigBytes config) {
        return new DumpFunction(name, config.bytes());
    }

    /** Every capability that lspci knows and QEMU did not show, and those that it does not know. */
    private static ConfigBytes allKinds() {
        return ConfigBytes.modern(2)
                .put32(0x08, 0x01800001)
                .put32(0x20, 0xe000000c)
                .put32(0x30, 0xfe000000)
                .put32(0x3c, 0x0504020b)
                .put16(4, 0x0504)
                .put16(6, 0xa2b0)
                .put8(0x0c, 16)
                .put8(0x0d, 64)
                .structures(4)
                .structure(8, 4, 0x10000, 0x20000, 1, 0, 0, 0, 2, 0, 0, 0)
                .capability(
                        5, 0, 0xb5, 1, 0, 0, 0xe0, 0xfe, 1, 0, 0, 0, 0x41, 0, 0, 0, 3, 0, 0, 0, 2,
                        0, 0, 0)
                .capability(1, 0, 0xeb, 0xfe, 0x0b, 0xa1, 0, 0)
                .registerSets(0x80000000, 0x84003000);
    }

    private static Path fixture(String name) {
        try {
            return Path.of(DumpFunction.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
