package org.jvirtio.lab.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The rows of the catalogue: none is forgotten, and each has a check or a reason for none. */
class RowTest {

    /** How many device rows the catalogue has of each group. */
    private static final Map<String, Integer> COUNTS =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("STA", 5),
                            Map.entry("FEA", 11),
                            Map.entry("CFG", 1),
                            Map.entry("INI", 8),
                            Map.entry("PCI", 10),
                            Map.entry("CAP", 17),
                            Map.entry("COM", 10),
                            Map.entry("NOT", 12),
                            Map.entry("LEG", 6),
                            Map.entry("VQR", 3),
                            Map.entry("SPL", 11),
                            Map.entry("PAC", 9),
                            Map.entry("ADM", 11),
                            Map.entry("BLK", 17),
                            Map.entry("NET", 31),
                            Map.entry("CON", 5),
                            Map.entry("RNG", 1),
                            Map.entry("SED", 6)));

    @Test
    void thereAreAllRowsOfTheCatalogueAndNoneTwice() {
        Map<String, Integer> found =
                Row.all().stream()
                        .collect(
                                Collectors.groupingBy(
                                        Row::group, TreeMap::new, Collectors.summingInt(r -> 1)));
        assertEquals(COUNTS, found);
        assertEquals(174, Row.all().stream().map(Row::id).distinct().count());
    }

    @Test
    void everyRowHasACheckOrAReasonForHavingNone() {
        assertEquals(
                new TreeSet<>(Row.all().stream().map(Row::id).toList()),
                new TreeSet<>(CheckCase.checkedIds()));
    }

    @Test
    void aClauseNamesSectionAndKeyWord() {
        Row row = Row.all().get(0);
        assertEquals("virtio 1.4 section 2.1.2, MUST NOT", row.clause());
        List<Row> odd =
                Row.all().stream().filter(r -> !r.section().matches("[2-6][0-9.]*|A\\.3")).toList();
        assertTrue(odd.isEmpty(), odd.toString());
    }
}
