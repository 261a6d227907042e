package org.jvirtio.guest;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jvirtio.EnvironmentException;

/**
 * The class path of an application's guest: what process 1 needs, then what the application has.
 */
final class ApplicationClassPath {

    private ApplicationClassPath() {}

    /**
     * Both, in this order. A jar whose name is there already is left out: by the custom of Maven it
     * is the same artifact in the same version.
     */
    static List<Path> of(List<Path> ours, List<Path> own) {
        Set<Path> all = new LinkedHashSet<>(ours);
        Set<String> names = new HashSet<>();
        ours.forEach(path -> names.add(path.getFileName().toString()));
        for (Path path : own) {
            Path entry = path.toAbsolutePath().normalize();
            if (Files.isDirectory(entry) || names.add(entry.getFileName().toString())) {
                all.add(entry);
            }
        }
        return new ArrayList<>(all);
    }

    /** Told here, in an instant: in the guest it would be a boot and a stack trace. */
    static void requireMain(Path jar, String main, List<Path> classPath) {
        String doing = "reading the application " + jar + ": ";
        // The parent has the JDK alone: what this JVM happens to have is not in the guest.
        try (URLClassLoader loader =
                new URLClassLoader(urls(classPath), ClassLoader.getPlatformClassLoader())) {
            var method = Class.forName(main, false, loader).getMethod("main", String[].class);
            if (!Modifier.isStatic(method.getModifiers())) {
                throw new NoSuchMethodException("it is not static");
            }
        } catch (ClassNotFoundException e) {
            throw new EnvironmentException(
                    doing
                            + "there is no class "
                            + main
                            + " in it, nor in the "
                            + (classPath.size() - 1)
                            + " other entries of its class path. Name the class with --main, or"
                            + " what is missing with --class-path.",
                    e);
        } catch (NoSuchMethodException e) {
            throw new EnvironmentException(
                    doing
                            + main
                            + " has no method 'public static void main(String[])'. Add it, or name"
                            + " another class with --main.",
                    e);
        } catch (LinkageError e) {
            throw new EnvironmentException(
                    doing
                            + main
                            + " cannot be loaded by Java "
                            + Runtime.version().feature()
                            + ", which the guest will have: "
                            + e
                            + ". Compile it for that version, or name what is missing with"
                            + " --class-path.",
                    e);
        } catch (IOException e) {
            throw new EnvironmentException(doing + e + ". Build it again.", e);
        }
    }

    private static URL[] urls(List<Path> classPath) throws MalformedURLException {
        URL[] urls = new URL[classPath.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = classPath.get(i).toUri().toURL();
        }
        return urls;
    }
}
