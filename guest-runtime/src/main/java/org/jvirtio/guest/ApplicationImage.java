package org.jvirtio.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jvirtio.EnvironmentException;

/**
 * The image of an {@link Application}: what {@code jvirtio image} writes and {@code guest --image}
 * boots. It is one file, because it is built here and run there: it is copied, kept and replaced as
 * a whole or not at all. QEMU takes two, so it is unpacked into the {@link GuestCache} once.
 *
 * @param main the class that {@link #job} starts
 */
public record ApplicationImage(GuestImage image, String main) {

    private static final String PREFIX = "application-";

    /** As many unpacked ones as are kept of our own. */
    private static final int KEPT = 4;

    /**
     * Makes one.
     *
     * @param rehearsal as {@link GuestImages#image(GuestKernel, List)} takes it
     * @param target a file, replaced if it is there
     */
    public static void make(
            Application application,
            GuestKernel kernel,
            List<String> rehearsal,
            GuestCache cache,
            Path target) {
        ImageJvm jvm = application.jvm(rehearsal);
        cache.scratch(
                directory -> {
                    GuestImages.build(directory, kernel, tree -> tree.fill(kernel.modules(), jvm));
                    pack(directory, application.main(), kernel.words(), target);
                });
    }

    private static void pack(Path directory, String main, List<String> kernelWords, Path target) {
        Path unfinished = target.resolveSibling("." + target.getFileName() + ".unfinished");
        try {
            ApplicationFile.write(unfinished, directory, main, kernelWords);
            Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            unfinished.toFile().delete();
            throw new EnvironmentException(
                    "writing the image "
                            + target
                            + ": "
                            + e
                            + ". Make room and give yourself the right there, or name another file"
                            + " with -o.",
                    e);
        }
    }

    /**
     * Opens one.
     *
     * @throws EnvironmentException if it is none, is damaged, or is of another version
     */
    public static ApplicationImage open(Path file, GuestCache cache) {
        ApplicationFile packed = ApplicationFile.read(file);
        Path entry = cache.entry(PREFIX + packed.digest(), packed::unpack);
        cache.keepNewest(PREFIX, KEPT);
        return new ApplicationImage(GuestImage.in(entry, packed.kernelWords()), packed.main());
    }

    /** A boot of the application with these arguments. */
    public GuestJob job(List<String> arguments) {
        List<String> words = new ArrayList<>(List.of(main));
        words.addAll(arguments);
        return new GuestJob(ApplicationMain.class.getName(), words);
    }
}
