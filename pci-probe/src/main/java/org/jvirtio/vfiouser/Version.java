package org.jvirtio.vfiouser;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jvirtio.memory.NativeMemory;

/** What one side speaks, and can take: the payload of {@link Command#VERSION} and its reply. */
public record Version(int major, int minor, Capabilities capabilities) {

    public static final int MAJOR = 0;

    /** The newest that both ends of ours speak. */
    public static final int MINOR = 2;

    /** Writes it into the payload of the next message; its length. */
    public int write(MessageSocket socket) {
        byte[] json = CapabilitiesJson.write(capabilities);
        NativeMemory out = socket.out(VersionField.LENGTH + json.length + 1);
        out.write16(VersionField.MAJOR.offset(), major);
        out.write16(VersionField.MINOR.offset(), minor);
        out.copyFrom(VersionField.DATA.offset(), json, 0, json.length);
        out.write8(VersionField.DATA.offset() + json.length, 0);
        return VersionField.LENGTH + json.length + 1;
    }

    /**
     * Reads the message that was received last.
     *
     * @throws org.jvirtio.DeviceBrokenException if it is no version; the session is over then
     */
    public static Version read(MessageSocket socket) {
        socket.requirePayload(VersionField.LENGTH);
        NativeMemory payload = socket.received().payload();
        byte[] data = new byte[socket.received().payloadLength() - VersionField.LENGTH];
        payload.copyTo(VersionField.DATA.offset(), data, 0, data.length);
        return new Version(
                payload.read16(VersionField.MAJOR.offset()),
                payload.read16(VersionField.MINOR.offset()),
                capabilities(socket, text(data)));
    }

    /** A NUL ends it; who leaves that out is understood as well. */
    private static byte[] text(byte[] data) {
        int length = 0;
        while (length < data.length && data[length] != 0) {
            length++;
        }
        return java.util.Arrays.copyOf(data, length);
    }

    private static Capabilities capabilities(MessageSocket socket, byte[] json) {
        if (json.length == 0) {
            return Capabilities.DEFAULTS;
        }
        try {
            return CapabilitiesJson.read(json);
        } catch (IOException e) {
            String shown = new String(json, StandardCharsets.UTF_8);
            throw socket.fail(
                    "capabilities that are none: '"
                            + shown.substring(0, Math.min(shown.length(), 80))
                            + "' ("
                            + e.getMessage().lines().findFirst().orElse("")
                            + ")");
        }
    }

    /** {@code 0.2}. */
    public String number() {
        return major + "." + minor;
    }
}
