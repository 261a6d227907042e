package org.jvirtio.model;

/** The thread of a model that works beside its driver, as a device would. */
final class ModelWorker implements AutoCloseable {

    private static final long LONGEST_STOP_MILLIS = 1000;

    private final EmulatedFunction function;
    private final Thread thread;
    private boolean woken;
    private boolean stopped;

    ModelWorker(EmulatedFunction function) {
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
            function.serve();
        }
    }

    /** Sleeps until a doorbell rings; false once it is time to stop. */
    private synchronized boolean awaitWork() {
        try {
            while (!woken && !stopped) {
                wait();
            }
        } catch (InterruptedException e) {
            return false;
        }
        woken = false;
        return !stopped;
    }
}
