package org.jvirtio.lab.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.jvirtio.lab.peers.SpoiltFunction.BAR;
import static org.jvirtio.lab.peers.SpoiltFunction.CAP_LEN;
import static org.jvirtio.lab.peers.SpoiltFunction.LENGTH;
import static org.jvirtio.lab.peers.SpoiltFunction.MULTIPLIER;
import static org.jvirtio.lab.peers.SpoiltFunction.OFFSET;
import static org.jvirtio.lab.peers.VendorCapability.COMMON;
import static org.jvirtio.lab.peers.VendorCapability.DEVICE;
import static org.jvirtio.lab.peers.VendorCapability.ISR;
import static org.jvirtio.lab.peers.VendorCapability.NOTIFY;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.Rule;

/**
 * What eight drivers do with the same bytes of a network device: sound ones, the three of the mail,
 * and each spoilt in one place. The columns are worked out from the drivers' sources, beside the
 * rules and not by them; KernelCheckGuestTest holds the first one to a real kernel.
 */
class PeerVerdictsTest {

    private static final String TRANSITIONAL = "net,layout=transitional";
    private static final String MODERN = "net,layout=virtio1";

    /** {@code -} means: as in the line above. */
    private static final String TABLE =
            """
            function                     | linux   dpdk    spdk    libblkio rcore   osv     hermit  libqos
            transitional                 | virtio1 virtio1 virtio1 virtio1  virtio1 legacy  refuses virtio1
            modern only                  | virtio1 virtio1 virtio1 virtio1  virtio1 virtio1 virtio1 virtio1
            legacy only                  | legacy  legacy  refuses refuses  refuses legacy  refuses legacy
            mail, transitional           | legacy  legacy  refuses refuses  refuses legacy  refuses legacy
            mail, fast ISR               | refuses legacy  refuses refuses  refuses crashes refuses legacy
            mail, slow ISR               | refuses refuses refuses refuses  refuses crashes refuses legacy
            no list                      | legacy  legacy  refuses refuses  refuses legacy  refuses legacy
            no list, modern id           | refuses refuses refuses refuses  refuses crashes refuses crashes
            no DEVICE_CFG                | virtio1 legacy  refuses virtio1  virtio1 legacy  refuses legacy
            no DEVICE_CFG, modern id     | virtio1 refuses refuses virtio1  virtio1 virtio1 refuses crashes
            no ISR_CFG                   | refuses legacy  refuses virtio1  refuses legacy  refuses legacy
            no NOTIFY_CFG                | refuses legacy  refuses refuses  refuses legacy  refuses legacy
            no COMMON_CFG                | legacy  legacy  refuses refuses  refuses legacy  refuses legacy
            sound, then BAR 7            | virtio1 legacy  refuses virtio1  virtio1 legacy  refuses virtio1
            BAR 7, then sound            | virtio1 virtio1 virtio1 virtio1  refuses legacy  refuses crashes
            BAR 7, then sound, modern id | virtio1 virtio1 virtio1 virtio1  refuses crashes virtio1 crashes
            BAR 3, then sound            | virtio1 virtio1 virtio1 refuses  refuses legacy  refuses crashes
            a circle                     | virtio1 hangs   hangs   virtio1  hangs   legacy  refuses virtio1
            a circle, modern id          | virtio1 hangs   hangs   virtio1  hangs   virtio1 hangs   virtio1
            a circle, no DEVICE_CFG      | hangs   hangs   hangs   virtio1  hangs   legacy  refuses hangs
            MSI-X leads to itself        | virtio1 hangs   hangs   virtio1  hangs   legacy  refuses hangs
            COMMON_CFG past its BAR      | refuses legacy  refuses refuses  refuses legacy  refuses virtio1
            COMMON_CFG of 55 bytes       | refuses virtio1 virtio1 virtio1  refuses legacy  refuses virtio1
            COMMON_CFG at byte 2         | refuses virtio1 virtio1 virtio1  refuses legacy  refuses virtio1
            COMMON_CFG at byte 4         | virtio1 virtio1 virtio1 virtio1  refuses legacy  refuses virtio1
            DEVICE_CFG of 4 GiB          | virtio1 legacy  refuses refuses  refuses legacy  refuses virtio1
            ISR_CFG of 0 bytes           | refuses virtio1 virtio1 virtio1  refuses legacy  refuses virtio1
            cap_len 12                   | virtio1 virtio1 virtio1 virtio1  refuses legacy  refuses virtio1
            cap_len 12, modern id        | virtio1 virtio1 virtio1 virtio1  refuses virtio1 crashes virtio1
            multiplier 3                 | virtio1 virtio1 virtio1 virtio1  refuses legacy  refuses virtio1
            ISR_CFG in another BAR       | virtio1 virtio1 virtio1 virtio1  virtio1 legacy  refuses crashes
            structures in an I/O BAR     | virtio1 legacy  refuses virtio1  refuses legacy  refuses virtio1
            32-bit BAR, modern id        | virtio1 virtio1 virtio1 virtio1  virtio1 virtio1 refuses virtio1
            revision 1                   | virtio1 virtio1 virtio1 virtio1  virtio1 crashes refuses virtio1
            modern id, revision 0        | virtio1 virtio1 virtio1 virtio1  virtio1 crashes virtio1 virtio1
            BAR 0 in memory, no list     | legacy  refuses refuses refuses  refuses legacy  refuses legacy
            another vendor               | ignores ignores ignores ignores  ignores ignores ignores ignores
            """;

    static Map<String, SpoiltFunction> functions() {
        Map<String, SpoiltFunction> all = new LinkedHashMap<>();
        all.put("transitional", transitional());
        all.put("modern only", modern());
        all.put("legacy only", SpoiltFunction.of("net,layout=legacy"));
        all.put("mail, transitional", SpoiltFunction.of("net,layout=mail-transitional"));
        all.put("mail, fast ISR", SpoiltFunction.of("net,layout=mail-fast-isr"));
        all.put("mail, slow ISR", SpoiltFunction.of("net,layout=mail-slow-isr"));
        all.put("no list", transitional().withoutList());
        all.put("no list, modern id", modern().withoutList());
        all.put("no DEVICE_CFG", transitional().without(DEVICE));
        all.put("no DEVICE_CFG, modern id", modern().without(DEVICE));
        all.put("no ISR_CFG", transitional().without(ISR));
        all.put("no NOTIFY_CFG", transitional().without(NOTIFY));
        all.put("no COMMON_CFG", transitional().without(COMMON));
        all.put("sound, then BAR 7", transitional().after(COMMON, 7, 0, 0x38));
        all.put("BAR 7, then sound", transitional().before(COMMON, 7, 0, 0x38));
        all.put("BAR 7, then sound, modern id", modern().before(COMMON, 7, 0, 0x38));
        all.put("BAR 3, then sound", transitional().before(COMMON, 3, 0, 0x38));
        all.put("a circle", transitional().loop());
        all.put("a circle, modern id", modern().loop());
        all.put("a circle, no DEVICE_CFG", transitional().without(DEVICE).loop());
        all.put("MSI-X leads to itself", transitional().without(DEVICE).loopOfTheLast());
        all.put("COMMON_CFG past its BAR", transitional().field32(COMMON, OFFSET, 0x4000));
        all.put("COMMON_CFG of 55 bytes", transitional().field32(COMMON, LENGTH, 55));
        all.put("COMMON_CFG at byte 2", commonAt(2));
        all.put("COMMON_CFG at byte 4", commonAt(4));
        all.put("DEVICE_CFG of 4 GiB", transitional().field32(DEVICE, LENGTH, 0xffffffffL));
        all.put("ISR_CFG of 0 bytes", transitional().field32(ISR, LENGTH, 0));
        all.put("cap_len 12", transitional().field8(COMMON, CAP_LEN, 12));
        all.put("cap_len 12, modern id", modern().field8(COMMON, CAP_LEN, 12));
        all.put("multiplier 3", transitional().field32(NOTIFY, MULTIPLIER, 3));
        all.put("ISR_CFG in another BAR", isrInBar1());
        all.put("structures in an I/O BAR", transitional().bar(bar4(Bar.Space.IO)));
        all.put("32-bit BAR, modern id", modern().bar(bar4(Bar.Space.MEMORY)));
        all.put("revision 1", transitional().put8(8, 1));
        all.put("modern id, revision 0", modern().put8(8, 0));
        all.put("BAR 0 in memory, no list", memoryBar0());
        all.put("another vendor", transitional().put8(1, 0x80));
        return all;
    }

    private static SpoiltFunction transitional() {
        return SpoiltFunction.of(TRANSITIONAL);
    }

    private static SpoiltFunction modern() {
        return SpoiltFunction.of(MODERN);
    }

    private static SpoiltFunction commonAt(int offset) {
        return transitional().field32(COMMON, OFFSET, offset).field32(COMMON, LENGTH, 0x100);
    }

    private static SpoiltFunction isrInBar1() {
        return transitional()
                .field8(ISR, BAR, 1)
                .field32(ISR, OFFSET, 0x800)
                .field32(ISR, LENGTH, 1);
    }

    private static Bar bar4(Bar.Space space) {
        return new Bar(4, space, false, false, 0xd000, 0x4000);
    }

    private static SpoiltFunction memoryBar0() {
        return transitional()
                .withoutList()
                .bar(new Bar(0, Bar.Space.MEMORY, false, false, 0xd0000000L, 0x1000));
    }

    static Stream<Arguments> rows() {
        Map<String, SpoiltFunction> functions = functions();
        List<String[]> lines = TABLE.lines().skip(1).map(line -> line.split("\\|", 2)).toList();
        assertEquals(
                List.copyOf(functions.keySet()),
                lines.stream().map(line -> line[0].strip()).toList());
        return lines.stream()
                .map(
                        line ->
                                Arguments.of(
                                        line[0].strip(),
                                        functions.get(line[0].strip()),
                                        line[1].strip().replaceAll(" +", " ")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void eachDriverHasItsVerdict(String name, SpoiltFunction function, String verdicts) {
        assertEquals(
                verdicts,
                Peers.judge(Peers.all(), function.facts()).stream()
                        .map(PeerVerdictsTest::ofItsParser)
                        .collect(Collectors.joining(" ")),
                () ->
                        String.join(
                                "\n", PeerText.lines(Peers.judge(Peers.all(), function.facts()))));
    }

    /** Some have no driver for network devices; the table is about how they read the bytes. */
    private static String ofItsParser(PeerVerdict verdict) {
        return verdict.otherwise().orElse(verdict.decision()).label();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void aVerdictThatDrivesNothingNamesTheRuleThatFailed(String name, SpoiltFunction function) {
        for (PeerVerdict verdict : Peers.judge(Peers.all(), function.facts())) {
            boolean drives =
                    verdict.decision() == Decision.VIRTIO1 || verdict.decision() == Decision.LEGACY;
            PeerRule last = verdict.rules().get(verdict.rules().size() - 1);
            assertEquals(!drives, last.outcome() == Rule.Outcome.FAILED, verdict.toString());
            assertEquals(drives, !verdict.registers().isEmpty(), verdict.toString());
            assertTrue(drives || verdict.reason().contains(last.sentence()), verdict.toString());
            assertTrue(verdict.files().stream().noneMatch(file -> file == null), name);
        }
    }

    @Test
    void whatADriverWasNotMadeForItIgnores() {
        PeerFacts entropy = SpoiltFunction.of("entropy,layout=virtio1").facts();

        assertEquals(
                List.of("linux", "libblkio", "rcore", "osv", "libqos"),
                Peers.judge(Peers.all(), entropy).stream()
                        .filter(verdict -> verdict.decision() != Decision.IGNORES)
                        .map(PeerVerdict::peer)
                        .toList());
    }

    @Test
    void nobodyIsJudgedByTheBytesThatTakeRootToRead() {
        for (PeerVerdict verdict : Peers.judge(Peers.all(), transitional().header())) {
            assertEquals(Decision.UNKNOWN, verdict.decision(), verdict.toString());
            assertTrue(verdict.reason().contains("takes root"), verdict.reason());
        }
    }

    @Test
    void aRuleThatWasNotReadIsMarkedAsInferred() {
        String text =
                String.join(
                        "\n",
                        PeerText.lines(
                                Peers.judge(Peers.named(List.of("dpdk")), transitional().facts())));

        assertTrue(
                text.contains(
                        "is mapped memory: BAR 4, memory, 0x4000 bytes (virtio_pci.c, inferred)"),
                text);
        assertTrue(
                text.contains("read in     DPDK/dpdk drivers/net/virtio/virtio_pci.c at "), text);
        assertFalse(text.contains("BAR 0 to 5: bar 4 (virtio_pci.c, inferred)"), text);
    }
}
