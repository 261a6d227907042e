package org.jvirtio.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jvirtio.guest.QemuValue;
import org.jvirtio.serve.DeviceServer;
import org.jvirtio.serve.ServedDevice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Serves models as PCI devices to any program that speaks vfio-user, until it is ended. */
@Command(
        name = "jvirtio serve",
        description = {
            "Serve a device model as a PCI device to any vfio-user client: this command's own reach"
                    + " vfio-user:PATH, QEMU 10.1 and newer, cloud-hypervisor.",
            "DEVICE is what stands behind 'emulated:', such as block,layout=register-set,size=64M;"
                    + " the n-th device is behind the n-th socket. SIGTERM ends it cleanly."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ServeCommand implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "DEVICE", description = "what to serve")
    private List<String> devices;

    @Option(
            names = "--socket",
            paramLabel = "PATH",
            required = true,
            description = "where to listen, in a directory of your own; repeat for each device")
    private List<Path> sockets = new ArrayList<>();

    @Option(
            names = "--layout",
            paramLabel = "LAYOUT",
            description = "the same as layout= of every device")
    private String layout;

    @Option(
            names = "--image",
            paramLabel = "FILE",
            description = "the same as image= of the one device")
    private Path image;

    @Option(names = "-o", paramLabel = "FORM", description = "text, or json: an object a line")
    private String form = "text";

    private final Console console;

    ServeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        Output output = Output.parse(form);
        requirePairs();
        DeviceServer server = new DeviceServer(line -> tell(output, line));
        // Before the first device, so that none is left behind by a signal that comes early.
        Thread end = new Thread(() -> end(server, output), "end");
        Runtime.getRuntime().addShutdownHook(end);
        try {
            serveAll(server, output);
        } catch (RuntimeException e) {
            if (isCalledOff(end)) {
                try (server) {
                    throw e;
                }
            }
        }
        new CountDownLatch(1).await(); // What ends this is a signal.
        return ExitCode.DONE;
    }

    /** False if the signal came first: the hook ends everything then. */
    private static boolean isCalledOff(Thread hook) {
        try {
            return Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private void serveAll(DeviceServer server, Output output) {
        for (int i = 0; i < devices.size(); i++) {
            ServedDevice device = serve(server, described(devices.get(i)), sockets.get(i));
            tell(output, device.path() + " serves " + device.name());
        }
    }

    private void requirePairs() {
        if (devices.size() != sockets.size()) {
            throw new UsageException(
                    "serving "
                            + devices.size()
                            + " devices behind "
                            + sockets.size()
                            + " sockets: give one --socket for each device.");
        }
        if (image != null && devices.size() > 1) {
            throw new UsageException(
                    "serving one image as "
                            + devices.size()
                            + " devices, which would overwrite each other: write"
                            + " 'block,image=FILE' for each.");
        }
    }

    private static ServedDevice serve(DeviceServer server, String device, Path socket) {
        try {
            return server.serve(device, socket);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private String described(String device) {
        String more = layout == null ? "" : ",layout=" + layout;
        return device + more + (image == null ? "" : ",image=" + QemuValue.of(image));
    }

    /** Ends with success, if all is well: that is how a server is meant to end. */
    private void end(DeviceServer server, Output output) {
        int exit = ExitCode.FAILED;
        try {
            server.close();
            tell(output, "all devices are closed");
            exit = ExitCode.DONE;
        } catch (RuntimeException e) {
            Stream.concat(Stream.of(e), Stream.of(e.getSuppressed()))
                    .map(each -> "a device was not closed well: " + each.getMessage())
                    .forEach(line -> tell(output, line));
        } finally {
            Runtime.getRuntime().halt(exit);
        }
    }

    private synchronized void tell(Output output, String line) {
        console.out().println(output == Output.JSON ? json(line) : line);
        console.out().flush();
    }

    private static String json(String line) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("told", line);
        try {
            return JSON.std.asString(tree);
        } catch (IOException e) {
            throw new UncheckedIOException("printing JSON", e);
        }
    }
}
