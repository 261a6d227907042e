package org.jvirtio.pci;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Writes a choice as one JSON object; the names are those of {@link LayoutChoice}. */
public final class ChoiceJson {

    private final JsonGenerator json;

    private ChoiceJson(JsonGenerator json) {
        this.json = json;
    }

    public static void write(LayoutChoice choice, JsonGenerator json) throws IOException {
        new ChoiceJson(json).choice(choice);
    }

    private void choice(LayoutChoice choice) throws IOException {
        json.writeStartObject();
        json.writeStringField("function", choice.function());
        identity(choice.identity());
        json.writeStringField("policy", choice.policy().toString());
        json.writeArrayFieldStart("notes");
        for (String note : choice.notes()) {
            json.writeString(note);
        }
        json.writeEndArray();
        json.writeFieldName("layout");
        layout(choice.layout().orElse(null));
        json.writeArrayFieldStart("candidates");
        for (Candidate candidate : choice.candidates()) {
            candidate(candidate);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void identity(DeviceIdentity identity) throws IOException {
        json.writeObjectFieldStart("identity");
        json.writeNumberField("vendor", identity.vendor());
        json.writeNumberField("device", identity.device());
        json.writeNumberField("revision", identity.revision());
        json.writeNumberField("subsystemVendor", identity.subsystemVendor());
        json.writeNumberField("subsystemDevice", identity.subsystemDevice());
        json.writeStringField("kind", identity.kind().label());
        json.writeStringField("type", identity.type().map(type -> type.label()).orElse(null));
        json.writeStringField("reason", identity.reason());
        json.writeEndObject();
    }

    /** Null if there is none. */
    private void layout(VirtioLayout layout) throws IOException {
        if (layout == null) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        json.writeStringField("label", layout.label());
        for (NamedWindow named : NamedWindow.of(layout)) {
            json.writeFieldName(named.name());
            window(named.window());
        }
        if (layout instanceof VirtioLayout.Virtio1 virtio1) {
            json.writeNumberField("doorbellStride", virtio1.doorbellStride());
            if (virtio1.pciCfg().isPresent()) {
                json.writeNumberField("pciCfg", virtio1.pciCfg().get());
            }
        }
        json.writeEndObject();
    }

    private void window(Window window) throws IOException {
        json.writeStartObject();
        json.writeNumberField("bar", window.bar().index());
        json.writeNumberField("offset", window.offset());
        json.writeNumberField("length", window.length());
        json.writeEndObject();
    }

    private void candidate(Candidate candidate) throws IOException {
        json.writeStartObject();
        json.writeStringField("layout", candidate.kind().label());
        json.writeStringField("verdict", candidate.verdict().label());
        json.writeStringField("reason", candidate.reason().toString());
        json.writeArrayFieldStart("evidence");
        for (Evidence evidence : candidate.evidence()) {
            evidence(evidence);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void evidence(Evidence evidence) throws IOException {
        json.writeStartObject();
        json.writeStringField("subject", evidence.subject().toString());
        json.writeStringField("conclusion", evidence.conclusion().toString());
        json.writeArrayFieldStart("rules");
        for (Rule rule : evidence.rules()) {
            json.writeStartObject();
            json.writeStringField("rule", rule.sentence());
            json.writeStringField("source", rule.source());
            json.writeStringField("seen", rule.seen().toString());
            json.writeStringField("outcome", ChoiceText.label(rule.outcome()));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
