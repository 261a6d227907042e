package org.jvirtio.cli.bench.block;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jvirtio.EnvironmentException;
import org.jvirtio.cli.bench.block.Measurement.Figures;

/**
 * {@code fio} over the kernel's driver. One start of it measures all loads of a disk, one after the
 * other, because starting it takes an emulated guest longer than a measurement.
 */
public final class FioPeer {

    /** Where it lies in the image. */
    public static final String PATH = "usr/bin/fio";

    private static final int START_SECONDS = 60;
    private static final int MOST_AT_ONCE = 32;

    private FioPeer() {}

    static String version() throws IOException, InterruptedException {
        Duration limit = Duration.ofSeconds(START_SECONDS);
        return ChildProcess.run(List.of("/" + PATH, "--version"), limit).strip();
    }

    /** Figures by the name of the load. */
    static Map<String, Figures> measure(Peer peer, String disk, List<Load> loads, double seconds)
            throws IOException, InterruptedException {
        double each = seconds + BlockPlan.RAMP_SECONDS;
        Duration limit = Duration.ofSeconds(START_SECONDS + 2 * (long) (each * loads.size()));
        return parse(ChildProcess.run(command(peer, disk, loads, seconds), limit));
    }

    static List<String> command(Peer peer, String disk, List<Load> loads, double seconds) {
        List<String> command = new ArrayList<>(List.of("/" + PATH));
        command.addAll(
                List.of(
                        "--output-format=json",
                        "--filename=" + disk,
                        "--direct=1",
                        "--ioengine=io_uring",
                        "--thread", // no child of a child, which process 1 would have to reap
                        "--time_based",
                        "--runtime=" + millis(seconds),
                        "--ramp_time=" + millis(BlockPlan.RAMP_SECONDS),
                        "--norandommap",
                        "--clocksource=clock_gettime",
                        "--lat_percentiles=1",
                        "--clat_percentiles=0"));
        for (Load load : loads) {
            command.addAll(
                    List.of(
                            "--name=" + load.name(),
                            "--stonewall",
                            "--rw=" + (load.random() ? "rand" : "") + load.direction(),
                            "--bs=" + load.bytes(),
                            "--iodepth=" + load.depth()));
            if (peer == Peer.FIO_FIXED) {
                command.addAll(
                        List.of(
                                "--fixedbufs",
                                "--registerfiles",
                                "--iodepth_batch_submit=" + Math.min(load.depth(), MOST_AT_ONCE),
                                "--iodepth_batch_complete_min=1",
                                "--iodepth_batch_complete_max=" + load.depth()));
            }
        }
        return command;
    }

    private static String millis(double seconds) {
        return Math.round(seconds * 1000) + "ms";
    }

    /**
     * The JSON that fio prints, perhaps behind lines of complaint; a load that failed is left out.
     */
    static Map<String, Figures> parse(String output) throws IOException {
        Map<String, Figures> all = new LinkedHashMap<>();
        try {
            Map<String, Object> tree =
                    JSON.std.mapFrom(output.substring(Math.max(0, output.indexOf('{'))));
            for (Object job : (List<?>) tree.get("jobs")) {
                Map<?, ?> fields = (Map<?, ?>) job;
                if (number(fields, "error") == 0) {
                    all.put((String) fields.get("jobname"), figures(fields));
                }
            }
        } catch (IOException | ClassCastException | NullPointerException e) {
            throw new EnvironmentException(
                    "reading what fio printed: "
                            + e.getMessage()
                            + ". Its JSON is not that of version 3.33: use Debian's package.",
                    e);
        }
        return all;
    }

    private static Figures figures(Map<?, ?> job) {
        Map<?, ?> read = (Map<?, ?>) job.get("read");
        Map<?, ?> write = (Map<?, ?>) job.get("write");
        Map<?, ?> direction = number(write, "total_ios") > 0 ? write : read;
        Map<?, ?> percentiles = (Map<?, ?>) ((Map<?, ?>) direction.get("lat_ns")).get("percentile");
        return new Figures(
                number(direction, "iops"),
                number(direction, "bw_bytes") / 1e6,
                number(percentiles, "50.000000") / 1e3,
                number(percentiles, "99.000000") / 1e3,
                number(job, "usr_cpu") + number(job, "sys_cpu"),
                0);
    }

    private static double number(Map<?, ?> object, String name) {
        if (object.get(name) instanceof Number number) {
            return number.doubleValue();
        }
        throw new ClassCastException("its " + name + " is " + object.get(name));
    }
}
