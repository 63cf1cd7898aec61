package dev.cairn.benchmarks;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Asks a running service over HTTP as fast as it answers, and prints how many requests a second that were, how long they took and what processor time they cost the
 * service. A process of its own without dependencies: {@code benchmarks/requests.sh} starts it beside the service.
 */
final class Requests {
    private static final int[] CONNECTIONS = {1, 16, 64};
    private static final double MILLIS = 1e6;

    /** Linux counts the processor time of a thread in these. */
    private static final double MILLIS_OF_TICK = 10;

    /** Two years that are over: their answers are kept. */
    private static final String OVER = "from: \"2024-07-01\", to: \"2026-07-01\"";

    /** Two years that last until 2027: they are computed each time, by plans and statements that are kept. */
    private static final String RUNNING = "from: \"2025-01-01\", to: \"2027-01-01\"";

    /** @param body for a number, another one each time */
    private record Asked(String name, LongFunction<String> body) {}

    private static final List<Asked> ASKED =
            List.of(
                    new Asked("nothing but a name", _ -> json("{ __typename }")),
                    new Asked("24 rows, kept", _ -> small(OVER, 1_000)),
                    new Asked("24 rows, computed", _ -> small(RUNNING, 1_000)),
                    new Asked(
                            "24 rows, never asked before",
                            number -> small(OVER, 1_000 + number % 8_999)),
                    new Asked("ten tiles, kept", _ -> dashboard(OVER)),
                    new Asked("ten tiles, computed", _ -> dashboard(RUNNING)),
                    new Asked("10,000 rows, kept", _ -> large(OVER)),
                    new Asked("10,000 rows, computed", _ -> large(RUNNING)));

    private final URI service;
    private final long process;
    private final long database;
    private final long millis;
    private final AtomicLong number = new AtomicLong();

    private Requests(URI service, long process, long database, long millis) {
        this.service = service;
        this.process = process;
        this.database = database;
        this.millis = millis;
    }

    /** Address of the service, its process and that of the database, and how long each is asked in milliseconds; then parts of the names of what is asked, where that is not all. */
    public static void main(String[] arguments) throws Exception {
        var requests =
                new Requests(
                        URI.create(arguments[0]),
                        Long.parseLong(arguments[1]),
                        Long.parseLong(arguments[2]),
                        Long.parseLong(arguments[3]));
        var only = Arrays.asList(arguments).subList(4, arguments.length);
        print(
                "| asked | connections | per second | median, ms | p99, ms | service, ms CPU | database, ms CPU | kB |");
        print("|---|---|---|---|---|---|---|---|");
        for (var asked : ASKED) {
            if (only.isEmpty() || only.stream().anyMatch(asked.name()::contains)) {
                for (int connections : CONNECTIONS) {
                    requests.measure(asked, connections);
                }
            }
        }
    }

    private void measure(Asked asked, int connections) throws Exception {
        during(millis / 2, asked, connections);
        var threadsBefore = threads();
        double before = cpu(process);
        double databaseBefore = databaseCpu();
        long begun = System.nanoTime();
        var measured = during(millis, asked, connections);
        double seconds = (System.nanoTime() - begun) / 1e9;
        double cpu = cpu(process) - before;
        double database = databaseCpu() - databaseBefore;
        var times = measured.stream().flatMapToLong(Sent::times).sorted().toArray();
        long bytes = measured.stream().mapToLong(Sent::bytes).sum();
        print(
                "| %s | %d | %.0f | %.2f | %.2f | %.2f | %.2f | %.1f |"
                        .formatted(
                                asked.name(),
                                connections,
                                times.length / seconds,
                                times[times.length / 2] / MILLIS,
                                times[times.length * 99 / 100] / MILLIS,
                                cpu / times.length,
                                database / times.length,
                                bytes / 1_000.0 / times.length));
        if (Boolean.getBoolean("threads")) {
            byThread(threadsBefore, times.length);
        }
    }

    private void byThread(Map<String, Double> before, int requests) throws IOException {
        threads().entrySet().stream()
                .map(thread ->
                        Map.entry(
                                thread.getKey(),
                                (thread.getValue() - before.getOrDefault(thread.getKey(), 0.0))
                                        / requests))
                .filter(thread -> thread.getValue() > 0.005)
                .forEach(thread ->
                        print("    %-20s %.3f".formatted(thread.getKey(), thread.getValue())));
    }

    /** @param took nanoseconds of each */
    private record Sent(List<Long> took, long bytes) {
        LongStream times() {
            return took.stream().mapToLong(Long::longValue);
        }
    }

    private List<Sent> during(long millis, Asked asked, int connections) throws Exception {
        long end = System.nanoTime() + millis * 1_000_000;
        try (var threads = Executors.newFixedThreadPool(connections)) {
            Callable<Sent> client = () -> sent(asked, end);
            var sent = new ArrayList<Sent>();
            for (var done :
                    threads.invokeAll(
                            IntStream.range(0, connections).mapToObj(_ -> client).toList())) {
                sent.add(done.get());
            }
            return sent;
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private Sent sent(Asked asked, long end) throws IOException {
        var times = new ArrayList<Long>();
        long bytes = 0;
        while (System.nanoTime() < end) {
            try (var socket = new Socket(service.getHost(), service.getPort())) {
                socket.setTcpNoDelay(true);
                var in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
                boolean staysOpen = true;
                while (staysOpen && System.nanoTime() < end) {
                    var request = request(asked.body().apply(number.incrementAndGet()));
                    long begun = System.nanoTime();
                    socket.getOutputStream().write(request);
                    var answer = answered(in);
                    times.add(System.nanoTime() - begun);
                    bytes += answer.bytes();
                    staysOpen = answer.staysOpen();
                }
            }
        }
        return new Sent(times, bytes);
    }

    private byte[] request(String json) {
        var body = json.getBytes(StandardCharsets.UTF_8);
        var head =
                "POST %s HTTP/1.1\r\nHost: %s:%d\r\nContent-Type: application/json\r\nAccept: application/graphql-response+json\r\nContent-Length: %d\r\n\r\n"
                        .formatted(
                                service.getPath(),
                                service.getHost(),
                                service.getPort(),
                                body.length)
                        .getBytes(StandardCharsets.ISO_8859_1);
        var request = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        return request;
    }

    private record Answered(long bytes, boolean staysOpen) {}

    /** Any but a good one ends the run. */
    private static Answered answered(InputStream in) throws IOException {
        var status = line(in);
        long length = -1;
        boolean staysOpen = true;
        for (var header = line(in); !header.isEmpty(); header = line(in)) {
            var lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Long.parseLong(lower.substring(15).strip());
            }
            staysOpen &= !lower.equals("connection: close");
        }
        var body = length >= 0 ? in.readNBytes((int) length) : chunks(in);
        if (!status.contains(" 200") || startsWithErrors(body)) {
            throw new IOException(status + " " + new String(body, StandardCharsets.UTF_8));
        }
        return new Answered(body.length, staysOpen);
    }

    private static boolean startsWithErrors(byte[] body) {
        return new String(body, 0, Math.min(body.length, 10), StandardCharsets.UTF_8)
                .startsWith("{\"errors\"");
    }

    private static byte[] chunks(InputStream in) throws IOException {
        var all = new ByteArrayOutputStream();
        for (int size = chunk(in); size > 0; size = chunk(in)) {
            all.write(in.readNBytes(size));
            line(in);
        }
        line(in);
        return all.toByteArray();
    }

    private static int chunk(InputStream in) throws IOException {
        return Integer.parseInt(line(in).strip(), 16);
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("The service closed the connection.");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    private static String small(String range, long first) {
        return json("{ analyze(input: " + question("nps", range, first) + ") { records } }");
    }

    /** Two years of a metric by month. */
    private static String question(String metric, String range, long first) {
        return "{ metrics: [{metric: {key: \"%s\"}}] grain: MONTH first: %d timeRange: {between: {%s}} }"
                .formatted(metric, first, range);
    }

    private static String dashboard(String range) {
        var metrics = List.of("tickets_opened", "nps", "csat", "logo_churn", "mrr");
        return json(
                IntStream.range(0, 10)
                        .mapToObj(tile ->
                                "tile%d: analyze(input: %s) { records }"
                                        .formatted(
                                                tile,
                                                question(
                                                        metrics.get(tile % metrics.size()),
                                                        range,
                                                        100 + tile)))
                        .collect(Collectors.joining(" ", "{ ", " }")));
    }

    /** Days and accounts. */
    private static String large(String range) {
        return json(
                "{ analyze(input: { metrics: [{metric: {key: \"tickets_opened\"}}] groupBy: [\"account\"] grain: DAY first: 10000 timeRange: {between: {%s}} }) { records } }"
                        .formatted(range));
    }

    private static String json(String document) {
        return "{\"query\": \"" + document.replace("\"", "\\\"") + "\"}";
    }

    /** Milliseconds of processor time that a process has had. */
    private static double cpu(long process) throws IOException {
        return ticks(Path.of("/proc/" + process + "/stat"));
    }

    private static double ticks(Path stat) throws IOException {
        var line = Files.readString(stat);
        var fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MILLIS_OF_TICK;
    }

    /** Of all processes of the database: of all its sessions. */
    private double databaseCpu() throws IOException {
        double sum = 0;
        try (var processes = ProcessHandle.of(database).orElseThrow().descendants()) {
            for (var each : processes.toList()) {
                sum += cpu(each.pid());
            }
        }
        return sum;
    }

    /** Of the threads of the service, those whose names differ only in a number together. */
    private Map<String, Double> threads() throws IOException {
        var sums = new TreeMap<String, Double>();
        try (var threads = Files.list(Path.of("/proc/" + process + "/task"))) {
            for (var thread : threads.toList()) {
                try {
                    var name =
                            Files.readString(thread.resolve("comm"))
                                    .strip()
                                    .replaceAll("[0-9#]+", "");
                    sums.merge(name, ticks(thread.resolve("stat")), Double::sum);
                } catch (IOException _) {
                    // A thread that has ended has no time any more.
                }
            }
        }
        return sums;
    }

    private static void print(String line) {
        System.out.println(line);
    }
}
