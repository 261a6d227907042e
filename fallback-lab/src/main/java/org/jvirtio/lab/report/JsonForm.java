package org.jvirtio.lab.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jvirtio.lab.CaseResult;
import org.jvirtio.lab.Outcome;

/** A report for programs. Only ASCII is written, so no character can act on a terminal. */
final class JsonForm {

    private static final JsonFactory FACTORY =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final JsonGenerator json;

    private JsonForm(JsonGenerator json) {
        this.json = json;
    }

    static String of(RunReport report) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text).useDefaultPrettyPrinter()) {
            new JsonForm(json).report(report);
        } catch (IOException e) {
            throw new UncheckedIOException("printing JSON", e);
        }
        return text.append('\n').toString();
    }

    private void report(RunReport report) throws IOException {
        json.writeStartObject();
        json.writeStringField("run", report.name());
        json.writeStringField("begin", report.begin().toString());
        json.writeNumberField("millis", report.time().toMillis());
        json.writeObjectFieldStart("about");
        for (Map.Entry<String, String> fact : report.about().entrySet()) {
            json.writeStringField(fact.getKey(), fact.getValue());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("counts");
        for (Outcome outcome : Outcome.values()) {
            json.writeNumberField(outcome.name(), report.of(outcome).size());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("cases");
        for (ReportedCase tried : report.cases()) {
            reported(tried);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void reported(ReportedCase tried) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", tried.id());
        json.writeStringField("outcome", tried.outcome().name());
        json.writeStringField("title", tried.title());
        json.writeStringField("clause", tried.clause());
        json.writeNumberField("millis", tried.time().toMillis());
        result(tried.result());
        json.writeArrayFieldStart("retried");
        for (CaseResult attempt : tried.retried()) {
            json.writeStartObject();
            json.writeStringField("outcome", attempt.outcome().name());
            result(attempt);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void result(CaseResult result) throws IOException {
        json.writeStringField("expected", result.expected());
        json.writeStringField("seen", result.seen());
        json.writeStringField("reproduce", result.reproduce());
        lines("trace", result.trace());
    }

    private void lines(String name, List<String> lines) throws IOException {
        json.writeArrayFieldStart(name);
        for (String line : lines) {
            json.writeString(line);
        }
        json.writeEndArray();
    }
}
