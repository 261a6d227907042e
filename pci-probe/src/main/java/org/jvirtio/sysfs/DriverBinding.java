package org.jvirtio.sysfs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jvirtio.EnvironmentException;

/**
 * A function bound to the kernel driver of our choice, until it is closed: then the driver that had
 * it before has it again.
 */
public final class DriverBinding implements AutoCloseable {

    private final SysfsBus bus;
    private final PciAddress address;
    private final Optional<String> previous;
    private final String previousOverride;
    private final boolean taken;

    /** How far we may go to get a function. */
    public enum Permission {
        /** Only a function that no driver has. */
        UNBOUND,
        /** Also one that a driver has, as long as nothing on this machine uses it. */
        FROM_ITS_DRIVER
    }

    private DriverBinding(
            SysfsBus bus, PciAddress address, Optional<String> previous, boolean taken) {
        this.bus = bus;
        this.address = address;
        this.previous = previous;
        this.previousOverride = Attribute.read(bus.directory(address).resolve("driver_override"));
        this.taken = taken;
    }

    /**
     * Binds a function to {@code driver}. Nothing changes if that has it already.
     *
     * @throws EnvironmentException if it is in use, if another driver has it and the permission
     *     does not cover that, or if the driver is not loaded
     */
    public static DriverBinding take(
            SysfsBus bus, PciAddress address, String driver, Permission permission) {
        Optional<String> current = bus.entry(address).driver();
        if (current.equals(Optional.of(driver))) {
            return new DriverBinding(bus, address, current, false);
        }
        requireFree(bus, address, current, permission);
        if (!Files.isDirectory(bus.driverDirectory(driver))) {
            throw new EnvironmentException(
                    String.format(
                            "binding %s to %s: this kernel has no such driver loaded. Run: modprobe"
                                    + " %s",
                            address, driver, driver));
        }
        DriverBinding binding = new DriverBinding(bus, address, current, true);
        try {
            binding.bind(driver);
            return binding;
        } catch (EnvironmentException e) {
            throw binding.closeAfter(e);
        }
    }

    /** The driver that had the function before. */
    public Optional<String> previous() {
        return previous;
    }

    /**
     * Gives the function back. Its descriptors must be closed: the kernel waits for that. A
     * function that was unplugged, even while this runs, needs nothing more.
     */
    @Override
    public void close() {
        if (!taken) {
            return;
        }
        try {
            restore();
        } catch (EnvironmentException e) {
            if (Files.isDirectory(bus.directory(address))) {
                throw e;
            }
        }
    }

    private void restore() {
        unbind();
        boolean none = previousOverride.isEmpty() || previousOverride.equals("(null)");
        Path override = bus.directory(address).resolve("driver_override");
        bus.write(override, none ? "\n" : previousOverride);
        if (previous.isPresent()) {
            bus.write(bus.driverDirectory(previous.get()).resolve("bind"), address.toString());
        }
    }

    private void bind(String driver) {
        unbind();
        bus.write(bus.directory(address).resolve("driver_override"), driver);
        bus.write(bus.sys().resolve("bus/pci/drivers_probe"), address.toString());
        Optional<String> now = bus.entry(address).driver();
        if (!now.equals(Optional.of(driver))) {
            throw new EnvironmentException(
                    String.format(
                            "binding %s to %s: the driver did not take it (%s has it). The kernel"
                                    + " log (dmesg) says why.",
                            address, driver, now.orElse("nobody")));
        }
    }

    /** Gives the function back; what fails by it is added to {@code reason}, which is returned. */
    private EnvironmentException closeAfter(EnvironmentException reason) {
        try {
            close();
        } catch (EnvironmentException e) {
            reason.addSuppressed(e);
        }
        return reason;
    }

    private void unbind() {
        Path unbind = bus.directory(address).resolve("driver").resolve("unbind");
        if (Files.exists(unbind)) {
            bus.write(unbind, address.toString());
        }
    }

    private static void requireFree(
            SysfsBus bus, PciAddress address, Optional<String> current, Permission permission) {
        List<String> uses = new FunctionUse(bus, address).uses();
        if (!uses.isEmpty()) {
            throw new EnvironmentException(
                    String.format(
                            "taking %s from its driver %s: %s. Choose another function, or end"
                                    + " that use first.",
                            address, current.orElse("(none)"), String.join(", and ", uses)));
        }
        if (current.isPresent() && permission == Permission.UNBOUND) {
            throw new EnvironmentException(
                    String.format(
                            "taking %s: the kernel driver %s has it, and permission to take it"
                                    + " away was not given. Unbind it: echo %s > %s/unbind",
                            address, current.get(), address, bus.driverDirectory(current.get())));
        }
    }
}
