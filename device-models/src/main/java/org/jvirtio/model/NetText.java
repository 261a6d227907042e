package org.jvirtio.model;

import java.nio.file.Path;
import java.util.List;

/** A network model from the options that people type: {@code mac=}, {@code mtu=}, {@code hub=}. */
final class NetText {

    /** What it may be connected to, of which it has one. */
    private static final List<String> ENDS = List.of("hub", "listen", "connect", "tap", "replay");

    private NetText() {}

    /** Opens the backend last, so that a bad option leaves no port behind. */
    static NetModel model(DeviceText device) {
        NetOptions options =
                new NetOptions()
                        .mac(device.text("mac", "52:54:00:6a:76:01"))
                        .mtu((int) device.number("mtu", 0))
                        .status(device.flag("status", true))
                        .mergeable(device.flag("mergeable", true))
                        .control(device.flag("control", true))
                        .checksums(device.flag("checksums", true))
                        .leavesOpen(device.flag("open-checksums", false))
                        .pairs((int) device.number("pairs", 1))
                        .flaps((int) device.number("flaps", 0));
        String capture = device.text("capture", "");
        List<String> chosen = ENDS.stream().filter(end -> !device.text(end, "").isEmpty()).toList();
        device.requireAllUsed();
        if (chosen.size() > 1) {
            throw new IllegalArgumentException(
                    "connecting a network: it has "
                            + String.join("= and ", chosen)
                            + "=. Keep one of them.");
        }
        NetBackend backend =
                chosen.isEmpty()
                        ? NetBackend.loop()
                        : backend(chosen.get(0), device.text(chosen.get(0), ""));
        return new NetModel(
                capture.isEmpty() ? backend : new PcapCapture(backend, Path.of(capture)), options);
    }

    private static NetBackend backend(String end, String value) {
        return switch (end) {
            case "hub" -> NetHub.port(value);
            case "listen" -> new NetStream(new SocketEnd(Path.of(value)));
            case "connect" -> new NetStream(new ConnectedEnd(Path.of(value)));
            case "tap" -> new NetTap(value);
            default -> new PcapReplay(Path.of(value));
        };
    }
}
