package org.jvirtio.model;

/** A network model from the options that people type: {@code mac=}, {@code mtu=}, {@code hub=}. */
final class NetText {

    private NetText() {}

    /** Opens the backend last, so that a bad option leaves no port behind. */
    static NetModel model(DeviceText device) {
        NetOptions options =
                new NetOptions()
                        .mac(device.text("mac", "52:54:00:6a:76:01"))
                        .mtu((int) device.number("mtu", 0))
                        .status(device.flag("status", true))
                        .mergeable(device.flag("mergeable", true));
        String hub = device.text("hub", "");
        device.requireAllUsed();
        return new NetModel(hub.isEmpty() ? NetBackend.loop() : NetHub.port(hub), options);
    }
}
