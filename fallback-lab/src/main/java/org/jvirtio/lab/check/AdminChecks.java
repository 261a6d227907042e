package org.jvirtio.lab.check;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jvirtio.RingFeature;

/** Administration queues (virtio 1.4 sections 2.12 and 2.13). */
final class AdminChecks {

    private AdminChecks() {}

    static Map<String, Check> all() {
        return List.of("01", "02", "03", "04", "05", "06", "07", "12", "13", "14", "15").stream()
                .map(number -> "ADM-" + number)
                .collect(
                        Collectors.toMap(
                                Function.identity(),
                                id ->
                                        When.undecided(
                                                RingFeature.ADMIN_VQ,
                                                "this bench speaks no administration commands")));
    }
}
