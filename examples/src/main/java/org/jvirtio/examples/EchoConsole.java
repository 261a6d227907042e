package org.jvirtio.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jvirtio.DeviceType;
import org.jvirtio.device.ConsoleDriver;
import org.jvirtio.device.ConsolePort;
import org.jvirtio.guest.GuestCache;
import org.jvirtio.guest.GuestImage;
import org.jvirtio.guest.GuestImages;
import org.jvirtio.guest.GuestJob;
import org.jvirtio.guest.GuestMachine;
import org.jvirtio.guest.GuestProgram;
import org.jvirtio.guest.QemuGuest;
import org.jvirtio.guest.QemuValue;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.Policy;
import org.jvirtio.sysfs.DriverBinding.Permission;
import org.jvirtio.sysfs.PciAddress;
import org.jvirtio.sysfs.SysfsBus;
import org.jvirtio.transport.Transports;
import org.jvirtio.vfio.VfioFunction;

/** Lines typed on the host come back from a guest, through a port of our console driver. */
public final class EchoConsole implements GuestProgram {

    /** On the host: this terminal is the other end of the port. */
    public static void main(String[] arguments) throws IOException {
        System.out.println("Booting a guest with an emulated console, to echo what is typed here");
        Path socket = Files.createTempDirectory("jvirtio-echo").resolve("port");
        socket.getParent().toFile().deleteOnExit();
        socket.toFile().deleteOnExit(); // before its directory
        GuestImages images = new GuestImages(GuestCache.ofUser());
        List<String> rehearsal = List.of("org.jvirtio.guest.EmptyProgram");
        GuestImage image = images.image(images.debianKernel(), rehearsal);
        Duration limit = Duration.ofHours(1);
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            Thread terminal = new Thread(() -> type(server), "terminal");
            terminal.setDaemon(true);
            terminal.start();
            GuestJob job = new GuestJob(EchoConsole.class.getName(), List.of());
            var result =
                    new QemuGuest(GuestMachine.with(devices(socket)), image, limit, limit)
                            .run(job, System.out, System.err);
            String ended = result.failure().or(result::fault).orElse("well");
            System.out.println("The guest ended: " + ended);
        }
    }

    static List<String> devices(Path socket) {
        String end = "socket,id=terminal,path=" + QemuValue.of(socket);
        String port = "virtserialport,chardev=terminal,nr=1,name=org.jvirtio.echo";
        return List.of("-chardev", end, "-device", "virtio-serial-pci,addr=4", "-device", port);
    }

    /** QEMU holds lines back until the guest has opened the port; the guest sees our end close. */
    private static void type(ServerSocketChannel server) {
        try (SocketChannel port = server.accept()) {
            BufferedReader from = new BufferedReader(Channels.newReader(port, UTF_8));
            BufferedReader keys = new BufferedReader(new InputStreamReader(System.in, UTF_8));
            for (String line = keys.readLine(); line != null; line = keys.readLine()) {
                port.write(UTF_8.encode(line + "\n"));
                System.out.println("It came back: " + from.readLine());
            }
        } catch (IOException e) {
            System.out.println("The terminal was cut off: " + e);
        }
    }

    /** In the guest, until the host has left. */
    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) throws IOException {
        PciAddress address = PciAddress.parse("0000:00:04.0");
        var function = VfioFunction.open(new SysfsBus(), address, Permission.UNBOUND);
        LayoutChoice choice = LayoutChoice.of(function, Policy.AUTO);
        var transport = Transports.open(function, DeviceType.CONSOLE, choice.require());
        try (ConsoleDriver driver = ConsoleDriver.start(transport)) {
            ConsolePort port = driver.awaitPort(1);
            port.open();
            out.println("Type a line; Ctrl-D ends it");
            out.println(port.input().transferTo(port.output()) + " bytes went back");
        }
        return 0;
    }
}
