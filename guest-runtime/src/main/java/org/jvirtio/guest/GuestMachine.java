package org.jvirtio.guest;

import java.util.ArrayList;
import java.util.List;

/**
 * The machine that a guest sees: a q35 with an IOMMU that remaps interrupts, so that its kernel
 * lets a process drive devices, two serial ports, and whatever devices are asked for. Without the
 * IOMMU the kernel has to be told that a process may drive devices all the same.
 *
 * @param memoryMegabytes all of the guest's memory; the image is unpacked into it
 * @param hugePages pages of 2 MiB set aside for device-visible memory, out of the above
 * @param iommu whether there is one
 * @param qemuArguments devices and anything else, in QEMU's own words
 */
public record GuestMachine(
        Accelerator accelerator,
        int memoryMegabytes,
        int cpus,
        int hugePages,
        boolean iommu,
        List<String> qemuArguments) {

    static final String QEMU = "qemu-system-x86_64";

    public GuestMachine {
        qemuArguments = List.copyOf(qemuArguments);
        if (memoryMegabytes < 256 + 2 * hugePages) {
            throw new IllegalArgumentException(
                    "a guest of "
                            + memoryMegabytes
                            + " MB with "
                            + hugePages
                            + " huge pages of 2 MB: the kernel and the image need 256 MB besides");
        }
    }

    /** 512 MB, two processors, 64 MB of huge pages. */
    public static GuestMachine with(List<String> qemuArguments) {
        return new GuestMachine(Accelerator.detect(), 512, 2, 32, true, qemuArguments);
    }

    /** In words, for people who compare: {@code 512 MB, 2 processors}. */
    public String size() {
        return memoryMegabytes + " MB, " + cpus + " processors" + (iommu ? "" : ", no IOMMU");
    }

    /** The same without its IOMMU, for a kernel that has VFIO's no-IOMMU mode. */
    public GuestMachine withoutIommu() {
        return new GuestMachine(
                accelerator, memoryMegabytes, cpus, hugePages, false, qemuArguments);
    }

    /** The same with another amount of memory. */
    public GuestMachine withMemory(int megabytes, int pages) {
        return new GuestMachine(accelerator, megabytes, cpus, pages, iommu, qemuArguments);
    }

    /** The whole QEMU command; run by hand it shows the report and the console on the terminal. */
    public List<String> command(GuestImage image, GuestJob job) {
        List<String> command = new ArrayList<>();
        command.add(QEMU);
        command.addAll(List.of("-machine", "q35", "-nodefaults", "-no-user-config"));
        command.addAll(List.of("-no-reboot", "-display", "none"));
        if (accelerator.kvm()) {
            // A split irqchip, because interrupt remapping needs the I/O APIC in QEMU.
            command.addAll(List.of("-accel", "kvm,kernel-irqchip=split", "-cpu", "host"));
        } else {
            command.addAll(List.of("-accel", "tcg,thread=multi", "-cpu", "max"));
        }
        command.addAll(List.of("-smp", Integer.toString(cpus)));
        command.addAll(List.of("-m", Integer.toString(memoryMegabytes)));
        if (iommu) {
            // Before all other devices, or QEMU would not put them behind it.
            command.addAll(List.of("-device", "intel-iommu,intremap=on,caching-mode=on"));
        }
        // First port: the kernel's console, among QEMU's own messages. Second: the report, alone.
        command.addAll(List.of("-chardev", "file,id=console,path=/dev/stderr"));
        command.addAll(List.of("-serial", "chardev:console"));
        command.addAll(List.of("-chardev", "stdio,id=report,signal=off"));
        command.addAll(List.of("-serial", "chardev:report"));
        command.addAll(qemuArguments);
        command.addAll(List.of("-kernel", image.kernel().toString()));
        command.addAll(List.of("-initrd", image.initramfs().toString()));
        command.addAll(List.of("-append", KernelCommandLine.of(job, kernelWords(image))));
        return command;
    }

    private List<String> kernelWords(GuestImage image) {
        List<String> words = new ArrayList<>(image.kernelWords());
        // Pages of 2 MiB, reserved at boot, while memory is still in one piece.
        words.add("hugepages=" + hugePages);
        if (!iommu) {
            words.add("vfio.enable_unsafe_noiommu_mode=1");
        }
        return words;
    }
}
