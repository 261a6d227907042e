package org.jvirtio.proofs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import org.jvirtio.LayoutException;
import org.jvirtio.lab.peers.PeerText;
import org.jvirtio.lab.peers.PeerVerdict;
import org.jvirtio.lab.peers.Peers;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.Candidate;
import org.jvirtio.pci.Capability;
import org.jvirtio.pci.CapabilityList;
import org.jvirtio.pci.ChoiceText;
import org.jvirtio.pci.DecodedText;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.NamedWindow;
import org.jvirtio.pci.Policy;
import org.jvirtio.pci.Window;

/**
 * Any 64, 256 or 4096 bytes as configuration space. Whatever they are, there is a choice or a typed
 * refusal after few reads, it can be printed, no capability is visited twice, every window lies
 * inside a BAR of the function, and the same bytes give the same answer. So with each driver's
 * verdict.
 *
 * <p>Without JAZZER_FUZZ=1 only the inputs kept in the repository are tried. Those with a name are
 * 256 bytes of a real device or of one of the mail, spoilt in the way that the name says; what
 * follows the bytes is read from its end, and says which policy and whose BARs.
 */
class ConfigFuzzTest {

    private static final int MOST_RULES = 200;

    @FuzzTest(maxDuration = "280s")
    void choice(FuzzedDataProvider data) {
        Policy policy =
                new Policy(
                        data.pickValue(Policy.Order.values()),
                        data.pickValue(Policy.Strictness.values()));
        FuzzedConfig config = FuzzedConfig.from(data);

        LayoutChoice choice = choose(config, policy);

        config.requireFewReads();
        requireOneVisitEach(CapabilityList.of(config));
        choice.candidates().forEach(candidate -> requireInside(candidate, config.bars()));
        assertEquals(choice, choose(config, policy));
        assertTrue(ChoiceText.lines(choice).size() > 5);
        assertTrue(DecodedText.lines(config.decoded()).size() > 1);
        if (choice.layout().isEmpty()) {
            requireRefusal(choice);
        }
    }

    private static LayoutChoice choose(FuzzedConfig config, Policy policy) {
        return LayoutChoice.of("fuzz", config, config.bars(), policy);
    }

    private static void requireOneVisitEach(CapabilityList list) {
        List<Integer> visited = list.capabilities().stream().map(Capability::configOffset).toList();
        assertEquals(visited.stream().distinct().toList(), visited);
    }

    /** Also of layouts that were not chosen: another policy would take them. */
    private static void requireInside(Candidate candidate, List<Bar> bars) {
        candidate.usable().map(NamedWindow::of).orElse(List.of()).stream()
                .map(NamedWindow::window)
                .forEach(window -> requireInside(window, bars));
    }

    /** By adding: what a device can say has 32 bits, and a long has room for the sum. */
    private static void requireInside(Window window, List<Bar> bars) {
        Bar bar = window.bar();
        long end = window.offset() + window.length();
        assertTrue(bars.contains(bar), window::toString);
        assertTrue(window.offset() >= 0 && end > window.offset(), window::toString);
        assertTrue(!bar.lengthKnown() || end <= bar.length(), window::toString);
    }

    private static void requireRefusal(LayoutChoice choice) {
        try {
            choice.require();
        } catch (LayoutException e) {
            assertTrue(e.getMessage().startsWith("choosing the layout of fuzz"), e.getMessage());
            return;
        }
        throw new AssertionError("no layout, and no refusal");
    }

    @FuzzTest(maxDuration = "280s")
    void peers(FuzzedDataProvider data) {
        FuzzedConfig config = FuzzedConfig.from(data);

        List<PeerVerdict> verdicts = Peers.judge(Peers.all(), config.facts());

        config.requireFewReads();
        assertEquals(verdicts, Peers.judge(Peers.all(), config.facts()));
        assertTrue(PeerText.lines(verdicts).size() > verdicts.size());
        for (PeerVerdict verdict : verdicts) {
            assertTrue(!verdict.reason().isEmpty(), verdict.peer());
            assertTrue(verdict.rules().size() < MOST_RULES, verdict.peer());
        }
    }
}
