package org.jvirtio.guest;

import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;

/**
 * The program of an application's image: calls its {@code main} and lives as long as the JVM would,
 * which is until every thread that is no daemon has ended, or {@link System#exit}.
 */
public final class ApplicationMain implements GuestProgram {

    /** The first argument is the name of the class; the others are the application's. */
    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) throws Exception {
        Method main = Class.forName(arguments.get(0)).getMethod("main", String[].class);
        main.setAccessible(true); // As the java command does, a class need not be public.
        String[] own = arguments.subList(1, arguments.size()).toArray(String[]::new);
        try {
            main.invoke(null, (Object) own);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (Exception) e.getCause();
        } finally {
            awaitOthers();
        }
        return 0;
    }

    /** Each turn sees one thread end; how many there are is the application's affair. */
    private static void awaitOthers() throws InterruptedException {
        for (Thread other = other(); other != null; other = other()) {
            other.join();
        }
    }

    private static Thread other() {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (!thread.isDaemon() && thread != Thread.currentThread()) {
                return thread;
            }
        }
        return null;
    }
}
