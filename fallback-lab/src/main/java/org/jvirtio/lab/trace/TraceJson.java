package org.jvirtio.lab.trace;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Locale;
import org.jvirtio.trace.Trace;
import org.jvirtio.trace.TraceRegion;

/** A trace with its names as JSON. */
public final class TraceJson {

    private TraceJson() {}

    /** Writes one object: {@code function}, {@code regions}, {@code lost}, {@code accesses}. */
    public static void write(Trace trace, TraceFilter filter, JsonGenerator json)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("function", trace.header().function());
        json.writeArrayFieldStart("regions");
        for (TraceRegion region : trace.header().regions()) {
            write(region, json);
        }
        json.writeEndArray();
        json.writeNumberField("lost", trace.lost());
        json.writeArrayFieldStart("accesses");
        for (NamedAccess access : NamedTrace.of(trace).accesses()) {
            if (filter.accepts(access)) {
                write(access, json);
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(TraceRegion region, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", region.name());
        json.writeStringField("address", hex(region.address()));
        json.writeNumberField("bytes", region.length());
        json.writeStringField("content", region.content());
        json.writeEndObject();
    }

    private static void write(NamedAccess access, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("event", access.index());
        json.writeNumberField("nanos", access.raw().nanos());
        json.writeStringField("access", access.raw().direction().name().toLowerCase(Locale.ROOT));
        json.writeNumberField("bits", 8 * access.raw().width());
        json.writeStringField("region", access.raw().region());
        json.writeStringField("offset", hex(access.raw().offset()));
        json.writeStringField("value", hex(Integer.toUnsignedLong(access.value())));
        if (access.throughPciCfg()) {
            json.writeStringField("through", access.access().toString());
        }
        json.writeStringField("structure", access.structure().map(Structure::label).orElse(""));
        json.writeStringField("register", access.register().map(r -> r.name()).orElse(""));
        json.writeStringField("meaning", access.meaning());
        json.writeStringField("clause", access.clause());
        json.writeEndObject();
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }
}
