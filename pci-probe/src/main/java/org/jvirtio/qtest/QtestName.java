package org.jvirtio.qtest;

import java.nio.file.Path;
import org.jvirtio.sysfs.PciAddress;

/**
 * What people type to name a function of a QEMU without a guest, after {@code qtest:}.
 *
 * <pre>
 *   SOCKET[,memory=FILE]@00:04.0
 * </pre>
 *
 * @param socket of QEMU's option {@code -qtest unix:SOCKET}
 * @param memory the file of its {@code memory-backend-file}; {@code SOCKET.ram} if not given
 */
public record QtestName(Path socket, Path memory, PciAddress address) {

    private static final String MEMORY = ",memory=";

    public QtestName {
        if (address.domain() != 0) {
            throw new IllegalArgumentException(
                    address + " is in another domain than 0, and QEMU has no other");
        }
    }

    /**
     * Reads a name.
     *
     * @throws IllegalArgumentException if the text is none
     */
    public static QtestName parse(String text) {
        int at = text.lastIndexOf('@');
        if (at <= 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' names no function: SOCKET[,memory=FILE]@00:04.0");
        }
        String place = text.substring(0, at);
        int option = place.indexOf(MEMORY);
        String socket = option < 0 ? place : place.substring(0, option);
        String memory = option < 0 ? socket + ".ram" : place.substring(option + MEMORY.length());
        return new QtestName(
                Path.of(socket), Path.of(memory), PciAddress.parse(text.substring(at + 1)));
    }

    /** The same machine, another function. */
    public QtestName at(PciAddress other) {
        return new QtestName(socket, memory, other);
    }

    private boolean memoryIsBesideSocket() {
        return memory.toString().equals(socket + ".ram");
    }

    /** As it is typed, with {@code qtest:} before it. */
    @Override
    public String toString() {
        return "qtest:"
                + socket
                + (memoryIsBesideSocket() ? "" : MEMORY + memory)
                + "@"
                + address.toString().substring("0000:".length());
    }
}
