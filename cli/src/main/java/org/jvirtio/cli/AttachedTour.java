package org.jvirtio.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jvirtio.DeviceType;
import org.jvirtio.EnvironmentException;
import org.jvirtio.RunningDevice;
import org.jvirtio.Transport;
import org.jvirtio.VirtioException;
import org.jvirtio.device.BlockChannel;
import org.jvirtio.device.BlockDriver;
import org.jvirtio.device.ConsoleDriver;
import org.jvirtio.device.EntropyDriver;
import org.jvirtio.device.NetDriver;
import org.jvirtio.pci.DeviceIdentity;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.pci.VirtioLayout;
import org.jvirtio.transport.Transports;

/**
 * Drives one function that somebody else made, through every layout it has. Nothing is known of it
 * and nothing is written to it: a disk is read to its end, and is the same through every layout.
 */
final class AttachedTour {

    private static final List<String> POLICIES =
            List.of("auto", "virtio1", "pci-cfg", "register-set", "legacy");

    private static final int CHUNK = 128 * 1024;

    /** RFC 791: every host takes packets of so many bytes. */
    private static final int LEAST_MTU = 68;

    private static final Duration PORT_LIMIT = Duration.ofSeconds(5);

    private final String name;
    private final Optional<Path> image;
    private final boolean records;
    private final Map<String, String> facts = new LinkedHashMap<>();
    private final List<Check> checks = new ArrayList<>();
    private RunningDevice started;
    private DriveRecorder recorder;
    private String firstDigest = "";

    /**
     * Knows how to open it.
     *
     * @param image what is behind the disk, to compare with
     * @param records whether a page is to show it
     */
    AttachedTour(String name, Optional<Path> image, boolean records) {
        this.name = name;
        this.image = image;
        this.records = records;
    }

    /** A row for each policy that finds a layout; {@code shown} sees each as it comes. */
    List<DeviceReport> run(Consumer<DeviceReport> shown) {
        List<DeviceReport> rows = new ArrayList<>();
        for (String policy : POLICIES) {
            recorder = new DriveRecorder(records);
            try (PciFunction function = recorder.over(Functions.openToDrive(name))) {
                LayoutChoice choice =
                        Transports.confirm(
                                function, LayoutChoice.of(function, Policy.parse(policy)));
                if (choice.layout().isPresent()) {
                    DeviceReport row = drive(function, choice, policy);
                    shown.accept(row);
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    private DeviceReport drive(PciFunction function, LayoutChoice choice, String policy) {
        checks.clear();
        facts.clear();
        started = null;
        DeviceType type = choice.identity().type().orElse(null);
        VirtioLayout layout = choice.require();
        String failure = "";
        try {
            requireName(choice.identity());
            prove(type, Transports.open(function, type, layout));
        } catch (VirtioException e) {
            failure = e.getMessage();
        }
        List<String> decisions = new ArrayList<>(function.decisions());
        decisions.addAll(Drive.summary(choice));
        return report(type, policy, layout, decisions, failure);
    }

    private void requireName(DeviceIdentity identity) {
        if (identity.type().isEmpty()) {
            throw new EnvironmentException(
                    "driving "
                            + name
                            + ": there is no proof for a "
                            + identity
                            + ". Look at it with 'jvirtio explain'.");
        }
    }

    private void prove(DeviceType type, Transport transport) {
        switch (type) {
            case BLOCK -> read(transport);
            case ENTROPY -> fill(transport);
            case NETWORK -> {
                try (NetDriver driver = NetDriver.start(transport)) {
                    started(driver.device());
                    facts.put("address", driver.mac().toString());
                    checks.add(
                            Check.that(
                                    "its frames hold an IPv4 packet of any host",
                                    driver.mtu() >= LEAST_MTU,
                                    driver.mtu() + " bytes"));
                }
            }
            case CONSOLE -> {
                try (ConsoleDriver driver = ConsoleDriver.start(transport)) {
                    started(driver.device());
                    boolean there = driver.await(() -> !driver.ports().isEmpty(), PORT_LIMIT);
                    facts.put("ports", driver.ports().toString());
                    checks.add(Check.that("it has a port", there, driver.ports().toString()));
                }
            }
            default ->
                    throw new EnvironmentException(
                            "driving " + name + ": there is no proof for a " + type.label() + ".");
        }
    }

    private void read(Transport transport) {
        try (BlockDriver driver = BlockDriver.start(transport)) {
            started(driver.device());
            String digest = digest(new BlockChannel(driver));
            facts.put("sha256", digest);
            if (!firstDigest.isEmpty()) {
                checks.add(
                        Check.equal(
                                "every byte is what it was through the layout before",
                                firstDigest,
                                digest));
            }
            firstDigest = digest;
            if (image.isPresent()) {
                checks.add(
                        Check.equal(
                                "every byte read is the file's (SHA-256)",
                                imageDigest(image.get()),
                                digest));
            }
            QueueMoment.ofBlock(driver, recorder);
        } catch (IOException e) {
            throw new EnvironmentException(
                    "reading the disk of " + name + ": " + e + ". Look what its server printed.",
                    e);
        }
    }

    private static String imageDigest(Path image) {
        try {
            return Digests.sha256(image);
        } catch (IOException e) {
            throw new EnvironmentException("reading " + image + ": " + e + ". Correct --image.", e);
        }
    }

    private String digest(BlockChannel disk) throws IOException {
        MessageDigest digest = Digests.sha256();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        while (disk.read(chunk.clear()) > 0) {
            digest.update(chunk.array(), 0, chunk.position());
        }
        checks.add(Check.equal("the disk is read to its end", disk.size(), disk.position()));
        return HexFormat.of().formatHex(digest.digest());
    }

    private void fill(Transport transport) {
        try (EntropyDriver driver = EntropyDriver.start(transport)) {
            started(driver.device());
            byte[] first = new byte[CHUNK];
            byte[] second = new byte[CHUNK];
            driver.fill(first);
            driver.fill(second);
            checks.add(
                    Check.that(
                            "two reads of " + CHUNK + " bytes differ",
                            !Arrays.equals(first, second),
                            Digests.sha256(first)));
            QueueMoment.ofEntropy(driver.device(), recorder);
        }
    }

    private void started(RunningDevice device) {
        recorder.started();
        started = device;
    }

    private DeviceReport report(
            DeviceType type,
            String policy,
            VirtioLayout layout,
            List<String> choice,
            String failure) {
        boolean runs = started != null;
        return new DeviceReport(
                name,
                type == null ? "" : type.label(),
                policy,
                layout.label(),
                runs ? RingFormat.of(started).label() : "",
                choice,
                runs ? Drive.names(started, started.offered()) : List.of(),
                runs ? Drive.names(started, started.accepted()) : List.of(),
                runs ? started.interrupts().mode().name() : "",
                runs ? started.interrupts().steps() : List.of(),
                runs ? Drive.furtherDecisions(started) : List.of(),
                List.copyOf(checks),
                new LinkedHashMap<>(facts),
                failure,
                recorder.recorded());
    }
}
