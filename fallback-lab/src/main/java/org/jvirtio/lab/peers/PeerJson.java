package org.jvirtio.lab.peers;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/** Writes verdicts as a JSON array; the names are those of {@link PeerVerdict}. */
public final class PeerJson {

    private final JsonGenerator json;

    private PeerJson(JsonGenerator json) {
        this.json = json;
    }

    public static void write(List<PeerVerdict> verdicts, JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (PeerVerdict verdict : verdicts) {
            new PeerJson(json).verdict(verdict);
        }
        json.writeEndArray();
    }

    private void verdict(PeerVerdict verdict) throws IOException {
        json.writeStartObject();
        json.writeStringField("peer", verdict.peer());
        json.writeStringField("decision", verdict.decision().label());
        json.writeBooleanField("transitional", verdict.transitional());
        json.writeStringField("reason", verdict.reason());
        json.writeStringField("registers", verdict.registers());
        json.writeStringField("otherwise", verdict.otherwise().map(Decision::label).orElse(null));
        json.writeArrayFieldStart("rules");
        for (PeerRule rule : verdict.rules()) {
            rule(rule);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void rule(PeerRule rule) throws IOException {
        json.writeStartObject();
        json.writeStringField("rule", rule.sentence());
        json.writeStringField("seen", rule.seen());
        json.writeStringField("outcome", PeerText.label(rule.outcome()));
        json.writeStringField("basis", rule.basis().label());
        json.writeStringField("source", rule.file().toString());
        json.writeEndObject();
    }
}
