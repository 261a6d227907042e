package org.jvirtio.guest;

import org.jvirtio.EnvironmentException;
import org.jvirtio.linux.Errno;
import org.jvirtio.linux.Libc;

/** What a program finds done: proc, sys and dev mounted, and the modules of the image loaded. */
final class GuestSetup {

    /** System property: paths of kernel modules in loading order, separated by colons. */
    static final String MODULES = "jvirtio.modules";

    private final ReportWriter report;

    GuestSetup(ReportWriter report) {
        this.report = report;
    }

    void run() {
        mount("proc", "/proc", "proc");
        mount("sysfs", "/sys", "sysfs");
        mount("devtmpfs", "/dev", "devtmpfs");
        report.mark("mounts", System.nanoTime());
        ModuleParameters parameters = ModuleParameters.ofRunningKernel();
        String modules = System.getProperty(MODULES, "");
        for (int start = 0; start < modules.length(); ) {
            int end = modules.indexOf(':', start);
            end = end < 0 ? modules.length() : end;
            load(modules.substring(start, end), parameters);
            start = end + 1;
        }
        report.mark("modules", System.nanoTime());
    }

    static void mount(String source, String target, String type) {
        int result = Libc.mount(source, target, type, 0, "");
        if (result < 0) {
            throw new EnvironmentException(
                    "mounting "
                            + type
                            + " on "
                            + target
                            + " in the guest: "
                            + Errno.describe(result)
                            + ". Use a kernel that has this file system built in.");
        }
    }

    static void load(String module, ModuleParameters parameters) {
        int file = Libc.open(module, Libc.O_RDONLY | Libc.O_CLOEXEC);
        int result = file < 0 ? file : Libc.finitModule(file, parameters.of(module));
        if (file >= 0) {
            Libc.close(file);
        }
        if (result < 0 && !Errno.EEXIST.is(result)) {
            throw new EnvironmentException(
                    "loading "
                            + module
                            + " in the guest: "
                            + Errno.describe(result)
                            + ". Use modules that were built with this very kernel.");
        }
    }
}
