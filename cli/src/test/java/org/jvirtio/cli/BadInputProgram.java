package org.jvirtio.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jvirtio.DeviceType;
import org.jvirtio.VirtioException;
import org.jvirtio.device.BlockDriver;
import org.jvirtio.guest.GuestProgram;
import org.jvirtio.pci.Bar;
import org.jvirtio.pci.LayoutChoice;
import org.jvirtio.pci.PciFunction;
import org.jvirtio.pci.Policy;
import org.jvirtio.pci.Window;
import org.jvirtio.sysfs.SysfsBus;
import org.jvirtio.sysfs.SysfsEntry;
import org.jvirtio.transport.Transports;

/**
 * Asks for what cannot be had, in a guest, and prints one line for each: the name it was given, the
 * exception, what of VFIO is still open or mapped, who has each function, and the message.
 */
public final class BadInputProgram implements GuestProgram {

    /** Something that ends with an exception. */
    private interface Attempt {
        void run() throws Exception;
    }

    private PrintStream out;

    @Override
    public int run(List<String> arguments, PrintStream output, PrintStream err) throws Exception {
        out = output;
        tell("before", () -> {});
        for (String argument : arguments) {
            String name = argument.substring(0, argument.indexOf('='));
            String function = argument.substring(argument.indexOf('=') + 1);
            tell(name, () -> attempt(name, function));
        }
        return 0;
    }

    private static void attempt(String name, String function) throws Exception {
        switch (name) {
            case "twice" -> openTwice(function);
            case "bar" -> openPastTheBar(function);
            case "past", "read-only", "error" -> onDisk(name, function);
            default -> Functions.openToDrive(function).close();
        }
    }

    private static void openTwice(String function) {
        try (PciFunction first = Functions.openToDrive(function)) {
            Functions.openToDrive(function).close();
            throw new IllegalStateException(first.name() + " was opened twice");
        }
    }

    private static void openPastTheBar(String function) {
        try (PciFunction opened = Functions.openToDrive(function)) {
            Bar bar = opened.bars().get(opened.bars().size() - 1);
            Bar larger =
                    new Bar(
                            bar.index(),
                            bar.space(),
                            bar.wide(),
                            bar.prefetchable(),
                            bar.address(),
                            2 * bar.length());
            opened.open(new Window(larger, bar.length(), 4096));
        }
    }

    private static void onDisk(String name, String function) {
        PciFunction opened = Functions.openToDrive(function);
        LayoutChoice choice = LayoutChoice.of(opened, Policy.AUTO);
        try (BlockDriver disk =
                BlockDriver.start(Transports.open(opened, DeviceType.BLOCK, choice.require()))) {
            byte[] sectors = new byte[1024];
            switch (name) {
                case "past" -> disk.read(disk.geometry().capacitySectors() - 1, sectors);
                case "read-only" -> disk.write(0, sectors);
                default -> disk.read(0, sectors);
            }
        }
    }

    private void tell(String name, Attempt attempt) throws IOException {
        String ended = "nothing";
        String message = "";
        try {
            attempt.run();
        } catch (VirtioException e) {
            ended = e.getClass().getSimpleName();
            message = e.getMessage();
        } catch (Exception e) {
            ended = "a mistake of ours";
            message = e.toString();
        }
        out.println(String.join("|", name, ended, left(), drivers(), message.replace('\n', ' ')));
        out.flush();
    }

    private static String left() throws IOException {
        long open = 0;
        for (String fd : new java.io.File("/proc/self/fd").list()) {
            Path link = Path.of("/proc/self/fd", fd);
            if (Files.isSymbolicLink(link)
                    && Files.readSymbolicLink(link).toString().contains("vfio")) {
                open++;
            }
        }
        try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
            return open
                    + " open, "
                    + maps.filter(line -> line.contains("vfio")).count()
                    + " mapped";
        }
    }

    private static String drivers() {
        StringBuilder all = new StringBuilder();
        for (SysfsEntry entry : new SysfsBus().list()) {
            all.append(entry.address()).append(' ').append(entry.driver().orElse("none"));
            all.append(", ");
        }
        return all.toString();
    }
}
