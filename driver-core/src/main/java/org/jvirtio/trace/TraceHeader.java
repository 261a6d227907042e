package org.jvirtio.trace;

import java.util.List;
import java.util.Optional;

/**
 * What was recorded.
 *
 * @param function its name, for people
 */
public record TraceHeader(String function, List<TraceRegion> regions) {

    public TraceHeader {
        regions = List.copyOf(regions);
    }

    public Optional<TraceRegion> region(String name) {
        return regions.stream().filter(region -> region.name().equals(name)).findFirst();
    }
}
