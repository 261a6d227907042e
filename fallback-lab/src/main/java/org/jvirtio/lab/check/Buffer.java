package org.jvirtio.lab.check;

import java.nio.charset.StandardCharsets;
import org.jvirtio.memory.NativeMemory;

/** Bytes that both sides see. */
record Buffer(NativeMemory memory, long address) {

    int length() {
        return (int) memory.length();
    }

    Piece readable() {
        return new Piece(address, length(), false);
    }

    Piece writable() {
        return new Piece(address, length(), true);
    }

    Buffer part(int offset, int length) {
        return new Buffer(memory.slice(offset, length), address + offset);
    }

    Buffer fill(int value) {
        memory.fill(0, memory.length(), value);
        return this;
    }

    Buffer put(byte[] bytes) {
        memory.copyFrom(0, bytes, 0, bytes.length);
        return this;
    }

    byte[] bytes() {
        byte[] copy = new byte[length()];
        memory.copyTo(0, copy, 0, copy.length);
        return copy;
    }

    /** The first bytes in hex, for messages. */
    String hex(int count) {
        StringBuilder text = new StringBuilder();
        byte[] bytes = bytes();
        for (int i = 0; i < Math.min(count, bytes.length); i++) {
            text.append(String.format("%02x", bytes[i]));
        }
        return text.toString();
    }

    Buffer put(String ascii) {
        return put(ascii.getBytes(StandardCharsets.US_ASCII));
    }
}
