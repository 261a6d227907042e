package org.jvirtio.device;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * One port of a console (virtio 1.4 section 5.3): bytes in both directions, each end of which is
 * open or closed.
 *
 * <pre>
 *   write ----> transmit queue ----> device ----> the host reads
 *   read  &lt;---- receive queue  &lt;---- device &lt;---- the host writes
 * </pre>
 *
 * <p>What one side does not take stays in the queue, and then the other has to wait; nothing is
 * kept besides. Thread-safe: one may read while another writes and a third closes; of several who
 * read, each byte goes to one.
 */
public final class ConsolePort {

    /** What {@link #read} returns when nobody is there who could write, and all was read. */
    public static final int END = -1;

    private final ConsoleDriver driver;
    private final int id;
    private final int receiveQueue;

    /** Made when the port is first plugged in; the device has them from then on. */
    private ConsoleReceiver receiver;

    private ConsoleTransmitter transmitter;

    private boolean plugged;
    private boolean isConsole;
    private boolean hostOpen;
    private boolean hostLeft;
    private boolean open;
    private String name = "";
    private ConsoleSize size;

    // Made once: nothing is allocated to wait.
    private final BooleanSupplier readable = this::isReadable;
    private final BooleanSupplier armRead = this::armRead;
    private final BooleanSupplier writable = this::isWritable;
    private final BooleanSupplier armWrite = this::armWrite;
    private final BooleanSupplier drained = this::isDrained;

    ConsolePort(ConsoleDriver driver, int id) {
        this.driver = driver;
        this.id = id;
        receiveQueue = id == 0 ? 0 : 2 + 2 * id; // 5.3.2
    }

    /** The port's number; 0 is the first. */
    public int id() {
        return id;
    }

    /** The name the host gave it; empty if none. */
    public String name() {
        return driver.served(() -> name);
    }

    /** True if the host says that somebody is to sit at it. */
    public boolean isConsole() {
        return driver.served(() -> isConsole);
    }

    /** True if somebody is at the host's end, as far as the device says. */
    public boolean isHostOpen() {
        return driver.served(() -> hostOpen);
    }

    /** True if this end is open; a console is from the start. */
    public boolean isOpen() {
        return driver.served(() -> open);
    }

    /** Opens this end and tells the device. What came while it was closed is dropped. */
    public void open() throws IOException {
        driver.lock();
        try {
            driver.serve();
            requirePlugged("opening");
            if (!open) {
                receiver.discard();
                driver.say(id, ConsoleEvent.PORT_OPEN, true);
                requirePlugged("opening"); // still: the lock is not held while one waits for room
                open = true;
            }
        } finally {
            driver.unlock();
        }
    }

    /**
     * Closes this end and tells the device. Whoever waits here to read or write stops, with an
     * {@link IOException}. Harmless if it is closed, or if there is no such port any more.
     */
    public void close() {
        driver.lock();
        try {
            if (open) {
                open = false;
                driver.changed();
                driver.say(id, ConsoleEvent.PORT_OPEN, false);
            }
        } finally {
            driver.unlock();
        }
    }

    /**
     * Reads what is there, without waiting.
     *
     * @return bytes; 0 if there are none now; {@link #END} if the host has left, or the port was
     *     unplugged, and all was read
     */
    public int read(byte[] target, int offset, int count) throws IOException {
        return read(target, offset, count, Duration.ZERO);
    }

    /**
     * Reads what is there, and waits for something if there is nothing.
     *
     * @param limit the longest wait
     * @return as {@link #read(byte[], int, int)}; 0 if the limit passed
     */
    public int read(byte[] target, int offset, int count, Duration limit) throws IOException {
        Objects.checkFromIndexSize(offset, count, target.length);
        driver.lock();
        try {
            if (!driver.await(readable, armRead, limit.toNanos())) {
                requireNotInterrupted("reading", 0);
                return 0;
            }
            requireOpen("reading");
            int done = receiver.take(target, offset, count);
            return done == 0 && isOver() ? END : done;
        } finally {
            driver.unlock();
        }
    }

    /**
     * Writes as much as there is room for, without waiting.
     *
     * @return how many bytes
     */
    public int write(byte[] source, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, source.length);
        driver.lock();
        try {
            driver.serve();
            requireOpen("writing");
            requirePlugged("writing");
            return isListening() ? transmitter.put(source, offset, count) : 0;
        } finally {
            driver.unlock();
        }
    }

    /**
     * Writes all, and waits for the host to read as often as there is no room.
     *
     * @param limit the longest wait for room for one more byte
     * @throws PortStalledException if the limit passed
     */
    public void write(byte[] source, int offset, int count, Duration limit) throws IOException {
        Objects.checkFromIndexSize(offset, count, source.length);
        driver.lock();
        try {
            for (int done = 0; done < count; ) {
                if (!driver.await(writable, armWrite, limit.toNanos())) {
                    requireNotInterrupted("writing", done);
                    throw stalled(count, done, limit);
                }
                requireOpen("writing");
                requirePlugged("writing");
                done += transmitter.put(source, offset + done, count - done);
            }
        } finally {
            driver.unlock();
        }
    }

    /**
     * Waits until the device has read all that was written.
     *
     * @throws PortStalledException if the limit passed
     */
    public void drain(Duration limit) throws IOException {
        driver.lock();
        try {
            if (!driver.await(drained, armWrite, limit.toNanos())) {
                requireNotInterrupted("writing", 0);
                throw stalled(0, 0, limit);
            }
        } finally {
            driver.unlock();
        }
    }

    /** Bytes that {@link #read(byte[], int, int)} has at hand, without looking for more. */
    int atHand() {
        driver.lock();
        try {
            return open && receiver.hasBytes() ? receiver.atHand() : 0;
        } finally {
            driver.unlock();
        }
    }

    /** Reads as a stream; closing it closes the port. A read waits as long as it takes. */
    public InputStream input() {
        return new ConsoleInput(this);
    }

    /**
     * Writes as a stream; closing it closes the port. A write, or a flush, that waits for the host
     * longer than {@code -Djvirtio.stallMillis} (10000 by default) throws a {@link
     * PortStalledException}.
     */
    public OutputStream output() {
        return output(Duration.ofMillis(Long.getLong("jvirtio.stallMillis", 10_000)));
    }

    /** As {@link #output()}, with a limit of the caller's own. */
    public OutputStream output(Duration limit) {
        return new ConsoleOutput(this, limit);
    }

    /** The size of its screen, if the device told of it by a message. With the lock held. */
    ConsoleSize toldSize() {
        return size;
    }

    boolean isPlugged() {
        return plugged;
    }

    /** There is such a port now, and its queues have memory. */
    void plugged() {
        plugged = true;
        if (receiver == null) {
            receiver = driver.receiver(receiveQueue);
            transmitter = driver.transmitter(receiveQueue + 1);
        }
    }

    /** Without MULTIPORT nobody says so: the one port is a console with both ends open. */
    void isOnly() {
        plugged();
        isConsole = true;
        hostOpen = true;
        open = true;
    }

    void unplugged() {
        plugged = false;
        isConsole = false;
        hostOpen = false;
        hostLeft = false;
        open = false;
        name = "";
        size = null;
        driver.changed();
    }

    void becameConsole() {
        isConsole = true;
        open = true;
        driver.changed();
    }

    void hostMoved(boolean there) {
        hostLeft = !there && (hostOpen || hostLeft);
        hostOpen = there;
        driver.changed();
    }

    void named(String given) {
        name = given;
        driver.changed();
    }

    void resized(ConsoleSize now) {
        size = now;
        driver.changed();
    }

    private boolean isReadable() {
        driver.serve();
        return !open || receiver.hasBytes() || isOver();
    }

    private boolean armRead() {
        return driver.arm() || receiver.queue().enableInterrupts();
    }

    private boolean isWritable() {
        driver.serve();
        return !open || !plugged || (isListening() && transmitter.hasRoom());
    }

    private boolean armWrite() {
        return driver.arm() || transmitter.queue().enableInterrupts();
    }

    private boolean isDrained() {
        driver.serve();
        return !plugged || transmitter.isIdle();
    }

    /**
     * A console takes what is written to it even if nobody is there to see it, as a screen does.
     */
    private boolean isListening() {
        return hostOpen || isConsole;
    }

    private boolean isOver() {
        return hostLeft || !plugged;
    }

    private void requireOpen(String what) throws IOException {
        if (!open && plugged) {
            throw new IOException(what + " " + this + ": this end is closed. Open it first.");
        }
    }

    private void requirePlugged(String what) throws IOException {
        if (!plugged) {
            throw new IOException(
                    what
                            + " "
                            + this
                            + ": there is no such port, or not any more. Look at ports().");
        }
    }

    private void requireNotInterrupted(String what, int done) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            InterruptedIOException interrupted =
                    new InterruptedIOException(what + " " + this + ": the thread was interrupted");
            interrupted.bytesTransferred = done;
            throw interrupted;
        }
    }

    private PortStalledException stalled(int count, int done, Duration limit) {
        String found =
                isListening()
                        ? "the host reads nothing"
                        : "nobody is at the host's end, the device says";
        return new PortStalledException(
                String.format(
                        "writing %d bytes to %s: %d were taken, then none for %d ms: %s. Have the"
                                + " host read, write the rest later, or raise the limit with"
                                + " -Djvirtio.stallMillis.",
                        count, this, done, limit.toMillis(), found),
                done);
    }

    @Override
    public String toString() {
        return "port " + id + (name.isEmpty() ? "" : " (" + name + ")");
    }
}
