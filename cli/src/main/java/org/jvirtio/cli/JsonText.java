package org.jvirtio.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** JSON for {@code -o json}: indented, in reading order. */
public final class JsonText {

    /** Something that knows how to write itself. */
    public interface Writer {
        void write(JsonGenerator json) throws IOException;
    }

    private JsonText() {}

    public static String of(Writer writer) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json =
                new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
            writer.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("printing JSON", e);
        }
        return text.toString();
    }

    /** A tree of maps, lists and plain values. */
    public static String of(Object tree) {
        try {
            return JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(tree);
        } catch (IOException e) {
            throw new UncheckedIOException("printing JSON", e);
        }
    }
}
