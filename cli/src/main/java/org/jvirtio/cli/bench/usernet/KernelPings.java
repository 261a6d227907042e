package org.jvirtio.cli.bench.usernet;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.jvirtio.EnvironmentException;
import org.jvirtio.cli.bench.guest.ChildProcess;

/** Echo requests of {@code ping} (iputils) over the kernel's driver, as fast as answers come. */
public final class KernelPings {

    /** Where it lies in the image. */
    public static final String PATH = "bin/ping";

    /** What {@code ping} sends unless told otherwise. */
    static final int DATA_BYTES = 56;

    private static final Pattern TIME = Pattern.compile("time=([0-9.]+) ms");
    private static final double NANOS_PER_MILLI = 1e6;
    private static final long LONGEST_NANOS = Duration.ofSeconds(60).toNanos();

    private KernelPings() {}

    /** {@code ping from iputils 20221126}: the first line of what it says of itself. */
    static String version() throws IOException, InterruptedException {
        return ChildProcess.run(List.of("/" + PATH, "-V"), Duration.ofMinutes(1))
                .lines()
                .findFirst()
                .orElse("ping");
    }

    static Histogram measure(int count) throws IOException, InterruptedException {
        List<String> command =
                List.of("/" + PATH, "-n", "-A", "-c", "" + count, UserNetPeer.KERNEL.host());
        Histogram nanos = parse(ChildProcess.run(command, Duration.ofMinutes(5)));
        if (nanos.getTotalCount() != count) {
            throw new EnvironmentException(
                    String.format(
                            "measuring echo requests with ping: %d of %d were answered. Look at"
                                    + " what QEMU's user network says.",
                            nanos.getTotalCount(), count));
        }
        return nanos;
    }

    static Histogram parse(String printed) {
        Histogram nanos = histogram();
        Matcher times = TIME.matcher(printed);
        while (times.find()) {
            nanos.recordValue(Math.round(Double.parseDouble(times.group(1)) * NANOS_PER_MILLI));
        }
        return nanos;
    }

    static Histogram histogram() {
        return new Histogram(LONGEST_NANOS, 3);
    }
}
