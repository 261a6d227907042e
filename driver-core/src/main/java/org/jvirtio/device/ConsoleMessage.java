package org.jvirtio.device;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A control message as the device wrote it (virtio 1.4 section 5.3.6.2), in memory of our own: what
 * the device does to its buffer afterwards changes nothing here.
 */
final class ConsoleMessage {

    /** Of a name, in bytes; names are for people. */
    private static final int MOST_NAME_BYTES = 256;

    private final ByteBuffer bytes;

    private ConsoleMessage(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Nothing if there are fewer bytes than every message has, or than its event asks for. */
    static Optional<ConsoleMessage> of(byte[] bytes) {
        if (bytes.length < ConsoleField.HEADER_BYTES) {
            return Optional.empty();
        }
        ConsoleMessage message = new ConsoleMessage(bytes);
        boolean resizes = message.number() == ConsoleEvent.RESIZE.number();
        boolean whole = !resizes || bytes.length >= ConsoleField.RESIZE_BYTES;
        return whole ? Optional.of(message) : Optional.empty();
    }

    /** The port's number as it was sent, so perhaps negative. */
    int port() {
        return bytes.getInt(ConsoleField.ID.offset());
    }

    /** Nothing if no device says that. */
    Optional<ConsoleEvent> event() {
        return ConsoleEvent.fromDevice(number());
    }

    boolean isYes() {
        return field(ConsoleField.VALUE) == 1;
    }

    ConsoleSize size() {
        return new ConsoleSize(field(ConsoleField.RESIZE_COLS), field(ConsoleField.RESIZE_ROWS));
    }

    /**
     * The name that follows. It ends with the message; QEMU 7.2 puts a NUL behind it, which is not
     * part of it. Nothing if that is no name that can be printed.
     */
    Optional<String> name() {
        int start = ConsoleField.HEADER_BYTES;
        int end = bytes.capacity();
        while (end > start && bytes.get(end - 1) == 0) {
            end--;
        }
        if (end == start || end - start > MOST_NAME_BYTES) {
            return Optional.empty();
        }
        try {
            String name =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(bytes.slice(start, end - start))
                            .toString();
            return Optional.of(name).filter(ConsoleMessage::isPrintable);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static boolean isPrintable(String name) {
        return name.codePoints().noneMatch(Character::isISOControl);
    }

    private int number() {
        return field(ConsoleField.EVENT);
    }

    private int field(ConsoleField field) {
        return bytes.getShort(field.offset()) & 0xffff;
    }
}
