package org.jvirtio.vfiouser;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;

/**
 * Capabilities as JSON, in any order and among others (vfio-user, VFIO_USER_VERSION).
 *
 * <pre>
 *   {"capabilities": {"max_msg_fds": 8, "twin_socket": {"supported": true, "fd_index": 0}}}
 * </pre>
 *
 * <p>A name that is not known is passed over with all that belongs to it; a known one with a value
 * that cannot be is an {@link IOException}.
 */
final class CapabilitiesJson {

    private static final JsonFactory JSON = new JsonFactory();

    private long maxMsgFds = Capabilities.DEFAULTS.maxMsgFds();
    private long maxDataXferSize = Capabilities.DEFAULTS.maxDataXferSize();
    private long maxDmaMaps = Capabilities.DEFAULTS.maxDmaMaps();
    private long pageSizes = Capabilities.DEFAULTS.pageSizes();
    private boolean twinSocket;
    private long twinFdIndex = Capabilities.NONE;
    private boolean writeMultiple;

    private CapabilitiesJson() {}

    static byte[] write(Capabilities capabilities) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeObjectFieldStart("capabilities");
            json.writeNumberField("max_msg_fds", capabilities.maxMsgFds());
            json.writeNumberField("max_data_xfer_size", capabilities.maxDataXferSize());
            json.writeNumberField("max_dma_maps", capabilities.maxDmaMaps());
            json.writeFieldName("pgsizes");
            json.writeNumber(Long.toUnsignedString(capabilities.pageSizes()));
            if (capabilities.twinSocket()) {
                writeTwin(json, capabilities.twinFdIndex());
            }
            json.writeBooleanField("write_multiple", capabilities.writeMultiple());
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // which memory does not throw
        }
        return bytes.toByteArray();
    }

    private static void writeTwin(JsonGenerator json, int fdIndex) throws IOException {
        json.writeObjectFieldStart("twin_socket");
        json.writeBooleanField("supported", true);
        if (fdIndex != Capabilities.NONE) {
            json.writeNumberField("fd_index", fdIndex);
        }
        json.writeEndObject();
    }

    /**
     * Reads capabilities.
     *
     * @throws IOException if it is no JSON, or says what cannot be
     */
    static Capabilities read(byte[] bytes) throws IOException {
        CapabilitiesJson read = new CapabilitiesJson();
        try (JsonParser json = JSON.createParser(bytes)) {
            json.nextToken();
            require(json, JsonToken.START_OBJECT);
            while (json.nextToken() != JsonToken.END_OBJECT) {
                read.topField(json);
            }
            if (json.nextToken() != null) {
                throw new IOException("there is something behind the JSON");
            }
        }
        return read.capabilities();
    }

    private void topField(JsonParser json) throws IOException {
        if (!nextField(json).equals("capabilities")) {
            json.skipChildren();
            return;
        }
        require(json, JsonToken.START_OBJECT);
        while (json.nextToken() != JsonToken.END_OBJECT) {
            capability(json);
        }
    }

    private void capability(JsonParser json) throws IOException {
        switch (nextField(json)) {
            case "max_msg_fds" -> maxMsgFds = number(json, 0, Integer.MAX_VALUE);
            case "max_data_xfer_size" -> maxDataXferSize = number(json, 1, Long.MAX_VALUE);
            case "max_dma_maps" -> maxDmaMaps = number(json, 0, Long.MAX_VALUE);
            case "pgsizes" -> pageSizes = bits(json);
            case "twin_socket" -> twinSocket(json);
            case "write_multiple" -> writeMultiple = flag(json);
            default -> json.skipChildren();
        }
    }

    private void twinSocket(JsonParser json) throws IOException {
        require(json, JsonToken.START_OBJECT);
        while (json.nextToken() != JsonToken.END_OBJECT) {
            switch (nextField(json)) {
                case "supported" -> twinSocket = flag(json);
                case "fd_index" -> twinFdIndex = number(json, 0, Integer.MAX_VALUE);
                default -> json.skipChildren();
            }
        }
    }

    /** More than we can count is as much as we can count. */
    private Capabilities capabilities() {
        return new Capabilities(
                (int) maxMsgFds,
                (int) Math.min(maxDataXferSize, Integer.MAX_VALUE),
                (int) Math.min(maxDmaMaps, Integer.MAX_VALUE),
                pageSizes,
                twinSocket,
                (int) twinFdIndex,
                writeMultiple);
    }

    /** The name of a field, with the parser at its value. */
    private static String nextField(JsonParser json) throws IOException {
        require(json, JsonToken.FIELD_NAME);
        String name = json.getText();
        json.nextToken();
        return name;
    }

    private static long number(JsonParser json, long least, long most) throws IOException {
        require(json, JsonToken.VALUE_NUMBER_INT);
        long value = json.getLongValue();
        if (value < least || value > most) {
            throw new IOException(json.currentName() + " is " + value);
        }
        return value;
    }

    /** A bit set of 64, some of them set. */
    private static long bits(JsonParser json) throws IOException {
        require(json, JsonToken.VALUE_NUMBER_INT);
        BigInteger value = json.getBigIntegerValue();
        if (value.signum() <= 0 || value.bitLength() > Long.SIZE) {
            throw new IOException(json.currentName() + " is " + value);
        }
        return value.longValue();
    }

    private static boolean flag(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_TRUE) {
            require(json, JsonToken.VALUE_FALSE);
        }
        return json.currentToken() == JsonToken.VALUE_TRUE;
    }

    private static void require(JsonParser json, JsonToken token) throws IOException {
        if (json.currentToken() != token) {
            throw new IOException(
                    "at "
                            + "byte "
                            + json.currentTokenLocation().getByteOffset()
                            + " there is "
                            + json.currentToken()
                            + ", not "
                            + token);
        }
    }
}
