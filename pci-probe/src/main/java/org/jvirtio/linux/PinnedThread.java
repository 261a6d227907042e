package org.jvirtio.linux;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A thread that stays on one processor, for work that owns it: one {@code DriverLoop} and the
 * queues that it turns.
 *
 * <pre>
 *   core 0   thread "disk 0"   loop   queue 0, its buffers
 *   core 1   thread "disk 1"   loop   queue 1, its buffers
 * </pre>
 */
public final class PinnedThread {

    private final CompletableFuture<Void> pinned = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private PinnedThread() {}

    /**
     * Starts {@code work} on a thread of its own, which does not keep the JVM alive.
     *
     * @param name as tools that list threads show it
     * @param core one of {@link Processors#allowed}
     * @throws org.jvirtio.EnvironmentException if this process may not use that processor: nothing
     *     is running then
     */
    public static PinnedThread start(String name, int core, Runnable work) {
        PinnedThread started = new PinnedThread();
        Thread thread = new Thread(() -> started.run(core, work), name);
        thread.setDaemon(true);
        thread.start();
        await(started.pinned);
        return started;
    }

    /** Waits for the end of the work, and throws what it threw. */
    public void join() {
        await(ended);
    }

    private void run(int core, Runnable work) {
        try {
            Processors.pinThisThreadTo(core);
            pinned.complete(null);
            work.run();
            ended.complete(null);
        } catch (Throwable failure) {
            pinned.completeExceptionally(failure);
            ended.completeExceptionally(failure);
        }
    }

    private static void await(CompletableFuture<Void> moment) {
        try {
            moment.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }
}
