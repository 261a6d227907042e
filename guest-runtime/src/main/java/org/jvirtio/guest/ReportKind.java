package org.jvirtio.guest;

/**
 * The first word of each line on the report channel, the guest's second serial port.
 *
 * <pre>
 *   mark main 3244798159       a moment: its name and the guest's monotonic clock in nanoseconds
 *   out entropy: 64 bytes\n    bytes of standard output, {@link ReportText escaped}
 *   err no device\n            bytes of standard error
 *   fault java.lang.Error...   the stack trace of what the program threw
 *   memory 63488               most memory the JVM ever held, in KiB (VmHWM of proc(5))
 *   exit 0                     the program's exit code; nothing follows
 * </pre>
 *
 * <p>Lines are text so that a person who runs a printed QEMU command by hand can read them.
 */
enum ReportKind {
    MARK("mark"),
    OUT("out"),
    ERR("err"),
    FAULT("fault"),
    MEMORY("memory"),
    EXIT("exit");

    private final String word;

    ReportKind(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }
}
