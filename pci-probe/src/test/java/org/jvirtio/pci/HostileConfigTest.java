package org.jvirtio.pci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.jvirtio.dump.DumpFunction;

/**
 * Bytes of any kind give a choice and can be printed; windows that result lie inside their BARs.
 */
class HostileConfigTest {

    private static final int ROUNDS = 10_000;
    private static final Policy[] POLICIES = {
        Policy.AUTO,
        Policy.parse("auto,lenient"),
        Policy.parse("legacy-first,lenient"),
        Policy.parse("pci-cfg"),
        Policy.parse("register-set")
    };

    @Test
    void randomConfigurationSpacesNeverThrow() {
        Random random = new Random(2011);
        int chosen = 0;
        for (int round = 0; round < ROUNDS; round++) {
            chosen += chooses(random, round) ? 1 : 0;
        }
        // Otherwise the bytes would be so random that nothing past the ids was tried.
        assertTrue(chosen > ROUNDS / 100, "only " + chosen + " choices");
    }

    private static boolean chooses(Random random, int round) {
        DumpFunction function = new DumpFunction("round " + round, bytes(random, round));
        Policy policy = POLICIES[round % POLICIES.length];
        LayoutChoice choice =
                LayoutChoice.of(function.name(), function.config(), bars(random), policy);
        assertEquals(policy.order() == Policy.Order.PCI_CFG ? 4 : 3, choice.candidates().size());
        assertTrue(ChoiceText.lines(choice).size() > 5);
        return choice.layout().isPresent();
    }

    /** Half of them pure noise behind virtio ids, half a sound device with a few bytes spoilt. */
    private static byte[] bytes(Random random, int round) {
        byte[] bytes = new byte[round % 7 == 0 ? 64 : 256];
        random.nextBytes(bytes);
        if (round % 2 == 0) {
            byte[] sound =
                    Devices.block().registerSets(0x80000000, 0x81000000).structures(4).bytes();
            System.arraycopy(sound, 0, bytes, 0, bytes.length);
            for (int i = random.nextInt(6); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
        } else if (round % 3 == 0) {
            System.arraycopy(Devices.block().bytes(), 0, bytes, 0, 4);
        }
        return bytes;
    }

    private static List<Bar> bars(Random random) {
        List<Bar> bars = new ArrayList<>();
        for (int index = 0; index < 6; index++) {
            if (random.nextInt(3) > 0) {
                long length = random.nextBoolean() ? Bar.UNKNOWN_LENGTH : 16L << random.nextInt(24);
                Bar.Space space = random.nextBoolean() ? Bar.Space.IO : Bar.Space.MEMORY;
                bars.add(new Bar(index, space, random.nextBoolean(), false, 0, length));
            }
        }
        return bars;
    }
}
