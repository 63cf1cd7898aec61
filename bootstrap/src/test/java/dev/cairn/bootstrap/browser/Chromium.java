package dev.cairn.bootstrap.browser;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The distribution's Chromium with one page and no window, driven over its own DevTools protocol. It can reach this machine only. */
final class Chromium implements AutoCloseable, WebSocket.Listener {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** To ask without end would take the time of what is waited for. */
    private static final Duration PAUSE = Duration.ofMillis(2);

    private static final int CONTROL = 2;
    private static final int ENTER = 13;

    private final Process process;
    private final WebSocket socket;
    private final StringBuilder message = new StringBuilder();
    private final AtomicInteger calls = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    /** The program, where there is one: {@code CAIRN_CHROMIUM}, or on the path. */
    static Optional<Path> installed() {
        var folders = System.getenv().getOrDefault("PATH", "").split(":", -1);
        return Stream.concat(
                        Optional.ofNullable(System.getenv("CAIRN_CHROMIUM")).map(Path::of).stream(),
                        Arrays.stream(folders)
                                .flatMap(folder ->
                                        Stream.of("chromium", "chromium-browser", "google-chrome")
                                                .map(name -> Path.of(folder, name))))
                .filter(Files::isExecutable)
                .findFirst();
    }

    Chromium(Path program, Path profile) throws Exception {
        process =
                new ProcessBuilder(
                                program.toString(),
                                "--headless",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--disable-dev-shm-usage",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                                "--window-size=1400,900",
                                "--remote-debugging-port=0",
                                "--user-data-dir=" + profile,
                                "about:blank")
                        .redirectErrorStream(true)
                        .redirectOutput(profile.resolve("said.txt").toFile())
                        .start();
        try (var http = HttpClient.newHttpClient()) {
            await("a page", () -> pageOf(profile, http).isPresent());
            // The client is closed below; the socket needs one that lives on.
            socket =
                    HttpClient.newHttpClient()
                            .newWebSocketBuilder()
                            .buildAsync(pageOf(profile, http).orElseThrow(), this)
                            .get(1, TimeUnit.MINUTES);
        }
        for (String domain : List.of("Page", "Network", "Runtime", "Log")) {
            call(domain + ".enable", Map.of());
        }
    }

    private static Optional<URI> pageOf(Path profile, HttpClient http) throws Exception {
        var ports = profile.resolve("DevToolsActivePort");
        if (!Files.exists(ports) || Files.readAllLines(ports).isEmpty()) {
            return Optional.empty();
        }
        var list =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:%s/json/list"
                                                .formatted(Files.readAllLines(ports).getFirst())))
                        .build();
        return JSON.readTree(http.send(list, BodyHandlers.ofString()).body())
                .valueStream()
                .filter(target -> target.path("type").asString().equals("page"))
                .map(target -> URI.create(target.path("webSocketDebuggerUrl").asString()))
                .findFirst();
    }

    /** Addresses of everything the page asked for. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    /** Errors and warnings on the console, among them what the page's policy forbade. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    void open(URI page) {
        call("Page.navigate", Map.of("url", page.toString()));
    }

    /** What an expression gives on the page. */
    JsonNode evaluate(String expression) {
        var result =
                call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
        if (result.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + result);
        }
        return result.at("/result/value");
    }

    void awaitTrue(String expression) throws Exception {
        try {
            await(expression, () -> evaluate(expression).asBoolean(false));
        } catch (AssertionError inVain) {
            throw new AssertionError(
                    "%s, the page saying:%n%s"
                            .formatted(
                                    inVain.getMessage(),
                                    evaluate("document.body.innerText").asString()),
                    inVain);
        }
    }

    /** Clicks the middle of the first element that is selected. */
    void click(String selector) throws Exception {
        var element = "document.querySelector('%s')".formatted(selector);
        awaitTrue(element + " !== null");
        var box = evaluate("JSON.stringify(%s.getBoundingClientRect())".formatted(element));
        var place = JSON.readTree(box.asString());
        for (String type : List.of("mousePressed", "mouseReleased")) {
            call(
                    "Input.dispatchMouseEvent",
                    Map.of(
                            "type",
                            type,
                            "x",
                            place.path("x").asDouble() + place.path("width").asDouble() / 2,
                            "y",
                            place.path("y").asDouble() + place.path("height").asDouble() / 2,
                            "button",
                            "left",
                            "clickCount",
                            1));
        }
    }

    void type(String text) {
        call("Input.insertText", Map.of("text", text));
    }

    void pressControlEnter() {
        for (String type : List.of("rawKeyDown", "keyUp")) {
            call(
                    "Input.dispatchKeyEvent",
                    Map.of(
                            "type", type,
                            "modifiers", CONTROL,
                            "key", "Enter",
                            "windowsVirtualKeyCode", ENTER));
        }
    }

    void screenshot(Path file) throws IOException {
        var picture = call("Page.captureScreenshot", Map.of("format", "png"));
        Files.write(file, Base64.getDecoder().decode(picture.path("data").asString()));
    }

    private JsonNode call(String method, Map<String, ?> parameters) {
        int id = calls.incrementAndGet();
        var answer = new CompletableFuture<JsonNode>();
        answers.put(id, answer);
        socket.sendText(
                        JSON.writeValueAsString(
                                Map.of("id", id, "method", method, "params", parameters)),
                        true)
                .join();
        var reply = answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        if (reply.has("error")) {
            throw new AssertionError(method + ": " + reply);
        }
        return reply.path("result");
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        message.append(part);
        if (last) {
            heard(JSON.readTree(message.toString()));
            message.setLength(0);
        }
        from.request(1);
        return CompletableFuture.completedStage(null);
    }

    private void heard(JsonNode said) {
        if (said.has("id")) {
            Objects.requireNonNull(answers.remove(said.path("id").asInt())).complete(said);
            return;
        }
        switch (said.path("method").asString()) {
            case "Network.requestWillBeSent" ->
                    requests.add(said.at("/params/request/url").asString());
            case "Network.webSocketCreated" -> requests.add(said.at("/params/url").asString());
            case "Log.entryAdded" -> complaints.add(said.at("/params/entry").toString());
            case "Runtime.exceptionThrown" -> complaints.add(said.path("params").toString());
            default -> {
                // What else happens is of no interest.
            }
        }
    }

    private void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end || !process.isAlive()) {
                throw new AssertionError("Chromium waited in vain for " + what);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    @Override
    public void close() {
        socket.abort();
        var all = Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
        all.forEach(ProcessHandle::destroy);
        all.forEach(one -> one.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join());
    }
}
