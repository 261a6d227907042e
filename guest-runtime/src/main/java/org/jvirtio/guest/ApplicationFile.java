package org.jvirtio.guest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jvirtio.EnvironmentException;

/**
 * The file of an {@link ApplicationImage}: a zip, whose checksums find what a copy lost and which
 * any {@code unzip} opens for another hypervisor.
 *
 * <pre>
 *   image.properties   format=1, main=CLASS, kernelWords=WORD...
 *   kernel             as QEMU's -kernel takes it
 *   initramfs          as -initrd takes it; packed already, so nothing is packed again
 * </pre>
 */
record ApplicationFile(Path file, String main, List<String> kernelWords, String digest) {

    /** Counts changes in what lies in the file and in how process 1 is told what to do. */
    static final String FORMAT = "1";

    private static final String PROPERTIES = "image.properties";
    private static final List<String> PARTS = List.of(GuestImage.KERNEL, GuestImage.INITRAMFS);

    /** A line each for a class name and some words: more is not ours. */
    private static final int LONGEST_PROPERTIES = 64 * 1024;

    static void write(Path target, Path directory, String main, List<String> kernelWords)
            throws IOException {
        Properties properties = new Properties();
        properties.setProperty("format", FORMAT);
        properties.setProperty("main", main);
        properties.setProperty("kernelWords", String.join(" ", kernelWords));
        try (OutputStream out = Files.newOutputStream(target);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setLevel(Deflater.NO_COMPRESSION);
            zip.putNextEntry(new ZipEntry(PROPERTIES));
            properties.store(zip, "A guest image of jvirtio: jvirtio guest --image FILE");
            for (String part : PARTS) {
                zip.putNextEntry(new ZipEntry(part));
                Files.copy(directory.resolve(part), zip);
            }
        }
    }

    /** Reads what the file says of itself. */
    static ApplicationFile read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw bad(file, "there is no such file", "Make it with 'jvirtio image my-app.jar'");
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Properties properties = properties(file, zip);
            String format = properties.getProperty("format", "none");
            if (!format.equals(FORMAT)) {
                throw bad(
                        file,
                        "it is of format " + format + ", and this jvirtio boots format " + FORMAT,
                        "Make it again with this jvirtio, or boot it with the one that made it");
            }
            String main = properties.getProperty("main", "");
            String words = properties.getProperty("kernelWords", "").strip();
            return new ApplicationFile(
                    file,
                    main,
                    words.isEmpty() ? List.of() : List.of(words.split(" +", -1)),
                    digest(file, zip));
        } catch (ZipException e) {
            throw bad(
                    file,
                    "it is no image of jvirtio, or not all of one (" + e.getMessage() + ")",
                    "Name what 'jvirtio image' wrote, or make it again");
        } catch (IOException e) {
            throw bad(file, e.toString(), "Give yourself the right to read it");
        }
    }

    private static Properties properties(Path file, ZipFile zip) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = zip.getInputStream(entry(file, zip, PROPERTIES))) {
            byte[] bytes = in.readNBytes(LONGEST_PROPERTIES);
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            properties.load(new StringReader(text));
            return properties;
        } catch (IllegalArgumentException e) {
            throw bad(file, "its " + PROPERTIES + " has " + e.getMessage(), "Make it again");
        }
    }

    private static ZipEntry entry(Path file, ZipFile zip, String name) {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw bad(
                    file,
                    "it has no " + name + ", as every image of jvirtio",
                    "Name what 'jvirtio image' wrote");
        }
        return entry;
    }

    /** Of the sums that the zip holds, so that nothing large is read to find what is unpacked. */
    private static String digest(Path file, ZipFile zip) {
        StringBuilder text = new StringBuilder();
        for (String part : PARTS) {
            ZipEntry entry = entry(file, zip, part);
            text.append(String.format("%s %x %d%n", part, entry.getCrc(), entry.getSize()));
        }
        return GuestImages.digest(text.toString());
    }

    /** Writes both parts into a directory, and holds them to their sums. */
    void unpack(Path directory) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (String part : PARTS) {
                ZipEntry entry = entry(file, zip, part);
                CRC32 sum = new CRC32();
                try (InputStream in = new CheckedInputStream(zip.getInputStream(entry), sum)) {
                    Files.copy(in, directory.resolve(part));
                } catch (ZipException e) {
                    throw damaged(part, e.getMessage());
                }
                if (sum.getValue() != entry.getCrc()) {
                    throw damaged(
                            part,
                            String.format(
                                    "its sum is %08x, it was made with %08x",
                                    sum.getValue(), entry.getCrc()));
                }
            }
        }
    }

    private EnvironmentException damaged(String part, String found) {
        return bad(file, "its " + part + " is damaged: " + found, "Copy or make it again");
    }

    private static EnvironmentException bad(Path file, String found, String remedy) {
        return new EnvironmentException(
                "opening the image " + file + ": " + found + ". " + remedy + ".");
    }
}
