package org.jvirtio.model;

import java.nio.file.Path;
import java.util.function.IntFunction;

/** A console model from the options that people type: {@code ports=}, {@code socket=}, ... */
final class ConsoleText {

    private ConsoleText() {}

    static DeviceModel model(DeviceText device) {
        ConsoleOptions options =
                new ConsoleOptions()
                        .ports((int) device.number("ports", 1))
                        .size((int) device.number("cols", 80), (int) device.number("rows", 25));
        String socket = device.text("socket", "");
        String pty = device.text("pty", "");
        boolean crossed = device.flag("crossed", false);
        device.requireAllUsed();
        if ((socket.isEmpty() ? 0 : 1) + (pty.isEmpty() ? 0 : 1) + (crossed ? 1 : 0) > 1) {
            throw new IllegalArgumentException(
                    "making a console: it has more than one of socket=, pty= and crossed=. Keep one"
                            + " of them.");
        }
        return new ConsoleModel(crossed ? ConsoleLoop.crossed() : backends(socket, pty), options);
    }

    private static IntFunction<ConsoleBackend> backends(String socket, String pty) {
        if (!socket.isEmpty()) {
            return port -> new HostLine(new SocketEnd(path(socket, port)));
        }
        if (!pty.isEmpty()) {
            return port -> new HostLine(new PtyEnd(path(pty, port)));
        }
        return port -> ConsoleBackend.loop();
    }

    /** The name that was given for port 0; with the number behind for the others. */
    private static Path path(String name, int port) {
        return Path.of(port == 0 ? name : name + "." + port);
    }
}
