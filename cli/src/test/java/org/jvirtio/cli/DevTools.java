package org.jvirtio.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The Chrome DevTools Protocol, as much as a test needs: commands with their answers, and the
 * events that came meanwhile. JSON over the WebSocket of the JDK.
 */
final class DevTools implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Something the browser told without being asked. */
    record Event(String method, Map<String, Object> params) {}

    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<Map<String, Object>>> answers =
            new ConcurrentHashMap<>();
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final WebSocket socket;
    private String session = "";

    DevTools(URI browser) {
        socket =
                HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .connectTimeout(LIMIT)
                        .buildAsync(browser, new Messages())
                        .join();
    }

    /** From now on commands are for one tab. */
    void attach() {
        String target =
                (String) send("Target.createTarget", Map.of("url", "about:blank")).get("targetId");
        session =
                (String)
                        send("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                                .get("sessionId");
    }

    Map<String, Object> send(String method, Map<String, Object> params) {
        int id = ids.incrementAndGet();
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("id", id);
        message.put("method", method);
        message.put("params", params);
        if (!session.isEmpty()) {
            message.put("sessionId", session);
        }
        CompletableFuture<Map<String, Object>> answer = new CompletableFuture<>();
        answers.put(id, answer);
        try {
            socket.sendText(JSON.std.asString(message), true).join();
            return answer.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException("asking the browser for " + method, e);
        }
    }

    List<Event> events() {
        return events;
    }

    @Override
    public void close() {
        socket.abort();
    }

    @SuppressWarnings("unchecked")
    private void take(String text) {
        try {
            Map<String, Object> message = JSON.std.mapFrom(text);
            if (!message.containsKey("id")) {
                events.add(
                        new Event(
                                (String) message.get("method"),
                                (Map<String, Object>) message.get("params")));
                return;
            }
            CompletableFuture<Map<String, Object>> answer =
                    answers.remove(((Number) message.get("id")).intValue());
            if (message.containsKey("error")) {
                answer.completeExceptionally(new IllegalStateException("" + message.get("error")));
            } else {
                answer.complete((Map<String, Object>) message.get("result"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading what the browser said: " + text, e);
        }
    }

    /** Puts the parts of a message together. */
    private final class Messages implements WebSocket.Listener {

        private final StringBuilder message = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            message.append(part);
            if (last) {
                String whole = message.toString();
                message.setLength(0);
                take(whole);
            }
            from.request(1);
            return null;
        }
    }
}
