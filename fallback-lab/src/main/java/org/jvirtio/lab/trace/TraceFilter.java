package org.jvirtio.lab.trace;

import java.util.Locale;
import java.util.Optional;
import org.jvirtio.trace.Access.Direction;

/**
 * Which accesses are looked at.
 *
 * @param structure a part of the structure's name, such as {@code common}; empty for all
 * @param register a part of the register's name, such as {@code status}; empty for all
 * @param direction empty for both
 * @param fromNanos the first moment, since the start of the recording
 * @param toNanos the last moment
 */
public record TraceFilter(
        String structure,
        String register,
        Optional<Direction> direction,
        long fromNanos,
        long toNanos) {

    public static final TraceFilter ALL =
            new TraceFilter("", "", Optional.empty(), 0, Long.MAX_VALUE);

    boolean accepts(NamedAccess access) {
        long nanos = access.raw().nanos();
        return holds(access.structure().map(Structure::label).orElse(""), structure)
                && holds(access.register().map(r -> r.name()).orElse(""), register)
                && (direction.isEmpty() || direction.get() == access.access().direction())
                && nanos >= fromNanos
                && nanos <= toNanos;
    }

    private static boolean holds(String name, String part) {
        return name.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }
}
