package org.jvirtio.lab.trace;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.lab.Subject;
import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.pci.Policy.Order;

/** The models that our drivers are recorded on, so that each rule finds an occasion. */
public final class ModelSubjects {

    private static final List<String> DEVICES = List.of("block", "console", "entropy", "net");

    /** What is driven of each device: {@code layout=} of the model, its options, and the choice. */
    private static final List<Variant> VARIANTS =
            List.of(
                    new Variant("virtio1", "", Order.VIRTIO1),
                    new Variant("virtio1", "", Order.PCI_CFG),
                    new Variant("virtio1", ",offer=all", Order.VIRTIO1),
                    new Variant("virtio1", ",platform=on", Order.VIRTIO1),
                    new Variant("virtio1", ",vectors=0", Order.VIRTIO1),
                    new Variant("register-set", "", Order.REGISTER_SET),
                    new Variant("register-set", ",offer=all", Order.REGISTER_SET),
                    new Variant("register-set", ",msix-dwords=on", Order.REGISTER_SET),
                    new Variant("register-set", ",vectors=0", Order.REGISTER_SET),
                    new Variant("legacy", "", Order.LEGACY),
                    new Variant("legacy", ",vectors=0", Order.LEGACY),
                    new Variant("transitional", "", Order.VIRTIO1),
                    new Variant("transitional", "", Order.LEGACY),
                    new Variant("mail-transitional", "", Order.REGISTER_SET),
                    new Variant("mail-transitional", "", Order.LEGACY),
                    new Variant("mail-fast-isr", "", Order.REGISTER_SET),
                    new Variant("mail-slow-isr", "", Order.REGISTER_SET));

    private record Variant(String shown, String options, Order order) {}

    private ModelSubjects() {}

    /** All of them, each with a label of its own for each layout. */
    public static List<Subject> all() {
        List<Subject> subjects = new ArrayList<>();
        for (String device : DEVICES) {
            VARIANTS.forEach(variant -> subjects.add(subject(device, variant)));
        }
        subjects.addAll(odd());
        return subjects;
    }

    /** Devices that lie, or are rare, and so bring the driver where it seldom is. */
    private static List<Subject> odd() {
        String early = ",fault=interrupt-early";
        String odd = ",fault=queue-size-odd";
        return List.of(
                subject("block", new Variant("virtio1", ",readonly=on", Order.VIRTIO1)),
                subject("net", new Variant("virtio1", ",mtu=1400", Order.VIRTIO1)),
                subject("console", new Variant("virtio1", ",ports=3", Order.VIRTIO1)),
                subject("entropy", new Variant("virtio1", odd, Order.VIRTIO1)),
                subject("entropy", new Variant("legacy", odd, Order.LEGACY)),
                subject("entropy", new Variant("virtio1", ",fault=needs-reset", Order.VIRTIO1)),
                subject(
                        "entropy",
                        new Variant("register-set", ",vectors=0" + early, Order.REGISTER_SET)),
                subject("entropy", new Variant("mail-fast-isr", early, Order.REGISTER_SET)),
                subject("entropy", new Variant("mail-slow-isr", early, Order.REGISTER_SET)));
    }

    /** Labelled as a device row is, with the options behind: {@code block-transitional}. */
    private static Subject subject(String device, Variant variant) {
        boolean plain = variant.order().label().equals(variant.shown());
        boolean window = variant.order() == Order.PCI_CFG;
        String label = plain || window ? device : device + "-" + variant.shown();
        String model = device + ",layout=" + variant.shown() + variant.options();
        return new Subject(
                label + variant.options(),
                variant.order(),
                () -> EmulatedDevices.parse(model),
                "./jvirtio check");
    }
}
