package org.jvirtio.model;

/** The thread of a model that works beside its driver, as a device would. */
final class ModelWorker implements AutoCloseable {

    private static final long LONGEST_STOP_MILLIS = 1000;
    private static final long QUIET_MILLIS = 1;

    private final ModelFunction function;
    private final Thread thread;
    private boolean woken;
    private boolean stopped;

    /** No doorbell rang for a moment, and something was kept: time to give it back. */
    private boolean quiet;

    ModelWorker(ModelFunction function) {
        this.function = function;
        this.thread = new Thread(this::loop, function.name());
        thread.setDaemon(true);
        thread.start();
    }

    synchronized void wake() {
        woken = true;
        notifyAll();
    }

    @Override
    public void close() {
        synchronized (this) {
            stopped = true;
            notifyAll();
        }
        try {
            thread.join(LONGEST_STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void loop() {
        while (awaitWork()) {
            if (quiet) {
                function.run();
            } else {
                function.serve();
            }
        }
    }

    /** Sleeps until there is something to do; false once it is time to stop. */
    private boolean awaitWork() {
        boolean keeps = function.keepsRequests(); // Not under our lock: it takes the function's.
        synchronized (this) {
            try {
                sleep(keeps);
            } catch (InterruptedException e) {
                return false;
            }
            quiet = !woken;
            woken = false;
            return !stopped;
        }
    }

    private synchronized void sleep(boolean keeps) throws InterruptedException {
        long end = System.nanoTime() + QUIET_MILLIS * 1_000_000;
        while (!woken && !stopped && !(keeps && System.nanoTime() - end >= 0)) {
            wait(keeps ? QUIET_MILLIS : 0);
        }
    }
}
