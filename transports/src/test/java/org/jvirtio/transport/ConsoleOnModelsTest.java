package org.jvirtio.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvirtio.DeviceBrokenException;
import org.jvirtio.DeviceTimeoutException;
import org.jvirtio.InterruptMode;
import org.jvirtio.device.ConsolePort;
import org.jvirtio.device.ConsoleSize;
import org.jvirtio.model.ConsoleBackend;
import org.jvirtio.model.ConsoleModel;
import org.jvirtio.model.ConsoleOptions;
import org.jvirtio.model.EmulatedFunction;
import org.jvirtio.model.FunctionOptions;

/** Virtio 1.4 section 5.3: ports, their streams, and who waits for whom. */
class ConsoleOnModelsTest extends StartedConsole {

    private ConsoleModel model;

    private void startModel(ConsoleOptions options, String layout) {
        model = new ConsoleModel(port -> ConsoleBackend.loop(), options);
        start(new EmulatedFunction("a console", model, new FunctionOptions().layout(layout)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "legacy",
                "register-set",
                "virtio1",
                "transitional",
                "mail-transitional",
                "mail-fast-isr",
                "mail-slow-isr"
            })
    void theOnePortEchoesInEveryLayout(String layout) throws IOException {
        start(",layout=" + layout);
        ConsolePort port = console();

        assertEquals("hello", echo(port, "hello"));
        assertTrue(port.isConsole() && port.isOpen() && port.isHostOpen());
        assertEquals(Optional.of(new ConsoleSize(80, 25)), driver.size());
        assertEquals(0, driver.dropped());
    }

    @ParameterizedTest
    @CsvSource({
        "'', VECTOR_PER_QUEUE",
        "',vectors=2', SHARED_VECTOR",
        "',vectors=0', INTX",
        "',vectors=0,layout=legacy', INTX",
        "',vectors=0,intx=off', POLLING",
        "',ring=packed,offer=all', VECTOR_PER_QUEUE",
    })
    void portsTalkToEachOtherFromTwoThreads(String options, InterruptMode mode) throws Exception {
        start(",ports=2,crossed=on,thread=on" + options);
        assertEquals(mode, driver.device().interrupts().mode());
        ConsolePort near = console();
        ConsolePort far = driver.awaitPort(1);
        far.open();
        CompletableFuture<Void> echo =
                CompletableFuture.runAsync(
                        () -> {
                            try (InputStream in = far.input();
                                    OutputStream out = far.output()) {
                                for (int value = in.read(); value != '.'; value = in.read()) {
                                    out.write(value);
                                }
                            } catch (IOException e) {
                                throw new IllegalStateException(e);
                            }
                        });

        for (int i = 0; i < 200; i++) {
            assertEquals("line " + i, echo(near, "line " + i));
        }
        write(near, ".");
        echo.get(10, TimeUnit.SECONDS);

        assertEquals(0, driver.lostInterrupts());
    }

    @Test
    void linesGoThroughReadersAndPrinters() throws IOException {
        start("");
        ConsolePort port = console();
        PrintStream out = new PrintStream(port.output(), true, StandardCharsets.UTF_8);
        BufferedReader in =
                new BufferedReader(new InputStreamReader(port.input(), StandardCharsets.UTF_8));

        out.println("grün");
        out.println("blau");

        assertEquals("grün", in.readLine());
        assertEquals("blau", in.readLine());
        assertFalse(out.checkError());
    }

    @Test
    void whatIsLongerThanAllBuffersArrivesWhole() throws IOException {
        start("");
        ConsolePort port = console();
        byte[] sent = new byte[60_000];
        new Random(1).nextBytes(sent);
        byte[] seen = new byte[sent.length];

        port.write(sent, 0, sent.length, LIMIT);
        for (int done = 0; done < seen.length; ) {
            done += port.read(seen, done, seen.length - done, LIMIT);
        }

        assertArrayEquals(sent, seen);
    }

    @Test
    void portsTellTheirNamesAndThatTheyAreThere() throws IOException {
        start(",ports=3");

        ConsolePort last = driver.awaitPort(2);
        assertTrue(driver.await(() -> !last.name().isEmpty(), LIMIT));

        assertEquals("[port 0 (jvirtio.0), port 1 (jvirtio.1), port 2 (jvirtio.2)]", ports());
        assertTrue(console().isOpen());
        assertFalse(last.isConsole() || last.isOpen());
        assertThrows(IOException.class, () -> last.read(new byte[1], 0, 1));
        last.open();
        assertEquals("2", echo(last, "2"));
    }

    private String ports() {
        return driver.ports().toString();
    }

    @Test
    void aPortThatIsUnpluggedEndsAndMayComeBack() throws IOException {
        startModel(new ConsoleOptions().ports(3), "virtio1");
        ConsolePort port = driver.awaitPort(2);
        port.open();
        write(port, "last words");
        port.drain(LIMIT);
        model.plug(2, false);
        assertTrue(driver.await(() -> driver.ports().size() == 2, LIMIT));

        assertEquals("last words", read(port, 100));
        assertEquals(ConsolePort.END, port.read(new byte[1], 0, 1));
        String message =
                assertThrows(IOException.class, () -> write(port, "into nothing")).getMessage();
        assertTrue(message.contains("there is no such port, or not any more"), message);

        model.plug(2, true);
        assertEquals(port, driver.awaitPort(2));
        port.open();
        assertEquals("again", echo(port, "again"));
    }

    @Test
    void aPortThatNeverComesIsWaitedForWithALimit() {
        System.setProperty("jvirtio.requestMillis", "50");
        try {
            startModel(new ConsoleOptions().ports(2), "virtio1");
            driver.awaitPort(1);
            model.plug(1, false);
            assertTrue(driver.await(() -> driver.ports().size() == 1, LIMIT));

            String message =
                    assertThrows(DeviceTimeoutException.class, () -> driver.awaitPort(1))
                            .getMessage();

            assertTrue(message.contains("it was not added for 50 ms"), message);
        } finally {
            System.clearProperty("jvirtio.requestMillis");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",vectors=0", ",vectors=0,intx=off"})
    void aReadThatWaitsEndsWhenThePortIsClosed(String options) throws Exception {
        start(options);
        ConsolePort port = console();
        CompletableFuture<Integer> reading = read(port.input());

        port.close();

        String message =
                assertThrows(ExecutionException.class, () -> reading.get(10, TimeUnit.SECONDS))
                        .getMessage();
        assertTrue(message.contains("this end is closed"), message);
        port.open();
        assertEquals("open again", echo(port, "open again"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",vectors=0", ",vectors=0,intx=off"})
    void aReadThatWaitsEndsWhenTheDeviceIsClosed(String options) throws Exception {
        start(options);
        ConsolePort port = console();
        CompletableFuture<Integer> one = read(port.input());
        CompletableFuture<Integer> other = read(port.input());

        driver.close();

        for (CompletableFuture<Integer> reading : List.of(one, other)) {
            String message =
                    assertThrows(ExecutionException.class, () -> reading.get(10, TimeUnit.SECONDS))
                            .getMessage();
            assertTrue(message.contains("it is closed"), message);
        }
        assertThrows(DeviceBrokenException.class, () -> port.read(new byte[1], 0, 1));
    }

    @Test
    void aReadThatWaitsEndsWhenItsThreadIsInterrupted() throws Exception {
        start("");
        ConsolePort port = console();
        CompletableFuture<String> seen = new CompletableFuture<>();
        Thread reader =
                new Thread(
                        () -> {
                            try {
                                seen.complete("read " + port.input().read());
                            } catch (IOException e) {
                                seen.complete(e.getMessage());
                            }
                        });
        reader.start();
        Thread.sleep(20);

        reader.interrupt();

        String message = seen.get(10, TimeUnit.SECONDS);
        assertTrue(message.contains("the thread was interrupted"), message);
    }

    private static CompletableFuture<Integer> read(InputStream in) throws InterruptedException {
        CompletableFuture<Integer> reading =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return in.read();
                            } catch (IOException e) {
                                throw new IllegalStateException(e.getMessage(), e);
                            }
                        });
        Thread.sleep(20); // so that it waits, most times
        return reading;
    }

    @Test
    void theScreenIsResizedByTheConfigurationOfTheOnePort() {
        startModel(new ConsoleOptions().size(80, 25), "virtio1");
        assertEquals(Optional.of(new ConsoleSize(80, 25)), driver.size());
        CompletableFuture<Void> resizing = CompletableFuture.runAsync(() -> model.resize(132, 43));

        assertTrue(
                driver.await(
                        () -> driver.size().equals(Optional.of(new ConsoleSize(132, 43))), LIMIT));
        resizing.join();
    }

    @ParameterizedTest
    @ValueSource(strings = {"virtio1", "register-set", "legacy"})
    void theScreenIsResizedByAMessageToPort0(String layout) {
        startModel(new ConsoleOptions().ports(2).size(80, 25), layout);
        driver.awaitPort(0);
        driver.await(() -> driver.ports().size() == 2, LIMIT);
        model.resize(132, 43);

        assertTrue(
                driver.await(
                        () -> driver.size().equals(Optional.of(new ConsoleSize(132, 43))), LIMIT));
    }

    @Test
    void aConsoleWithoutASizeHasNone() {
        start(",cols=0,rows=0");

        assertEquals(Optional.empty(), driver.size());
    }

    @Test
    void aByteWrittenInAnEmergencyComesOutPastTheQueues() throws IOException {
        start("");
        ConsolePort port = console();

        assertTrue(driver.emergency('!'));

        assertEquals("!", read(port, 1));
    }

    @Test
    void aReadGivesUpAtItsLimit() throws IOException {
        start("");
        ConsolePort port = console();
        long begin = System.nanoTime();

        assertEquals(0, port.read(new byte[1], 0, 1, Duration.ofMillis(150)));

        long millis = (System.nanoTime() - begin) / 1_000_000;
        assertTrue(millis >= 150, millis + " ms");
    }
}
