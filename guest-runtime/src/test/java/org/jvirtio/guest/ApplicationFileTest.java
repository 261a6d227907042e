package org.jvirtio.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvirtio.EnvironmentException;

/** An image on its way from one machine to another: whole, or refused with what is wrong. */
final class ApplicationFileTest {

    private static final String INITRAMFS = "initramfs that was packed already";

    @TempDir Path directory;

    private Path file;
    private GuestCache cache;

    @BeforeEach
    void write() throws IOException {
        Path parts = Files.createDirectory(directory.resolve("parts"));
        Files.writeString(parts.resolve(GuestImage.KERNEL), "kernel");
        Files.writeString(parts.resolve(GuestImage.INITRAMFS), INITRAMFS);
        file = directory.resolve("my-app.image");
        cache = new GuestCache(directory.resolve("cache"));
        ApplicationFile.write(file, parts, "org.example.Main", List.of("one=1", "two"));
    }

    @Test
    void whatWasPackedIsBooted() throws IOException {
        ApplicationImage opened = ApplicationImage.open(file, cache);

        assertEquals("kernel", Files.readString(opened.image().kernel()));
        assertEquals(INITRAMFS, Files.readString(opened.image().initramfs()));
        assertEquals(List.of("one=1", "two"), opened.image().kernelWords());
        assertEquals(
                List.of("org.example.Main", "an argument"),
                opened.job(List.of("an argument")).arguments());
    }

    @Test
    void whatIsUnpackedAlreadyIsNotUnpackedAgain() throws IOException {
        Path kernel = ApplicationImage.open(file, cache).image().kernel();
        Files.writeString(kernel, "marked");

        assertEquals(
                "marked", Files.readString(ApplicationImage.open(file, cache).image().kernel()));
    }

    @Test
    void anImageOfAnotherVersionIsRefusedWithBothVersions() throws IOException {
        zip("image.properties", "format=7\nmain=org.example.Main\n");

        assertRefused("it is of format 7, and this jvirtio boots format 1. Make it again");
    }

    @Test
    void aZipOfSomethingElseIsRefused() throws IOException {
        zip("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n");

        assertRefused("it has no image.properties, as every image of jvirtio. Name what");
    }

    @Test
    void anImageThatWasCutIsRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 30));

        assertRefused("it is no image of jvirtio, or not all of one (zip END header not found)");
    }

    @Test
    void aByteThatWasLostIsFoundByTheSum() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("packed already");
        bytes[at] ^= 0x20;
        Files.write(file, bytes);

        assertRefused("its initramfs is damaged: its sum is ");
        assertTrue(cache.entries("application-").isEmpty(), "nothing of it is kept");
    }

    @Test
    void aFileThatIsNotThereIsNamed() throws IOException {
        Files.delete(file);

        assertRefused("there is no such file. Make it with 'jvirtio image my-app.jar'.");
    }

    private void assertRefused(String words) {
        EnvironmentException e =
                assertThrows(EnvironmentException.class, () -> ApplicationImage.open(file, cache));
        assertTrue(e.getMessage().startsWith("opening the image " + file + ": "), e.getMessage());
        assertTrue(e.getMessage().contains(words), e.getMessage());
    }

    private void zip(String name, String content) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content.getBytes(StandardCharsets.UTF_8));
        }
    }
}
