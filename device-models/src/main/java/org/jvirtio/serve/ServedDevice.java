package org.jvirtio.serve;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.jvirtio.VirtioException;
import org.jvirtio.linux.EventFd;
import org.jvirtio.linux.UnixListener;
import org.jvirtio.linux.UnixSocket;
import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.model.ModelFunction;

/**
 * A model behind a socket, for one client after the other; each finds the device as after power-on,
 * with the contents that those before left (a disk's sectors). It has a thread of its own.
 */
public final class ServedDevice implements AutoCloseable {

    private static final Duration LONGEST_SLEEP = Duration.ofHours(1);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(2);

    /** Of a device whose client is gone: what it was given before is done then. */
    private static final Duration LONGEST_WORK = Duration.ofSeconds(5);

    /** A fault in memory that is gone is told late, and may hit the tidying up once more. */
    private static final int RENEWALS = 3;

    private final Path path;
    private final Consumer<String> log;
    private final ServedDriver driver = new ServedDriver();
    private final EventFd stop = new EventFd();
    private final ModelFunction function;
    private final UnixListener listener;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile Session session;
    private int clients;

    /** False while whoever comes has to wait. */
    private boolean lets = true;

    /**
     * Makes a device and listens.
     *
     * @param device as after {@code emulated:}, see {@link EmulatedDevices}
     * @param path of the socket, in a directory that exists
     * @param log takes a line for whatever happens, from the device's thread
     * @throws IllegalArgumentException if there is no such device, option or value
     * @throws org.jvirtio.EnvironmentException if its image cannot be opened, the directory is not
     *     this user's own, or somebody listens there already
     */
    public ServedDevice(String device, Path path, Consumer<String> log) {
        this.path = path;
        this.log = log;
        function = make(device);
        driver.vectors(function.interrupts().msixVectors());
        listener = listen();
        thread = new Thread(this::serve, "serving " + path);
        thread.setDaemon(true);
        thread.start();
    }

    public Path path() {
        return path;
    }

    /** The function that is served, for people: {@code emulated:block,layout=virtio1}. */
    public String name() {
        return function.name();
    }

    /**
     * Turns the client away, resets the device, writes back what its model holds, and removes the
     * socket. From any thread. A device that a client keeps busy for longer than some seconds is
     * left as it is.
     */
    @Override
    public void close() {
        if (stopping) {
            return;
        }
        stopping = true;
        stop.signal();
        listener.shutdown();
        join(LONGEST_STOP);
        Session slow = session;
        if (thread.isAlive() && slow != null) {
            slow.shutdown(); // It waits for a client, which has had its time.
            join(LONGEST_WORK);
        }
        listener.close();
        if (thread.isAlive()) {
            log.accept(
                    path
                            + " is left to itself: its device does not come to the end of what its"
                            + " client gave it to do. What no driver had flushed may be lost.");
            return; // It has the function's lock, for which whoever waits may wait for ever.
        }
        stop.close();
        function.close();
    }

    private void join(Duration longest) {
        try {
            thread.join(longest.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ModelFunction make(String device) {
        try {
            OwnDirectory.require(path);
            return EmulatedDevices.served(device, driver);
        } catch (VirtioException | IllegalArgumentException e) {
            stop.close();
            throw e;
        }
    }

    private UnixListener listen() {
        try {
            return UnixListener.bind(path);
        } catch (VirtioException e) {
            function.close();
            stop.close();
            throw e;
        }
    }

    private void serve() {
        while (!stopping) {
            try (UnixSocket client = accept()) { // Who comes as the server ends is let go again.
                if (client != null && !stopping) {
                    serve(client, "client " + ++clients + " of " + path + " ");
                }
            }
        }
    }

    /** Null if nobody came, or nobody could be let in, which is told once. */
    private UnixSocket accept() {
        try {
            UnixSocket client = listener.accept(LONGEST_SLEEP.toNanos());
            lets = true;
            return client;
        } catch (VirtioException e) {
            if (lets) {
                log.accept(path + " lets nobody in: " + e.getMessage());
            }
            lets = false;
            pause();
            return null;
        }
    }

    /** Whatever goes wrong with a client is the end of that client. */
    @SuppressWarnings("CatchAndPrintStackTrace")
    private void serve(UnixSocket client, String who) {
        Consumer<String> told = text -> log.accept(who + text);
        told.accept("has come");
        try (client;
                Session now = new Session(function, driver, listener, client, stop, told)) {
            session = now;
            now.run();
        } catch (VirtioException e) {
            told.accept("is turned away: " + e.getMessage());
        } catch (InternalError e) {
            told.accept(
                    "is turned away: memory that it mapped is gone, because its file was cut"
                            + " short. Seal the file against shrinking (F_SEAL_SHRINK).");
        } catch (RuntimeException | Error e) {
            told.accept("is turned away, by a defect of jvirtio; please report it: " + e);
        }
        renew(told);
    }

    /** The device as after power-on, and nothing left of the client. */
    private void renew(Consumer<String> told) {
        for (int i = 0; i < RENEWALS; i++) {
            try {
                function.powerOn();
                function.locked(driver::clear);
                function.complaints().clear();
                return;
            } catch (InternalError e) {
                told.accept("had memory that is gone");
            }
        }
        throw new IllegalStateException("the device of " + path + " cannot be reset");
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
