package org.jvirtio.guest;

import java.nio.file.Path;

/**
 * A value among the options of an argument for QEMU, such as the file of {@code
 * if=none,file=/tmp/disk}: a comma ends it, unless it is written twice. The models read the options
 * of {@code emulated:} in the same way.
 */
public final class QemuValue {

    private QemuValue() {}

    public static String of(Path file) {
        return of(file.toString());
    }

    public static String of(String value) {
        return value.replace(",", ",,");
    }
}
