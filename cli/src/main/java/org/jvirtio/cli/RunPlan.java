package org.jvirtio.cli;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jvirtio.DeviceType;
import org.jvirtio.InterruptMode;
import org.jvirtio.pci.Policy;
import org.jvirtio.sysfs.PciAddress;

/**
 * What {@code run} drives: the devices QEMU is asked for, and the rows they give.
 *
 * <p>A device that can be driven through two layouts is driven through both, in this order, so that
 * the second row has to find on the disk what the first one wrote.
 */
public final class RunPlan {

    /** The devices of a run, in the order of its rows. */
    static final List<DeviceType> TYPES =
            List.of(DeviceType.ENTROPY, DeviceType.BLOCK, DeviceType.NETWORK, DeviceType.CONSOLE);

    private static final int FIRST_SLOT = 2;

    /** How QEMU is told to make a device, and what is expected of each policy. */
    public record Flavour(
            String label,
            String options,
            String netOptions,
            InterruptMode interrupts,
            RingFormat ring,
            List<Expectation> expectations) {

        /** A flavour of which nothing is foretold here: the matrix does that by itself. */
        public static Flavour of(String label, String options) {
            return new Flavour(
                    label,
                    options,
                    JUMBO,
                    InterruptMode.VECTOR_PER_QUEUE,
                    RingFormat.SPLIT,
                    List.of());
        }
    }

    /** Under this policy, this layout; or a refusal. */
    private record Expectation(String policy, String layout) {}

    private static final Expectation AUTO_VIRTIO1 = new Expectation("auto", "virtio1");
    private static final Expectation LEGACY = new Expectation("legacy", "legacy");

    /** Frames longer than one buffer, which are merged. */
    private static final String JUMBO = "host_mtu=9000";

    /** Legacy then has the header of 10 bytes, in a descriptor of its own. */
    private static final String OLD_FRAMING = "mrg_rxbuf=off,any_layout=off";

    private static final List<Flavour> FLAVOURS =
            List.of(
                    new Flavour(
                            "modern",
                            "disable-legacy=on,disable-modern=off,iommu_platform=on",
                            JUMBO,
                            InterruptMode.VECTOR_PER_QUEUE,
                            RingFormat.SPLIT,
                            List.of(
                                    AUTO_VIRTIO1,
                                    new Expectation("pci-cfg", "virtio1 through PCI_CFG"),
                                    new Expectation("legacy", DriveOrder.REFUSED))),
                    new Flavour(
                            "packed",
                            "disable-legacy=on,disable-modern=off,iommu_platform=on,packed=on",
                            JUMBO,
                            InterruptMode.VECTOR_PER_QUEUE,
                            RingFormat.PACKED,
                            List.of(AUTO_VIRTIO1)),
                    new Flavour(
                            "transitional",
                            "disable-legacy=off,disable-modern=off",
                            JUMBO,
                            InterruptMode.VECTOR_PER_QUEUE,
                            RingFormat.SPLIT,
                            List.of(AUTO_VIRTIO1, LEGACY)),
                    new Flavour(
                            "without-msix",
                            "disable-legacy=off,disable-modern=off,vectors=0",
                            OLD_FRAMING,
                            InterruptMode.INTX,
                            RingFormat.SPLIT,
                            List.of(AUTO_VIRTIO1, LEGACY)),
                    new Flavour(
                            "legacy-only",
                            "disable-legacy=off,disable-modern=on",
                            JUMBO,
                            InterruptMode.VECTOR_PER_QUEUE,
                            RingFormat.SPLIT,
                            List.of(
                                    new Expectation("auto", "legacy"),
                                    new Expectation("virtio1", DriveOrder.REFUSED))));

    /** The functions of a guest, which its own process reaches. */
    private static final String IN_GUEST = "vfio:0000:";

    private final String reach;
    private final String option;
    private final String token;
    private final List<RunStation> stations = new ArrayList<>();

    /** A plan that no other run has, for a guest. */
    RunPlan() {
        this(randomToken(), "");
    }

    /** The plan of a token: the same on the host and in the guest. */
    RunPlan(String token) {
        this(token, "");
    }

    /** The same by one path of VFIO, as people name it; empty to have it chosen. */
    RunPlan(String token, String path) {
        this(IN_GUEST, path.isEmpty() ? "" : ",path=" + path, token);
    }

    /** A plan that no other run has, for a guest, by one path of VFIO. */
    static RunPlan by(String path) {
        return new RunPlan(randomToken(), path);
    }

    /** A plan that no other run has; {@code reach} is what a name has before {@code 00:04.0}. */
    static RunPlan behind(String reach) {
        return new RunPlan(reach, "", randomToken());
    }

    private RunPlan(String reach, String option, String token) {
        this.reach = reach;
        this.option = option;
        this.token = token;
        int slot = FIRST_SLOT;
        for (DeviceType type : TYPES) {
            for (Flavour flavour : FLAVOURS) {
                RunStation station = new RunStation(slot, type, flavour);
                stations.add(station);
                slot += station.functions();
            }
        }
    }

    private static String randomToken() {
        byte[] random = new byte[4];
        new Random().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    String token() {
        return token;
    }

    /** What the guest needs to make the same plan. */
    List<String> words() {
        return List.of(token, option.replaceFirst(",path=", ""));
    }

    List<RunStation> stations() {
        return stations;
    }

    /** The function of a device that is driven, as people name it. */
    String function(RunStation station) {
        return reach + station.address() + option;
    }

    /** A function anywhere on that bus. */
    String function(PciAddress address) {
        return reach + address.toString().substring("0000:".length());
    }

    /** Every function that is driven, and the far ends of networks. */
    Set<String> functions() {
        return stations.stream()
                .flatMap(station -> Stream.of(function(station), farEnd(station)))
                .collect(Collectors.toSet());
    }

    private String farEnd(RunStation station) {
        return station.farAddress().isEmpty() ? "" : reach + station.farAddress() + option;
    }

    /** The rows of all devices. */
    List<DriveOrder> orders() {
        return stations.stream().flatMap(station -> orders(station).stream()).toList();
    }

    /** The rows of one device, in the order in which they must be driven. */
    List<DriveOrder> orders(RunStation station) {
        List<DriveOrder> orders = new ArrayList<>();
        Flavour flavour = station.flavour();
        char pass = 'a';
        for (Expectation expectation : flavour.expectations()) {
            orders.add(
                    new DriveOrder(
                            function(station),
                            farEnd(station),
                            station.type(),
                            flavour.label(),
                            new DriveOrder.Expectation(
                                    Policy.parse(expectation.policy()),
                                    expectation.layout(),
                                    flavour.interrupts(),
                                    flavour.ring()),
                            new Placeholder(String.valueOf(pass++), token),
                            station.identity()));
        }
        return orders;
    }

    /** Every placeholder that some row overwrites. */
    List<Placeholder> placeholders() {
        List<Placeholder> all = new ArrayList<>();
        for (char pass = 'a'; pass <= 'c'; pass++) {
            all.add(new Placeholder(String.valueOf(pass), token));
        }
        return all;
    }
}
