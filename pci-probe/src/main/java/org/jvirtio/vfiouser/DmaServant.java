package org.jvirtio.vfiouser;

import java.util.concurrent.locks.LockSupport;
import org.jvirtio.VirtioException;
import org.jvirtio.linux.SocketWait;

/**
 * A thread that answers what a server asks while we ask for nothing, or asks on its twin socket. It
 * also is the first to learn that the server is gone.
 */
abstract class DmaServant implements AutoCloseable {

    private static final long WAIT_NANOS = 100_000_000;
    private static final long JOIN_MILLIS = 2000;

    private final ClientSession session;
    private final Thread thread;
    private volatile boolean closed;

    private DmaServant(String name, ClientSession session) {
        this.session = session;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /** On the socket that our requests go over, too. */
    static DmaServant ofMain(MessageSocket socket, ClientSession session) {
        DmaServant servant = new Main(socket, session);
        servant.thread.start();
        return servant;
    }

    /** On a socket of its own, which the servant closes. */
    static DmaServant ofTwin(MessageSocket socket, ClientSession session) {
        DmaServant servant = new Twin(socket, session);
        servant.thread.start();
        return servant;
    }

    /** Serves one command, or waits a while for one. */
    abstract void turn();

    /** What ended its socket. */
    abstract String reason();

    private void run() {
        try {
            while (!closed && !session.isEnded()) {
                turn();
            }
        } catch (VirtioException e) {
            session.endBecause(reason());
        } finally {
            session.announceEnd();
        }
    }

    /** Ends the thread, whose socket was shut down before. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Replies to our requests arrive here as well. They must not wake this thread each time, so
     * while there are requests it only looks now and then.
     */
    private static final class Main extends DmaServant {
        private static final long PAUSE_NANOS = 500_000;

        private final ClientSession session;
        private final SocketWait wait;
        private int requests;

        Main(MessageSocket socket, ClientSession session) {
            super("vfio-user", session);
            this.session = session;
            wait = socket.newWait();
        }

        @Override
        void turn() {
            int now = session.requests();
            if (now != requests) {
                requests = now;
                LockSupport.parkNanos(PAUSE_NANOS);
            } else if (wait.await(WAIT_NANOS)) {
                session.serveOne();
            }
        }

        @Override
        String reason() {
            return session.reason();
        }
    }

    private static final class Twin extends DmaServant {
        private final MessageSocket socket;
        private final DmaMap memory;

        Twin(MessageSocket socket, ClientSession session) {
            super("vfio-user twin", session);
            this.socket = socket;
            memory = session.memory();
        }

        @Override
        void turn() {
            if (socket.receive(WAIT_NANOS)) {
                if (socket.received().isReply()) {
                    throw socket.fail("a reply, where we ask for nothing");
                }
                memory.answer(socket);
            }
        }

        @Override
        String reason() {
            return "on its twin socket " + socket.ended();
        }

        @Override
        public void close() {
            socket.shutdown();
            super.close();
            socket.close();
        }
    }
}
