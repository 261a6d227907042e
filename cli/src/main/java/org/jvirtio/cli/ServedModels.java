package org.jvirtio.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jvirtio.serve.DeviceServer;

/**
 * Models behind sockets in a directory, each for as long as one row takes: what the driver and they
 * have of each other is what goes through a socket.
 */
final class ServedModels implements EmbeddedTour.Place, AutoCloseable {

    /** What a device tells of a client that does nothing wrong. */
    private static final List<String> USUAL =
            List.of("has come", "speaks version", "closed the connection", "the server ends");

    private final Path directory;
    private final List<String> told = new CopyOnWriteArrayList<>();
    private DeviceServer server = new DeviceServer(told::add);
    private int count;

    ServedModels(Path directory) {
        this.directory = directory;
    }

    @Override
    public String put(String device) {
        Path socket = directory.resolve(device.replaceFirst(",.*", "") + ++count + ".socket");
        server.serve(device, socket);
        return "vfio-user:" + socket;
    }

    @Override
    public List<Check> leave() {
        close();
        List<String> unusual =
                new ArrayList<>(
                        told.stream()
                                .filter(line -> USUAL.stream().noneMatch(line::contains))
                                .toList());
        told.clear();
        server = new DeviceServer(told::add);
        return List.of(Check.equal("the server found nothing wrong with it", List.of(), unusual));
    }

    @Override
    public void close() {
        server.close();
    }
}
