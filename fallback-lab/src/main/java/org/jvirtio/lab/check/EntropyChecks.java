package org.jvirtio.lab.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jvirtio.DeviceType;

/** Entropy devices (virtio 1.4 section 5.4). */
final class EntropyChecks {

    private EntropyChecks() {}

    static Map<String, Check> all() {
        return Map.of("RNG-03", When.type(DeviceType.ENTROPY, EntropyChecks::fillsSomething));
    }

    private static Finding fillsSomething(Bench bench) {
        BareQueue queue = bench.run();
        List<String> seen = new ArrayList<>();
        boolean good = true;
        for (int room : new int[] {1, 7, 64, 4096}) {
            BareQueue.Used used = bench.request(queue, List.of(bench.buffer(room).writable()));
            good &= used.length() >= 1 && used.length() <= room;
            seen.add(used.length() + " of " + room);
        }
        return Finding.that(good, "bytes given: %s", String.join(", ", seen));
    }
}
