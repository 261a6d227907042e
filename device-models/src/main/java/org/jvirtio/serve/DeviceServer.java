package org.jvirtio.serve;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jvirtio.pci.Closing;

/** Several devices in one process, each behind a socket of its own; what hits one hits no other. */
public final class DeviceServer implements AutoCloseable {

    private final List<ServedDevice> devices = new ArrayList<>();
    private final Consumer<String> log;
    private boolean closed;

    /** Takes a line for whatever happens, from any thread. */
    public DeviceServer(Consumer<String> log) {
        this.log = log;
    }

    /**
     * Serves one more; see {@link ServedDevice} for what else it may throw.
     *
     * @throws IllegalStateException once it is closed
     */
    public synchronized ServedDevice serve(String device, Path socket) {
        if (closed) {
            throw new IllegalStateException(
                    "serving " + device + " at " + socket + ": this server is closed");
        }
        ServedDevice served = new ServedDevice(device, socket, log);
        devices.add(served);
        return served;
    }

    /**
     * Ends all of them: nobody is connected any more, disks are written back, sockets removed. From
     * any thread. What hinders one hinders no other, and is thrown in the end; what hinders more is
     * suppressed in it.
     */
    @Override
    public synchronized void close() {
        closed = true;
        Closing all = new Closing();
        devices.forEach(device -> all.step(device::close));
        devices.clear();
        all.close();
    }
}
