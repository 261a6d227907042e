package org.jvirtio.guest;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What the JVM of an image is made of.
 *
 * @param classPath on this host, in the order of the guest's
 * @param modules of its Java run-time
 * @param options after those of every guest
 * @param archived beginnings of the names of classes, such as {@code org/jvirtio/}, that all lie in
 *     its class archive
 * @param rehearsal a {@link GuestProgram} and its arguments, run on this host with this JVM's class
 *     path: what it loads lies in the archive as well
 */
record ImageJvm(
        List<Path> classPath,
        Set<String> modules,
        List<String> options,
        List<String> archived,
        List<String> rehearsal) {

    static final String OURS = "org/jvirtio/";

    /** That of an image which has the class path of this JVM. */
    static ImageJvm ofThisJvm(List<String> rehearsal) {
        return new ImageJvm(
                ClassPathFiles.ofThisJvm(),
                JavaRuntime.MODULES,
                List.of(),
                List.of(OURS),
                rehearsal);
    }
}
