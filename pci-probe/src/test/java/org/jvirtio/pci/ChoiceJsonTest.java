package org.jvirtio.pci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** JSON and text say the same about one choice. */
class ChoiceJsonTest {

    private static final JsonFactory FACTORY = new JsonFactory();

    @Test
    void everythingInTheTreeIsInTheJsonAndTheOtherWayRound() throws IOException {
        LayoutChoice choice = Devices.msix(Devices.block().structures(4), 4).choose("auto");
        String text = String.join("\n", ChoiceText.lines(choice));

        List<String> strings = strings(json(choice));

        assertTrue(strings.size() > 50, "only " + strings.size() + " strings");
        for (String string : strings) {
            assertTrue(text.contains(string), () -> "not in the text: " + string);
        }
        for (Rule rule : choice.candidates().get(0).evidence().get(1).rules()) {
            assertTrue(strings.contains(rule.seen().toString()), rule::toString);
        }
    }

    @Test
    void windowsAreNumbers() throws IOException {
        String json = json(Devices.block().choose("auto"));

        assertTrue(
                json.contains(
                        "\"layout\":{\"label\":\"legacy\",\"registers\":{\"bar\":0,\"offset\":0,"
                                + "\"length\":128}}"),
                json);
    }

    @Test
    void noLayoutIsNull() throws IOException {
        assertEquals(
                1, json(Devices.modernBlock().choose("auto")).split("\"layout\":null").length - 1);
    }

    private static String json(LayoutChoice choice) throws IOException {
        StringWriter writer = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(writer)) {
            ChoiceJson.write(choice, generator);
        }
        return writer.toString();
    }

    private static List<String> strings(String json) throws IOException {
        List<String> strings = new ArrayList<>();
        try (JsonParser parser = FACTORY.createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    strings.add(parser.getText());
                }
            }
        }
        return strings;
    }
}
