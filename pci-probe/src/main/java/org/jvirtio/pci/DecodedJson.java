package org.jvirtio.pci;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/** Writes a decoded function as one JSON object; every field is a string, as it is printed. */
public final class DecodedJson {

    private final JsonGenerator json;

    private DecodedJson(JsonGenerator json) {
        this.json = json;
    }

    public static void write(DecodedFunction function, JsonGenerator json) throws IOException {
        new DecodedJson(json).function(function);
    }

    private void function(DecodedFunction function) throws IOException {
        json.writeStartObject();
        json.writeStringField("function", function.name());
        json.writeStringField("title", function.title());
        lines("header", function.header());
        json.writeArrayFieldStart("capabilities");
        for (DecodedCapability capability : function.capabilities()) {
            json.writeStartObject();
            json.writeNumberField("offset", capability.configOffset());
            json.writeStringField("title", capability.title());
            lines("lines", capability.lines());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("notes");
        for (String note : function.notes()) {
            json.writeString(note);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void lines(String name, List<DecodedLine> lines) throws IOException {
        json.writeArrayFieldStart(name);
        for (DecodedLine line : lines) {
            json.writeStartObject();
            json.writeStringField("label", line.label());
            json.writeObjectFieldStart("fields");
            for (DecodedField field : line.fields()) {
                json.writeStringField(field.name(), field.value());
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
