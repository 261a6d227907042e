package org.jvirtio.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A Chromium without a window, with one tab, driven as a person drives one: keys, pointer, sizes,
 * light and dark. It has no network.
 */
final class Browser implements AutoCloseable {

    private static final List<String> PROGRAMS =
            List.of(
                    "chromium-headless-shell",
                    "chromium",
                    "google-chrome",
                    "chromium-browser",
                    "google-chrome-stable");

    private static final Pattern COLON = Pattern.compile(":");
    private static final String LISTENING = "DevTools listening on ";
    private static final int HEIGHT = 900;

    private final Process process;
    private final DevTools tools;

    /** Starts one, whose files are below {@code directory}. */
    static Browser start(Path directory) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(program().toString());
        command.addAll(
                List.of(
                        "--headless",
                        "--no-sandbox", // It runs as root in a container, where it has none.
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + directory.resolve("profile"),
                        "about:blank"));
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.PIPE)
                        .start();
        try {
            return new Browser(process);
        } catch (IOException | RuntimeException | Error failure) {
            process.destroyForcibly();
            throw failure;
        }
    }

    private static Path program() {
        Optional<Path> found =
                PROGRAMS.stream()
                        .flatMap(
                                name ->
                                        COLON.splitAsStream(System.getenv("PATH"))
                                                .map(place -> Path.of(place, name)))
                        .filter(Files::isExecutable)
                        .findFirst();
        return found.orElseThrow(
                () ->
                        new AssertionError(
                                "looking at a page in a browser: none of "
                                        + PROGRAMS
                                        + " is on the PATH. Install Debian's"
                                        + " chromium-headless-shell, or Chromium."));
    }

    private Browser(Process process) throws IOException {
        this.process = process;
        BufferedReader said = process.errorReader(StandardCharsets.UTF_8);
        String line = said.readLine();
        while (line != null && !line.startsWith(LISTENING)) {
            line = said.readLine();
        }
        if (line == null) {
            throw new AssertionError("the browser ended before it listened");
        }
        drain(said);
        tools = new DevTools(URI.create(line.substring(LISTENING.length())));
        tools.attach();
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            tools.send(domain + ".enable", Map.of());
        }
        tools.send(
                "Network.emulateNetworkConditions",
                Map.of(
                        "offline",
                        true,
                        "latency",
                        0,
                        "downloadThroughput",
                        0,
                        "uploadThroughput",
                        0));
        size(1024);
    }

    /** A full pipe would stop it. */
    private static void drain(BufferedReader said) {
        Thread thread =
                new Thread(
                        () -> {
                            try (said) {
                                said.transferTo(Writer.nullWriter());
                            } catch (IOException ended) {
                                return;
                            }
                        },
                        "what the browser says");
        thread.setDaemon(true);
        thread.start();
    }

    /** Opens a file and waits until it is there. */
    void open(Path file) {
        tools.events().clear();
        tools.send("Page.navigate", Map.of("url", file.toUri().toString()));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (tools.events().stream()
                .noneMatch(event -> event.method().equals("Page.loadEventFired"))) {
            if (System.nanoTime() > end) {
                throw new AssertionError(file + " was not loaded within 30 s");
            }
            Thread.onSpinWait();
        }
    }

    /** What came to the console since the page was opened, and what was thrown. */
    List<String> console() {
        return told("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded");
    }

    /** What was asked of a file system or a network since the page was opened. */
    List<String> requests() {
        return told("Network.requestWillBeSent");
    }

    private List<String> told(String... methods) {
        return tools.events().stream()
                .filter(event -> List.of(methods).contains(event.method()))
                .map(event -> event.params().toString())
                .toList();
    }

    void size(int width) {
        tools.send(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", HEIGHT, "deviceScaleFactor", 1, "mobile", false));
    }

    void dark(boolean dark) {
        Map<String, Object> scheme =
                Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light");
        tools.send("Emulation.setEmulatedMedia", Map.of("features", List.of(scheme)));
    }

    void press(String key, int code) {
        for (String type : List.of("rawKeyDown", "keyUp")) {
            tools.send(
                    "Input.dispatchKeyEvent",
                    Map.of("type", type, "key", key, "code", key, "windowsVirtualKeyCode", code));
        }
    }

    void point(double x, double y) {
        tools.send("Input.dispatchMouseEvent", Map.of("type", "mouseMoved", "x", x, "y", y));
    }

    /** The value of an expression, as JSON has it. */
    Object evaluate(String expression) {
        Map<String, Object> answer =
                tools.send(
                        "Runtime.evaluate",
                        Map.of("expression", expression, "returnByValue", true));
        if (answer.containsKey("exceptionDetails")) {
            throw new AssertionError("evaluating " + expression + ": " + answer);
        }
        return ((Map<?, ?>) answer.get("result")).get("value");
    }

    /** A picture of the window, or of the whole page. */
    void screenshot(Path file, boolean whole) throws IOException {
        Map<String, Object> answer =
                tools.send(
                        "Page.captureScreenshot",
                        Map.of("format", "png", "captureBeyondViewport", whole));
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode((String) answer.get("data")));
    }

    @Override
    public void close() {
        tools.close();
        // The program may be a script, which would leave the browser behind.
        List<ProcessHandle> below = process.descendants().toList();
        below.forEach(ProcessHandle::destroy);
        process.destroy();
        // Until the last has ended, files appear in a directory that is about to be removed.
        below.forEach(each -> each.onExit().completeOnTimeout(each, 10, TimeUnit.SECONDS).join());
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
