package org.jvirtio.sysfs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jvirtio.EnvironmentException;
import org.jvirtio.linux.Descriptor;
import org.jvirtio.linux.Errno;
import org.jvirtio.linux.Libc;
import org.jvirtio.memory.NativeMemory;

/** One file of sysfs or procfs: a short text, read or written as a whole. */
final class Attribute {

    private Attribute() {}

    /** The text without the line end; empty if there is no such file. */
    static String read(Path path) {
        if (!Files.exists(path)) {
            return "";
        }
        try {
            return Files.readString(path).strip();
        } catch (IOException e) {
            throw new EnvironmentException(
                    "reading " + path + ": " + e + ". Look at its rights, or run as root.", e);
        }
    }

    /** Writes with one write(2), as the kernel wants it, so that it can refuse with a number. */
    static void write(Path path, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        try (NativeMemory memory = NativeMemory.allocate(bytes.length);
                Descriptor file =
                        Descriptor.open(
                                path.toString(), Libc.O_WRONLY, "Run as root, in a Linux guest.")) {
            memory.copyFrom(0, bytes, 0, bytes.length);
            long done = Libc.write(file.fd(), memory.address(), bytes.length);
            if (done != bytes.length) {
                throw new EnvironmentException(
                        String.format(
                                "writing '%s' to %s: %s. The kernel log (dmesg) may say more.",
                                text.strip(), path, Errno.describe(done)));
            }
        }
    }

    /** The last name of what a symbolic link points to; empty if there is no such link. */
    static String linkName(Path link) {
        if (!Files.isSymbolicLink(link)) {
            return "";
        }
        try {
            return Files.readSymbolicLink(link).getFileName().toString();
        } catch (IOException e) {
            throw new EnvironmentException("reading the link " + link + ": " + e + ".", e);
        }
    }
}
