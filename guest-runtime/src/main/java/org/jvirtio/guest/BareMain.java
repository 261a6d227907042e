package org.jvirtio.guest;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Process 1 of the {@link GuestImages#floor floor}: the least that can be heard of a JVM in a
 * guest. It says when it was reached and ends, which panics the kernel, which ends QEMU; turning
 * off properly would need a system call, and so more than a bare JVM.
 */
final class BareMain {

    private BareMain() {}

    public static void main(String[] words) throws IOException {
        long reached = System.nanoTime();
        try (FileOutputStream port = new FileOutputStream(Init.REPORT_PORT)) {
            String report = "mark main ".concat(Long.toString(reached)).concat("\nexit 0\n");
            port.write(report.getBytes(StandardCharsets.US_ASCII));
        }
    }
}
