package org.jvirtio.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvirtio.EnvironmentException;

/** What a kernel's file says of itself (Linux Documentation/arch/x86/boot.rst), or does not. */
class KernelHeaderTest {

    private static final int MAGIC = 0x202;
    private static final int POINTER = 0x20e;

    @TempDir private Path directory;

    /** A kernel whose version stands at 0x300. */
    private static byte[] kernel() {
        byte[] bytes = new byte[0x400];
        put(bytes, MAGIC, "HdrS");
        bytes[POINTER + 1] = 1;
        put(bytes, 0x300, "6.1.0-56-amd64 (somebody)");
        return bytes;
    }

    private static void put(byte[] bytes, int offset, String text) {
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(ascii, 0, bytes, offset, ascii.length);
    }

    private KernelHeader read(byte[] bytes) throws IOException {
        return KernelHeader.read(Files.write(directory.resolve("kernel"), bytes));
    }

    @Test
    void theReleaseEndsAtTheFirstSpace() throws IOException {
        assertEquals("6.1.0-56-amd64", read(kernel()).release());
    }

    /** Kernels of one release are built more than once. */
    @Test
    void theVersionTellsWhichBuildItIs() throws IOException {
        assertEquals("6.1.0-56-amd64 (somebody)", read(kernel()).version());
    }

    @Test
    void anElfFileSaysNothing() throws IOException {
        byte[] bytes = kernel();
        put(bytes, 0, "\u007fELF");
        assertEquals(new KernelHeader(""), read(bytes));
        assertEquals("", read(bytes).release());
    }

    @Test
    void aVersionBeyondTheFileIsNone() throws IOException {
        byte[] bytes = kernel();
        bytes[POINTER + 1] = 2;
        assertEquals(new KernelHeader(""), read(bytes));
        assertEquals("", read(bytes).release());
    }

    @Test
    void anImageTellsTheVersionOfItsKernelOrTheLengthOfOneThatTellsNone() throws IOException {
        byte[] elf = kernel();
        put(elf, 0, "\u007fELF");

        assertEquals("6.1.0-56-amd64 (somebody)", image(kernel()).kernelVersion());
        assertEquals("not told, a file of 1024 bytes", image(elf).kernelVersion());
    }

    private GuestImage image(byte[] kernel) throws IOException {
        Path file = Files.write(directory.resolve("kernel"), kernel);
        return new GuestImage(file, directory.resolve("initramfs"), List.of());
    }

    /** A copy that broke off between the magic number and the pointer. */
    @Test
    void aFileThatEndsBeforeThePointerIsNoKernel() {
        for (int length : new int[] {0, MAGIC, MAGIC + 4, POINTER, POINTER + 1}) {
            EnvironmentException none =
                    assertThrows(
                            EnvironmentException.class,
                            () -> read(Arrays.copyOf(kernel(), length)));
            assertTrue(none.getMessage().contains("--kernel"), none.getMessage());
        }
    }
}
