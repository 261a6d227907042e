package org.jvirtio.serve;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Several devices in one process, each behind a socket of its own; what hits one hits no other. */
public final class DeviceServer implements AutoCloseable {

    private final List<ServedDevice> devices = new ArrayList<>();
    private final Consumer<String> log;

    /** Takes a line for whatever happens, from any thread. */
    public DeviceServer(Consumer<String> log) {
        this.log = log;
    }

    /** Serves one more; see {@link ServedDevice} for what it may throw. */
    public ServedDevice serve(String device, Path socket) {
        ServedDevice served = new ServedDevice(device, socket, log);
        devices.add(served);
        return served;
    }

    /** Ends all of them: nobody is connected any more, disks are written back, sockets removed. */
    @Override
    public void close() {
        devices.forEach(ServedDevice::close);
    }
}
