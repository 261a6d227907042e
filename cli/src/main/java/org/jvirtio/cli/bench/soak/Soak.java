package org.jvirtio.cli.bench.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jvirtio.EnvironmentException;
import org.jvirtio.VirtioException;

/**
 * Clients that come, do some work and go, with a pause behind each, and a look at the server once a
 * minute. A client that fails is counted; the next one comes all the same.
 */
public final class Soak {

    /** One in every sixth of a minute: most of the time nobody is there. */
    private static final int CLIENTS_A_MINUTE = 6;

    private final LongSupplier client;
    private final Supplier<ServerMemory> look;
    private final Consumer<String> progress;
    private final Duration minute;

    private final List<ServerMemory> samples = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private long clients;
    private long requests;

    /**
     * Begins nothing yet.
     *
     * @param client from connecting to leaving; gives the number of requests it made
     * @param progress takes a line a minute
     */
    public Soak(LongSupplier client, Supplier<ServerMemory> look, Consumer<String> progress) {
        this(client, look, progress, Duration.ofMinutes(1));
    }

    Soak(
            LongSupplier client,
            Supplier<ServerMemory> look,
            Consumer<String> progress,
            Duration minute) {
        this.client = client;
        this.look = look;
        this.progress = progress;
        this.minute = minute;
    }

    public SoakFindings run(int minutes) {
        long start = System.nanoTime();
        long step = minute.toNanos() / CLIENTS_A_MINUTE;
        for (int done = 1; done <= minutes * CLIENTS_A_MINUTE; done++) {
            visit();
            sleepUntil(start + done * step);
            if (done % CLIENTS_A_MINUTE == 0) {
                samples.add(look.get());
                progress.accept(line(done / CLIENTS_A_MINUTE, minutes));
            }
        }
        return new SoakFindings(samples, clients, requests, failures);
    }

    private void visit() {
        clients++;
        try {
            requests += client.getAsLong();
        } catch (VirtioException | IllegalStateException e) {
            failures.add(e.getMessage());
            progress.accept("client " + clients + " failed: " + e.getMessage());
        }
    }

    private String line(int minute, int minutes) {
        ServerMemory last = samples.get(samples.size() - 1);
        return String.format(
                Locale.ROOT,
                "minute %d of %d: %,d KiB resident, %,d KiB of live objects, %d descriptors;"
                        + " %d clients, %,d requests",
                minute,
                minutes,
                last.residentKib(),
                last.liveKib(),
                last.descriptors(),
                clients,
                requests);
    }

    private static void sleepUntil(long nanos) {
        try {
            Thread.sleep(Math.max(0, (nanos - System.nanoTime()) / 1_000_000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvironmentException("soaking a server: interrupted. Start again.", e);
        }
    }
}
