package org.jvirtio.lab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.Outcome;

/** Which cases a word, a prefix and a shard mean. */
class CaseSelectionTest {

    private static final List<LabCase> CASES =
            List.of(named("a/x"), named("a/y"), named("a/xy"), named("b/x"));

    private static LabCase named(String id) {
        return Cases.ending(id, Outcome.PASS);
    }

    private static List<String> chosen(String... words) {
        CaseSelection selection = new CaseSelection(List.of(words), Shard.WHOLE);
        return selection.of(CASES).stream().map(LabCase::id).toList();
    }

    @Test
    void noWordMeansAll() {
        assertEquals(List.of("a/x", "a/y", "a/xy", "b/x"), chosen());
    }

    @Test
    void anIdMeansItselfAlone() {
        assertEquals(List.of("a/x"), chosen("a/x"));
    }

    @Test
    void aPrefixEndsInASlash() {
        assertEquals(List.of("a/x", "a/y", "a/xy"), chosen("a/"));
        assertThrows(IllegalArgumentException.class, () -> chosen("a"));
    }

    @Test
    void aWordThatFitsNothingIsRefusedEvenBesideOneThatFits() {
        Exception refusal =
                assertThrows(IllegalArgumentException.class, () -> chosen("a/x", "a/z"));
        assertTrue(refusal.getMessage().contains("'a/z'"), refusal.getMessage());
    }

    @Test
    void shardsTogetherAreAllCasesAndNoneTwice() {
        List<LabCase> many = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            many.add(named("case/" + i));
        }
        List<LabCase> together = new ArrayList<>();
        for (int part = 1; part <= 3; part++) {
            List<LabCase> shard = new CaseSelection(List.of(), new Shard(part, 3)).of(many);
            assertTrue(shard.size() > 60, part + "/3 has " + shard.size());
            together.addAll(shard);
        }
        assertEquals(300, together.size());
        assertTrue(together.containsAll(many));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0/4", "5/4", "1", "a/b", "1/0", "1/2/3"})
    void whatIsNoShardIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Shard.parse(text));
    }
}
