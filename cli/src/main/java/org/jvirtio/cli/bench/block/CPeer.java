package org.jvirtio.cli.bench.block;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jvirtio.EnvironmentException;
import org.jvirtio.cli.bench.block.Measurement.Figures;

/** The C program of the project's own, {@code block_peer.c}. */
public final class CPeer {

    /** Where it lies in the image. */
    public static final String PATH = "bin/block_peer";

    /** Its sources, beside this class; the first is what is compiled. */
    public static final List<String> SOURCES =
            List.of("block_peer.c", "block_queue.h", "virtio_pci.h", "vfio.h", "latency.h");

    private static final int START_SECONDS = 30;

    private CPeer() {}

    static Figures measure(BlockCell cell, double seconds)
            throws IOException, InterruptedException {
        Duration limit = Duration.ofSeconds(START_SECONDS + (long) Math.ceil(seconds));
        return parse(ChildProcess.run(command(cell, seconds), limit));
    }

    private static List<String> command(BlockCell cell, double seconds) {
        Load load = cell.load();
        return List.of(
                "/" + PATH,
                cell.disk().address().toString(),
                cell.disk().isLegacy() ? "legacy" : "1.x",
                cell.waiting().label(),
                load.direction(),
                load.order(),
                "" + load.bytes(),
                "" + load.depth(),
                "" + BlockPlan.RAMP_SECONDS,
                "" + seconds);
    }

    /** The line of JSON that it prints. */
    static Figures parse(String output) throws IOException {
        try {
            return Figures.of(JSON.std.mapFrom(output));
        } catch (IOException | IllegalArgumentException e) {
            throw new EnvironmentException(
                    "reading what the C program printed: '"
                            + output.strip()
                            + "': "
                            + e.getMessage()
                            + ". Build again.",
                    e);
        }
    }
}
