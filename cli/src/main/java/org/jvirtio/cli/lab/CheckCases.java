package org.jvirtio.cli.lab;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jvirtio.cli.ScratchDirectory;
import org.jvirtio.lab.LabCase;
import org.jvirtio.lab.Subject;
import org.jvirtio.lab.check.CheckCase;

/**
 * The rows of {@code check}, on each device in each of its layouts.
 *
 * @param musts whether rows that only advise are left out
 * @param devices that QEMU is asked for
 * @param command what people type to check these devices again
 */
record CheckCases(
        CheckSubjects subjects,
        List<CheckSide> sides,
        boolean musts,
        List<CheckedDevice> devices,
        String command)
        implements ReachCases {

    @Override
    public Duration limit() {
        return Duration.ofSeconds(30);
    }

    @Override
    public List<LabCase> onModels() {
        return sides.stream()
                .flatMap(some -> some.cases(subjects.ofModels(some)).stream())
                .filter(this::isMeant)
                .toList();
    }

    @Override
    public List<LabCase> onServed(ModelPlace place) {
        List<Subject> served = subjects.ofModels(place, command);
        return sides.stream()
                .flatMap(some -> some.cases(served).stream())
                .filter(this::isMeant)
                .toList();
    }

    @Override
    public List<LabCase> onFunctions(List<NamedFunction> functions, String typed) {
        List<Subject> named = subjects.of(functions, "./jvirtio check " + typed);
        return sides.stream()
                .flatMap(some -> some.cases(named).stream())
                .filter(this::isMeant)
                .toList();
    }

    @Override
    public List<LabCase> onQemu(QemuPlace place) {
        return new QemuCheck(command)
                .cases(place, sides, guestArguments()).stream().filter(this::isMeant).toList();
    }

    private boolean isMeant(LabCase some) {
        return !musts || CheckCase.isStrict(some);
    }

    @Override
    public List<String> qemuArguments(Path directory) {
        List<String> arguments = new ArrayList<>();
        for (CheckedDevice device : devices) {
            arguments.addAll(device.qemuArguments(directory));
            if (device.diskBytes() > 0) {
                makeDisk(directory.resolve(device.label() + ".img"), device.diskBytes());
            }
        }
        return arguments;
    }

    /** A file of zeros without blocks. */
    private static void makeDisk(Path image, long bytes) {
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(bytes);
        } catch (IOException e) {
            throw ScratchDirectory.unusable("making " + image, e);
        }
    }

    @Override
    public GuestCaseList guestList() {
        return new QemuCheck(command);
    }

    @Override
    public List<String> guestArguments() {
        return devices.stream()
                .filter(device -> !subjects.meant(device.layouts()).isEmpty())
                .map(device -> QemuCheck.argument(device, subjects.meant(device.layouts())))
                .toList();
    }
}
