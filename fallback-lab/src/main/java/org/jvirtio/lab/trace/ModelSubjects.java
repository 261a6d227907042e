package org.jvirtio.lab.trace;

import java.util.ArrayList;
import java.util.List;
import org.jvirtio.lab.trace.DriverCases.Subject;
import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.pci.Policy;

/** The models that our drivers are recorded on. */
final class ModelSubjects {

    private static final List<String> DEVICES = List.of("block", "entropy", "net");

    /** What a device has to have so that each rule finds an occasion. */
    private static final List<String> VARIANTS =
            List.of(
                    "layout=virtio1,offer=all",
                    "layout=virtio1,platform=on",
                    "layout=virtio1,vectors=0",
                    "layout=register-set,offer=all",
                    "layout=register-set,msix-dwords=on",
                    "layout=register-set,vectors=0",
                    "layout=legacy,vectors=0");

    /** Devices that lie, or are rare, and so bring the driver where it seldom is. */
    private static final List<String> ODD =
            List.of(
                    "block,readonly=on",
                    "net,mtu=1400",
                    "entropy,layout=virtio1,fault=queue-size-odd",
                    "entropy,layout=legacy,fault=queue-size-odd",
                    "entropy,layout=virtio1,fault=needs-reset",
                    "entropy,layout=register-set,vectors=0,fault=interrupt-early",
                    "entropy,layout=mail-fast-isr,fault=interrupt-early",
                    "entropy,layout=mail-slow-isr,fault=interrupt-early");

    private ModelSubjects() {}

    static List<Subject> all() {
        List<Subject> subjects = new ArrayList<>();
        for (String device : EmulatedDevices.all()) {
            subjects.add(subject(device, Policy.AUTO));
        }
        ODD.forEach(device -> subjects.add(subject(device, Policy.AUTO)));
        for (String device : DEVICES) {
            for (String variant : VARIANTS) {
                subjects.add(subject(device + "," + variant, Policy.AUTO));
            }
            for (String both : List.of("transitional", "mail-transitional")) {
                subjects.add(subject(device + ",layout=" + both, Policy.parse("legacy")));
            }
            subjects.add(subject(device + ",layout=virtio1", Policy.parse("pci-cfg")));
        }
        return subjects;
    }

    private static Subject subject(String device, Policy policy) {
        boolean auto = policy.equals(Policy.AUTO);
        return new Subject(
                device + (auto ? "" : ",policy=" + policy),
                "emulated:" + device + (auto ? "" : " --policy " + policy),
                policy,
                () -> EmulatedDevices.parse(device));
    }
}
