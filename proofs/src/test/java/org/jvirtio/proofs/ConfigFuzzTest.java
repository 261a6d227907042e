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
import org.jvirtio.pci.ChoiceText;
import org.jvirtio.pci.DecodedText;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.Policy;

/**
 * Any 64, 256 or 4096 bytes as configuration space. Whatever they are, there is a choice or a typed
 * refusal after few reads, it can be printed, its windows lie inside their BARs (a {@link
 * org.jvirtio.pci.Window} checks itself), and the same bytes give the same answer. So with each
 * driver's verdict.
 *
 * <p>Without JAZZER_FUZZ=1 only the inputs kept in the repository are tried.
 */
class ConfigFuzzTest {

    private static final int MOST_RULES = 200;

    @FuzzTest(maxDuration = "450s")
    void choice(FuzzedDataProvider data) {
        Policy policy = new Policy(data.pickValue(Policy.Order.values()), data.consumeBoolean());
        FuzzedConfig config = FuzzedConfig.from(data);

        LayoutChoice choice = choose(config, policy);

        config.requireFewReads();
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

    private static void requireRefusal(LayoutChoice choice) {
        try {
            choice.require();
        } catch (LayoutException e) {
            assertTrue(e.getMessage().startsWith("choosing the layout of fuzz"), e.getMessage());
            return;
        }
        throw new AssertionError("no layout, and no refusal");
    }

    @FuzzTest(maxDuration = "450s")
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
