package org.jvirtio.cli;

import static javax.xml.xpath.XPathConstants.NODESET;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.namespace.QName;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.model.EmulatedFunction;
import org.jvirtio.pci.Candidate;
import org.jvirtio.pci.Evidence;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.Policy;
import org.jvirtio.pci.Rule;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** {@code explain} in its three forms: the same rules, bytes and sources in each. */
class ExplainTest {

    private static final String BLOCK = "emulated:block,layout=legacy+register-set+virtio1";

    @TempDir Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"auto", "legacy", "register-set", "virtio1", "pci-cfg", "legacy-first"})
    void everyRuleTriedIsInEveryForm(String policy) throws Exception {
        for (String spirit : List.of("", ",lenient", ",strict")) {
            String[] words = {"explain", BLOCK, "--policy", policy + spirit};
            String text = CommandRun.of(words).out();
            String json = JSON.std.anyFrom(run(words, "-o", "json").out()).toString();
            String page = words(parse(run(words, "-o", "html").out()));
            List<String> said = said(policy + spirit);
            assertTrue(said.size() > 20, "only " + said);
            for (String sentence : said) {
                assertTrue(text.contains(sentence), () -> sentence + " is not in " + text);
                assertTrue(json.contains(sentence), () -> sentence + " is not in " + json);
                assertTrue(page.contains(sentence), () -> sentence + " is not in " + page);
            }
        }
    }

    /** Sentence, values and clause of every rule, and the bytes of every capability. */
    private static List<String> said(String policy) {
        List<String> said = new ArrayList<>();
        try (EmulatedFunction function = EmulatedDevices.parse(BLOCK)) {
            LayoutChoice choice = LayoutChoice.of(function, Policy.parse(policy));
            for (Candidate candidate : choice.candidates()) {
                for (Evidence evidence : candidate.evidence()) {
                    said.add(evidence.subject().toString());
                    for (Rule rule : evidence.rules()) {
                        said.addAll(
                                List.of(rule.sentence(), rule.seen().toString(), rule.source()));
                    }
                }
            }
        }
        return said;
    }

    @Test
    void aPageShowsEachByteOnceAndTheDataOfPciCfgNever() throws Exception {
        Document page = parse(run(new String[] {"explain", BLOCK}, "-o", "html").out());
        NodeList rows = (NodeList) find("//div[@class='dump']/div", page, NODESET);
        StringBuilder dump = new StringBuilder();
        for (int i = 0; i < rows.getLength(); i++) {
            dump.append(bytes(rows.item(i))).append('\n');
        }

        assertEquals(16, rows.getLength(), dump.toString());
        assertTrue(dump.toString().startsWith("f4 1a 01 10 "), dump.toString());
        assertEquals(256, dump.toString().strip().split("\\s+", -1).length, dump.toString());
        assertEquals(4, dump.toString().split("--", -1).length - 1, dump.toString());
    }

    /** The bytes of a row, without its offset and the details of its fields. */
    private static String bytes(Node row) throws Exception {
        NodeList cells = (NodeList) find("span[not(@class='at')]/text()[1]", row, NODESET);
        StringBuilder bytes = new StringBuilder();
        for (int i = 0; i < cells.getLength(); i++) {
            bytes.append(cells.item(i).getTextContent()).append(' ');
        }
        return bytes.toString().strip();
    }

    private static Object find(String path, Node node, QName as) throws Exception {
        return XPathFactory.newInstance().newXPath().evaluate(path, node, as);
    }

    @Test
    void whatAUserOrADeviceWroteIsEscaped() throws Exception {
        Path dump =
                Files.writeString(
                        Files.createDirectory(directory.resolve("<b>&\"")).resolve("dump"),
                        "00:05.0 <script>alert(1)</script>\n" + "00: f4 1a 01 10".concat(row()));
        CommandRun run = CommandRun.of("explain", "dump:" + dump, "-o", "html");

        parse(run.out());
        assertFalse(run.out().contains("<b>&\""), run.out());
        assertTrue(run.out().contains("&lt;b&gt;&amp;\""), run.out());
    }

    private static String row() {
        String rest = " 00".repeat(12) + "\n";
        StringBuilder text = new StringBuilder(rest);
        for (int row = 0x10; row < 0x40; row += 0x10) {
            text.append(String.format("%02x:%s%n", row, " 00".repeat(16)));
        }
        return text.toString();
    }

    @Test
    void aPageIsWrittenToTheFileThatWasNamed() throws Exception {
        Path file = directory.resolve("page.html");
        CommandRun run = CommandRun.of("explain", BLOCK, "--as", "all", "-o", "html=" + file);

        assertEquals(ExitCode.DONE, run.exit(), run.all());
        assertEquals("", run.out());
        String page = words(parse(Files.readString(file)));
        assertTrue(page.contains("hermit refuses"), page);
        assertTrue(page.contains("virtio1 common +0x0, 0x1000 bytes"), page);
    }

    @Test
    void otherDriversAreAnArrayInJson() throws IOException {
        Map<String, Object> json =
                JSON.std.mapFrom(
                        run(new String[] {"explain", BLOCK}, "-o", "json", "--as", "linux,osv")
                                .out());

        List<?> peers = (List<?>) json.get("peers");
        assertEquals(2, peers.size());
        assertEquals("virtio1", ((Map<?, ?>) peers.get(0)).get("decision"));
        assertEquals("legacy", ((Map<?, ?>) peers.get(1)).get("decision"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--as minix | there is no driver 'minix'; there are linux, dpdk",
                "--verify | add --as linux",
                "--as linux --verify | it knows only real functions",
                "-o xml | -o html[=FILE]",
            })
    void whatWasMistypedSaysWhatWouldBeRight(String options, String said) {
        CommandRun run = CommandRun.of(("explain emulated:block " + options).split(" "));
        assertEquals(ExitCode.USAGE, run.exit(), run.all());
        assertTrue(run.err().contains(said), run.all());
    }

    private static CommandRun run(String[] words, String... more) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of(more));
        return CommandRun.of(all.toArray(String[]::new));
    }

    /** A page is XML but for its first line, which XML parsers would look up. */
    private static Document parse(String page) throws Exception {
        String xml = page.replaceFirst("<!DOCTYPE html>", "");
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    private static String words(Document page) {
        return page.getDocumentElement().getTextContent();
    }
}
