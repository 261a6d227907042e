package org.jvirtio.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.jvirtio.DeviceType;
import org.jvirtio.InterruptMode;
import org.jvirtio.guest.GuestProgram;
import org.jvirtio.pci.Policy;

/**
 * What is rehearsed on the host while a guest image is built, so that the image's class archive
 * holds what {@link GuestDrive} will need: every driver on the models with either ring, and a
 * function that VFIO cannot open.
 */
public final class GuestRehearsal implements GuestProgram {

    private static final String TOKEN = "rehearsal";

    /** Of a whole plan, so that its classes are rehearsed too. */
    private static final Placeholder PLACEHOLDER = new RunPlan(TOKEN).placeholders().get(0);

    /** Class name and arguments of the program to rehearse. */
    static List<String> words() {
        return List.of(GuestRehearsal.class.getName());
    }

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) throws IOException {
        List<DriveOrder> orders = new ArrayList<>();
        for (String model : List.of("layout=virtio1", "layout=virtio1,ring=packed")) {
            orders.addAll(orders(model, "virtio1"));
        }
        orders.addAll(orders("layout=legacy", "legacy"));
        orders.add(order("emulated:entropy,layout=virtio1", DeviceType.ENTROPY, "pci-cfg"));
        orders.add(order("vfio:ffff:ff:1f.7", DeviceType.ENTROPY, "virtio1"));
        return GuestDrive.drive(orders, Drive::report, out);
    }

    private static List<DriveOrder> orders(String model, String policy) {
        return List.of(
                order("emulated:entropy," + model, DeviceType.ENTROPY, policy),
                order("emulated:block," + model, DeviceType.BLOCK, policy),
                order("emulated:net," + model + ",hub=" + TOKEN, DeviceType.NETWORK, policy),
                order("emulated:console,ports=2,crossed=on," + model, DeviceType.CONSOLE, policy));
    }

    private static DriveOrder order(String function, DeviceType type, String policy) {
        return new DriveOrder(
                function,
                type == DeviceType.NETWORK ? function : "",
                type,
                TOKEN,
                new DriveOrder.Expectation(
                        Policy.parse(policy),
                        policy,
                        InterruptMode.VECTOR_PER_QUEUE,
                        RingFormat.SPLIT),
                PLACEHOLDER,
                "jvirtio");
    }
}
