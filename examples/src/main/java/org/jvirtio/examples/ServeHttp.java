package org.jvirtio.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jvirtio.DeviceType;
import org.jvirtio.device.NetDriver;
import org.jvirtio.guest.GuestCache;
import org.jvirtio.guest.GuestImage;
import org.jvirtio.guest.GuestImages;
import org.jvirtio.guest.GuestJob;
import org.jvirtio.guest.GuestMachine;
import org.jvirtio.guest.GuestProgram;
import org.jvirtio.guest.GuestResult;
import org.jvirtio.guest.QemuGuest;
import org.jvirtio.linux.KernelInterface;
import org.jvirtio.linux.Tap;
import org.jvirtio.net.FrameRelay;
import org.jvirtio.net.FrameWatch;
import org.jvirtio.net.Ipv4Settings;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.sysfs.DriverBinding;
import org.jvirtio.sysfs.PciAddress;
import org.jvirtio.sysfs.SysfsBus;
import org.jvirtio.transport.Transports;
import org.jvirtio.vfio.VfioFunction;

/** Serves HTTP from a guest over our network driver: plain Java sockets, and its kernel's TCP. */
public final class ServeHttp implements GuestProgram {

    /** On the host; the argument is a port there. */
    public static void main(String[] arguments) {
        String port = arguments.length > 0 ? arguments[0] : "8080";
        System.out.println("Booting a guest with an emulated network device, to serve one page");
        List<String> devices =
                List.of(
                        "-netdev",
                        "user,id=net0,hostfwd=tcp:127.0.0.1:" + port + "-:8080",
                        "-device",
                        "virtio-net-pci,romfile=,netdev=net0,addr=4");
        GuestImages images = new GuestImages(GuestCache.ofUser());
        List<String> rehearsal = List.of("org.jvirtio.guest.EmptyProgram");
        GuestImage image = images.image(images.debianKernel(List.of("tun")), rehearsal);
        GuestJob job = new GuestJob(ServeHttp.class.getName(), List.of(port));
        GuestResult result =
                new QemuGuest(GuestMachine.with(devices), image).run(job, System.out, System.err);
        System.out.println("The guest ended: " + result.failure().or(result::fault).orElse("well"));
    }

    /** In the guest, whose kernel has the address that QEMU's user network gives it. */
    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) throws Exception {
        Ipv4Settings own = Ipv4Settings.parse("10.0.2.15/24");
        PciAddress address = PciAddress.parse("0000:00:04.0");
        PciFunction function =
                VfioFunction.open(new SysfsBus(), address, DriverBinding.Permission.UNBOUND);
        LayoutChoice choice = LayoutChoice.of(function, Policy.AUTO);
        try (NetDriver driver =
                        NetDriver.start(
                                Transports.open(function, DeviceType.NETWORK, choice.require()));
                Tap tap = Tap.open("tap0");
                KernelInterface kernel = KernelInterface.of("tap0");
                FrameRelay relay =
                        FrameRelay.start(
                                driver, tap::read, tap.interrupt(), tap::write, FrameWatch.NONE)) {
            long mac = driver.mac().bits();
            kernel.use(mac, driver.mtu(), own.address().bits(), own.mask().bits(), 0);
            CountDownLatch served = new CountDownLatch(1);
            HttpServer server = serve("Hello from " + own + "\n", served);
            out.println("Try this: curl http://127.0.0.1:" + arguments.get(0) + "/");
            served.await();
            server.stop(1);
            out.println(relay.received() + " frames came, " + relay.sent() + " went");
        }
        return 0;
    }

    private static HttpServer serve(String page, CountDownLatch served) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(8080), 0);
        server.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(200, page.length());
                    exchange.getResponseBody().write(page.getBytes(US_ASCII));
                    exchange.close();
                    served.countDown();
                });
        server.start();
        return server;
    }
}
