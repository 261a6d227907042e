package org.jvirtio.cli.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.EnvironmentException;
import org.jvirtio.guest.CompiledProgram;
import org.jvirtio.guest.GuestCache;

/** The peer: the C program {@code ring.c} beside this class, compiled by the system's cc. */
final class RingInC {

    private static final long LIMIT_SECONDS = 60;

    private static final CompiledProgram PROGRAM =
            new CompiledProgram(
                    "ring",
                    RingInC.class,
                    List.of("ring.c", "ring.h", "split.h", "packed.h", "loops.h"));

    private final Path program;

    private RingInC(Path program) {
        this.program = program;
    }

    /**
     * Compiles it, unless that was done before.
     *
     * @throws EnvironmentException if there is no compiler
     */
    static RingInC compile() {
        return new RingInC(PROGRAM.compile(GuestCache.ofUser()));
    }

    RingSample round(RingPlan plan) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(plan.arguments());
        return run(command, plan.seconds());
    }

    private static RingSample run(List<String> command, double seconds) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            process.getOutputStream().close();
            if (!process.waitFor(LIMIT_SECONDS + (long) seconds, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            byte[] printed = process.getInputStream().readAllBytes();
            return RingSample.parse("C", new String(printed, StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            throw new EnvironmentException(
                    "running " + command + ": " + e.getMessage() + ". Run it by hand.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeviceBrokenException("running " + command + ": interrupted. Start again.");
        }
    }
}
