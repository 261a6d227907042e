package org.jvirtio.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jvirtio.dump.DumpFile;
import org.jvirtio.lab.overlay.Overlay;
import org.jvirtio.lab.overlay.Overlays;
import org.jvirtio.model.EmulatedDevices;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.qtest.QtestFunction;
import org.jvirtio.qtest.QtestMachine;
import org.jvirtio.qtest.QtestName;
import org.jvirtio.sysfs.DriverBinding;
import org.jvirtio.sysfs.PciAddress;
import org.jvirtio.sysfs.SysfsBus;
import org.jvirtio.sysfs.SysfsFunction;
import org.jvirtio.vfio.PathChoice;
import org.jvirtio.vfio.VfioFunction;
import org.jvirtio.vfio.VfioHost;
import org.jvirtio.vfio.VfioName;
import org.jvirtio.vfiouser.VfioUserFunction;

/**
 * Opens functions by the names people type.
 *
 * <pre>
 *   vfio:0000:00:04.0[,path=cdev|group|noiommu]
 *   sysfs:0000:00:02.0   dump:FILE[@ADDRESS]   emulated:block,layout=register-set
 *   qtest:SOCKET[,memory=FILE]@00:04.0   vfio-user:SOCKET
 *   overlay:NAME@vfio:0000:00:04.0
 * </pre>
 */
public final class Functions {

    public static final String FORMS =
            "vfio:ADDRESS[,path=cdev|group|noiommu], sysfs:ADDRESS, dump:FILE[@ADDRESS],"
                    + " emulated:DEVICE[,OPTION=VALUE...], qtest:SOCKET[,memory=FILE]@ADDRESS,"
                    + " vfio-user:SOCKET, or any of them behind overlay:NAME|FILE@";

    private static final String OVERLAY = "overlay:";
    private static final String QTEST = "qtest:";
    private static final String VFIO = "vfio:";
    private static final AtomicBoolean WARNED = new AtomicBoolean();

    private Functions() {}

    /** For looking at: nothing is bound, enabled or written. */
    public static PciFunction openToLook(String name) {
        if (name.startsWith(OVERLAY)) {
            return openOverlaid(name, Functions::openToLook);
        }
        // What VFIO would show of the configuration, sysfs shows without taking the function.
        return open(name.startsWith(VFIO) ? "sysfs:" + vfio(name).address() : name, false);
    }

    /** For driving: the function is taken until it is closed. */
    public static PciFunction openToDrive(String name) {
        if (name.startsWith(OVERLAY)) {
            return openOverlaid(name, Functions::openToDrive);
        }
        return open(name, true);
    }

    /** The overlay is read first: a mistake in it leaves the function alone. */
    private static PciFunction openOverlaid(String name, Function<String, PciFunction> open) {
        int at = name.indexOf('@');
        if (at < 0) {
            throw new UsageException(
                    "'"
                            + name
                            + "' names no function behind its overlay: "
                            + OVERLAY
                            + "NAME@FUNCTION");
        }
        Overlay overlay = Overlays.find(name.substring(OVERLAY.length(), at));
        return overlay.over(open.apply(name.substring(at + 1)));
    }

    /**
     * The functions that a name stands for: all of a machine for {@code qtest:SOCKET}, else one.
     */
    static List<String> all(String name) {
        if (!name.startsWith(QTEST) || name.contains("@")) {
            return List.of(name);
        }
        QtestName any = qtest(name.substring(QTEST.length()) + "@00:00.0");
        try (QtestMachine machine = QtestMachine.attach(any.socket(), any.memory())) {
            return machine.functions().stream().map(some -> any.at(some).toString()).toList();
        }
    }

    private static PciFunction open(String name, boolean drive) {
        String rest = name.substring(name.indexOf(':') + 1);
        return switch (name.substring(0, Math.max(0, name.indexOf(':')))) {
            case "vfio" ->
                    warned(
                            VfioFunction.open(
                                    new SysfsBus(), vfio(name), DriverBinding.Permission.UNBOUND));
            case "sysfs" ->
                    drive
                            ? SysfsFunction.drive(new SysfsBus(), address(rest))
                            : SysfsFunction.inspect(new SysfsBus(), address(rest));
            case "dump" -> dump(rest);
            case "emulated" -> emulated(rest);
            case "qtest" ->
                    drive ? QtestFunction.open(qtest(rest)) : QtestFunction.look(qtest(rest));
            case "vfio-user" -> VfioUserFunction.open(path(rest));
            default ->
                    throw new UsageException(
                            "'" + name + "' names no function; the forms are " + FORMS);
        };
    }

    /** How VFIO would lead to a function; empty if its name is not one of VFIO. */
    static Optional<PathChoice> pathTo(String name) {
        return name.startsWith(VFIO)
                ? Optional.of(PathChoice.of(VfioHost.ofThisMachine(), vfio(name)))
                : Optional.empty();
    }

    /** Once for a process: a run opens its functions many times. */
    private static VfioFunction warned(VfioFunction function) {
        function.warning()
                .filter(warning -> WARNED.compareAndSet(false, true))
                .ifPresent(
                        warning ->
                                System.err.println("jvirtio: " + function.name() + ": " + warning));
        return function;
    }

    private static VfioName vfio(String name) {
        try {
            return VfioName.parse(name.substring(VFIO.length()));
        } catch (IllegalArgumentException e) {
            throw new UsageException("reading the name of a function: " + e.getMessage());
        }
    }

    private static PciAddress address(String text) {
        try {
            return PciAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException("reading a function's address: " + e.getMessage());
        }
    }

    /** The address of a function that this machine has, by whichever way it is reached. */
    static PciAddress realAddress(String name) {
        if (name.startsWith(VFIO)) {
            return vfio(name).address();
        }
        if (!name.startsWith("sysfs:")) {
            throw new UsageException(
                    "asking the kernel about '"
                            + name
                            + "': it knows only real functions. Name one as vfio:ADDRESS or"
                            + " sysfs:ADDRESS.");
        }
        return address(name.substring(name.indexOf(':') + 1));
    }

    private static PciFunction emulated(String text) {
        try {
            return EmulatedDevices.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private static QtestName qtest(String text) {
        try {
            return QtestName.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException("reading the name of a function of QEMU: " + e.getMessage());
        }
    }

    private static PciFunction dump(String rest) {
        int at = rest.lastIndexOf('@');
        return at < 0
                ? DumpFile.function(path(rest))
                : DumpFile.function(path(rest.substring(0, at)), rest.substring(at + 1));
    }

    static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UsageException(
                    "reading the file name '"
                            + text
                            + "': "
                            + e.getReason()
                            + ". Run under a locale that has its letters, such as LC_ALL=C.UTF-8.");
        }
    }
}
