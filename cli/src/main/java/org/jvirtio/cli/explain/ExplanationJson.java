package org.jvirtio.cli.explain;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.jvirtio.lab.peers.KernelVerdict;
import org.jvirtio.lab.peers.PeerJson;
import org.jvirtio.pci.ChoiceJson;
import org.jvirtio.pci.DecodedJson;
import org.jvirtio.vfio.PathChoice;
import org.jvirtio.vfio.VfioPath;

/** Writes an explanation as one JSON object: decoded, choice, and peers and kernel if asked for. */
public final class ExplanationJson {

    private ExplanationJson() {}

    public static void write(Explanation explanation, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeFieldName("decoded");
        DecodedJson.write(explanation.decoded(), json);
        if (explanation.path().isPresent()) {
            path(explanation.path().get(), json);
        }
        json.writeFieldName("choice");
        ChoiceJson.write(explanation.choice(), json);
        if (!explanation.verdicts().isEmpty()) {
            json.writeFieldName("peers");
            PeerJson.write(explanation.verdicts(), json);
        }
        if (explanation.kernel().isPresent()) {
            kernel(explanation, explanation.kernel().get(), json);
        }
        json.writeEndObject();
    }

    private static void path(PathChoice choice, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("vfio");
        json.writeStringField("path", choice.path().map(VfioPath::label).orElse("none"));
        json.writeArrayFieldStart("reasons");
        for (String line : choice.lines()) {
            json.writeString(line);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void kernel(Explanation explanation, KernelVerdict real, JsonGenerator json)
            throws IOException {
        json.writeObjectFieldStart("kernel");
        json.writeStringField("release", ExplanationText.release());
        json.writeStringField("predicted", explanation.linux().decision().label());
        json.writeStringField("real", real.decision().label());
        json.writeBooleanField("agree", explanation.kernelAgrees());
        json.writeArrayFieldStart("evidence");
        for (String sentence : real.evidence()) {
            json.writeString(sentence);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("log");
        for (String message : real.log()) {
            json.writeString(message);
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
