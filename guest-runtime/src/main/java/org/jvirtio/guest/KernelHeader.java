package org.jvirtio.guest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jvirtio.EnvironmentException;

/**
 * What the file of a kernel says of itself (Linux {@code Documentation/arch/x86/boot.rst}):
 *
 * <pre>
 *   0x202  "HdrS"                      0x20e  where the version stands, less 0x200 (16 bits)
 * </pre>
 *
 * <p>QEMU starts whatever it is given, and a guest that is no kernel says nothing.
 *
 * @param version such as {@code 6.1.0-56-amd64 (who built it) #1 SMP Debian 6.1.192-2}; empty if an
 *     ELF file, which QEMU knows how to judge
 */
record KernelHeader(String version) {

    private static final int MAGIC = 0x202;
    private static final int VERSION_POINTER = 0x20e;
    private static final int VERSION_BASE = 0x200;

    /** As far as a version can be: the pointer has 16 bits, and a version is shorter than this. */
    private static final int LONGEST = 0x10400;

    static KernelHeader read(Path image) {
        byte[] bytes = start(image);
        if (has(bytes, 0, "\u007fELF")) {
            return new KernelHeader("");
        }
        if (!has(bytes, MAGIC, "HdrS")) {
            throw new EnvironmentException(
                    String.format(
                            "reading the kernel %s: there is no 'HdrS' at 0x%x, as in every kernel"
                                    + " for x86. Give a bzImage with --kernel, such as"
                                    + " /boot/vmlinuz-$(uname -r).",
                            image, MAGIC));
        }
        if (bytes.length < VERSION_POINTER + Short.BYTES) {
            throw new EnvironmentException(
                    String.format(
                            "reading the kernel %s: it ends after %d bytes, in its header. Copy it"
                                    + " again, or give another one with --kernel.",
                            image, bytes.length));
        }
        int low = bytes[VERSION_POINTER] & 0xff;
        int start = VERSION_BASE + (low | (bytes[VERSION_POINTER + 1] & 0xff) << 8);
        int end = start;
        while (end < bytes.length && bytes[end] >= ' ') {
            end++;
        }
        return new KernelHeader(
                end > bytes.length || end <= start
                        ? ""
                        : new String(bytes, start, end - start, StandardCharsets.US_ASCII));
    }

    /** Such as {@code 6.1.0-56-amd64}: the first word of the version. */
    String release() {
        return version.split(" ", 2)[0];
    }

    private static boolean has(byte[] bytes, int offset, String text) {
        byte[] expected = text.getBytes(StandardCharsets.US_ASCII);
        int end = offset + expected.length;
        return end <= bytes.length
                && Arrays.equals(bytes, offset, end, expected, 0, expected.length);
    }

    private static byte[] start(Path image) {
        try (InputStream file = Files.newInputStream(image)) {
            return file.readNBytes(LONGEST);
        } catch (IOException e) {
            throw new EnvironmentException(
                    "reading the kernel "
                            + image
                            + ": "
                            + e
                            + ". Give one that can be read with --kernel.",
                    e);
        }
    }
}
