package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Good, bad and expensive questions of many callers at once, with the database killed in the middle. How long is set by
 * {@code -Dcairn.soak.seconds}.
 */
@Tag("long")
class SoakTest {
    private static final Duration LENGTH =
            Duration.ofSeconds(Integer.getInteger("cairn.soak.seconds", 180));
    private static final Duration RECOVERY = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int CALLERS = 32;
    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String YEAR =
            "timeRange: {between: {from: \"2025-07-01\", to: \"2026-07-01\"}}";

    private static final String MONTHS = "frame: {" + YEAR + ", grain: MONTH}";

    /** Cheap, and of one answer. */
    private static final List<String> GOOD =
            List.of(
                    analyze(
                            "{metric: {key: \"nps\"}}, {metric: {key: \"logo_churn\"}}",
                            "groupBy: [\"account.segment\"]"),
                    analyze("{metric: {key: \"nps\"}}", "grain: MONTH"),
                    analyze(
                            "{as: \"n\", metric: {formula: \"count(event)\"}}",
                            "groupBy: [\"account.segment\"]"),
                    analyze(
                            "{as: \"n\", metric: {formula: \"%s\"}}".formatted(doubling(40)),
                            "first: 1"),
                    "{ metrics { totalCount edges { node { key } } } }",
                    "{ accounts(first: 5) { edges { cursor node { key } } } }",
                    "{ __typename }");

    /** Of one answer as well, if there is time for it. */
    private static final List<String> LARGE =
            List.of(
                    analyze(
                            "{metric: {key: \"health\"}}",
                            "grain: MONTH, targets: true, totals: true"),
                    "{ retention(input: {%s, start: {facts: \"event\"}, ages: {exact: 6}}) { table { records } } }"
                            .formatted(MONTHS),
                    "{ funnel(input: {%s, steps: [{facts: \"event\"}, {facts: \"ticket\"}], within: \"30 days\"}) { table { records } } }"
                            .formatted(MONTHS),
                    "{ lifecycle(input: {%s, active: {facts: \"event\"}}) { table { records } } }"
                            .formatted(MONTHS),
                    "{ bridge(input: {%s}) { table { records } } }".formatted(MONTHS),
                    "{ predictedValue(input: {horizon: {count: 1, grain: YEAR}}) { accounts { account } } }",
                    analyze(
                            "{as: \"x\", metric: {formula: \"%s\"}}".formatted(choice(40)),
                            "grain: MONTH"));

    /** Refused or answered: what matters is that others are answered meanwhile. */
    private static final List<String> EXPENSIVE =
            List.of(
                    formula(
                            IntStream.range(0, 400)
                                    .mapToObj(i -> "count(event where user = 'u%d')".formatted(i))
                                    .collect(Collectors.joining(" + "))),
                    formula(
                            "count(steps("
                                    + String.join(" -> ", Collections.nCopies(5_000, "event"))
                                    + " within 1 day per account))"),
                    "{ analyze(input: {metrics: [{as: \"n\", metric: {formula: \"count(event)\"}}], grain: DAY, groupBy: [\"account.name\"], "
                            + "timeRange: {between: {from: \"2024-01-01\", to: \"2027-01-01\"}}}) { records } }",
                    "{ commonDimensions(metrics: [%s]) { items { key } } }"
                            .formatted(
                                    IntStream.range(0, 5_000)
                                            .mapToObj(i -> "\"nps\"")
                                            .collect(Collectors.joining(", "))));

    private static final List<String> BAD =
            List.of(
                    "{ analyze(input: {metrics: [{metric: {key: \"nothing\"}}], "
                            + YEAR
                            + "}) { records } }",
                    formula("sum(invoice_line.amont) + count("),
                    formula("sum(invoice_line : amount) + amount"),
                    "{ metrics(after: \"nonsense\") { totalCount } }",
                    "{ account(key: \"\\u0000\") { key } }",
                    "{ no such thing }",
                    "{");

    private static final List<String> BODIES =
            List.of(
                    "",
                    "[",
                    "null",
                    "{\"query\": 5}",
                    "{\"query\": \"query($n: Int) { metrics(first: $n) { totalCount } }\", \"variables\": {\"n\": 1e20000000}}",
                    "{\"query\": \"{ __typename }\", \"query\": \"{\"}");

    @TempDir private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    private final Map<String, Long> slowest = new ConcurrentHashMap<>();
    private final Set<String> faults = ConcurrentHashMap.newKeySet();
    private final Map<String, JsonNode> answers = new HashMap<>();

    /** Whether the database is there and has been for long enough. */
    private volatile boolean isThere = true;

    private volatile boolean killed = false;

    @Test
    void every_question_has_its_answer_whatever_else_is_asked_and_the_database_comes_back()
            throws Exception {
        try (var service = CairnProcess.start(folder, "serve")) {
            var graphql =
                    URI.create(service.lineWith("GraphQL").replaceFirst(".*(http\\S+).*", "$1"));
            for (String document : GOOD) {
                var quiet = send(graphql, body(document)).answer();
                assertThat(quiet.has("errors")).as("%s", quiet).isFalse();
                answers.put(document, quiet);
            }
            for (String document : LARGE) {
                answers.put(document, send(graphql, body(document)).answer());
            }
            long end = System.nanoTime() + LENGTH.toNanos();
            var callers = new ArrayList<Future<?>>();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < CALLERS; i++) {
                    var random = new Random(i);
                    callers.add(
                            threads.submit(() -> {
                                while (System.nanoTime() - end < 0) {
                                    ask(graphql, random);
                                }
                            }));
                }
                Thread.sleep(LENGTH.dividedBy(3));
                isThere = false;
                killDatabase();
                awaitDatabase();
                Thread.sleep(RECOVERY);
                isThere = true;
            }
            for (var caller : callers) {
                caller.get();
            }
            assertThat(String.join("\n", service.linesUpTo("The database answers again")))
                    .doesNotContain("\tat ");
        }
        System.out.printf("soak: %,d s, %d callers%n", LENGTH.toSeconds(), CALLERS);
        new TreeMap<>(counts)
                .forEach((what, count) ->
                        System.out.printf(
                                "soak: %,8d %s, slowest %,d ms%n",
                                count.sum(), what, slowest.getOrDefault(what, 0L)));
        assertThat(faults).isEmpty();
        assertThat(counts.get("good: answered after").sum()).isPositive();
    }

    private void ask(URI graphql, Random random) {
        int kind = random.nextInt(100);
        try {
            if (kind < 70) {
                good(graphql, GOOD.get(random.nextInt(GOOD.size())));
            } else if (kind < 75) {
                large(graphql, LARGE.get(random.nextInt(LARGE.size())));
            } else if (kind < 80) {
                other("expensive", graphql, body(EXPENSIVE.get(random.nextInt(EXPENSIVE.size()))));
            } else if (kind < 90) {
                other("bad", graphql, body(BAD.get(random.nextInt(BAD.size()))));
            } else {
                other("body", graphql, BODIES.get(random.nextInt(BODIES.size())));
            }
        } catch (IOException failed) {
            faults.add("no answer at all: " + failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void good(URI graphql, String document) throws IOException, InterruptedException {
        boolean wasThere = isThere;
        var got = send(graphql, body(document));
        var when = killed ? "after" : "before";
        if (!got.answer().has("errors")) {
            count("good: answered " + when, got);
            if (!got.answer().equals(answers.get(document))) {
                faults.add("wrong answer: %s to %s".formatted(got.answer(), document));
            }
            return;
        }
        count("good: " + got.code(), got);
        var excused = Set.of("DATABASE_OUT_OF_REACH", "TIMEOUT");
        if ((wasThere && isThere) || !excused.contains(got.code())) {
            faults.add("refused %s it: %s to %s".formatted(when, got.answer(), document));
        }
    }

    /** Its answer is the one that it had when nothing else was asked, or that there was no time for it. */
    private void large(URI graphql, String document) throws IOException, InterruptedException {
        boolean wasThere = isThere;
        var got = send(graphql, body(document));
        count("large: " + got.code(), got);
        boolean isExcused =
                got.code().equals("TIMEOUT")
                        || (got.code().equals("DATABASE_OUT_OF_REACH") && !(wasThere && isThere));
        if (!isExcused && !got.answer().equals(answers.get(document))) {
            faults.add("wrong answer: %s to %s".formatted(got.answer(), document));
        }
    }

    private void other(String kind, URI graphql, String body)
            throws IOException, InterruptedException {
        var got = send(graphql, body);
        count("%s: %s".formatted(kind, got.code()), got);
        if (got.status() >= 500 || got.code().equals("INTERNAL_ERROR")) {
            faults.add(
                    "%s: %d %s to %s"
                            .formatted(
                                    kind,
                                    got.status(),
                                    got.answer(),
                                    body.substring(0, Math.min(200, body.length()))));
        }
    }

    private record Got(int status, JsonNode answer, long millis) {
        String code() {
            return answer.has("errors")
                    ? answer.at("/errors/0/extensions/code").asString()
                    : "answered";
        }
    }

    private void count(String what, Got got) {
        counts.computeIfAbsent(what, _ -> new LongAdder()).increment();
        slowest.merge(what, got.millis(), Math::max);
    }

    private Got send(URI graphql, String body) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        var response =
                http.send(
                        HttpRequest.newBuilder(graphql)
                                .timeout(PATIENCE)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
        return new Got(
                response.statusCode(),
                JSON.readTree(response.body()),
                Duration.ofNanos(System.nanoTime() - begun).toMillis());
    }

    private static String body(String document) {
        return JSON.writeValueAsString(Map.of("query", document));
    }

    private static String analyze(String metrics, String more) {
        return "{ analyze(input: {metrics: [%s], %s, %s}) { records } }"
                .formatted(metrics, more, YEAR);
    }

    private static String formula(String formula) {
        return "{ analyze(input: {metrics: [{as: \"x\", metric: {formula: \"%s\"}}], %s}) { records } }"
                .formatted(formula, YEAR);
    }

    /** Short, and of 2 to the power of the steps where what is equal is copied. */
    private static String doubling(int steps) {
        return steps(steps, "%1$s + %1$s");
    }

    private static String choice(int steps) {
        return steps(steps, "case when %1$s > 4 then %1$s else %1$s end");
    }

    private static String steps(int steps, String step) {
        return "let a0 = count(event), "
                + IntStream.rangeClosed(1, steps)
                        .mapToObj(i -> "a%d = %s".formatted(i, step.formatted("a" + (i - 1))))
                        .collect(Collectors.joining(", "))
                + " in a"
                + steps;
    }

    private void killDatabase() throws Exception {
        long pid = Long.parseLong(Files.readAllLines(postmaster()).getFirst());
        var server = ProcessHandle.of(pid).orElseThrow();
        var processes = Stream.concat(Stream.of(server), server.descendants()).toList();
        processes.forEach(ProcessHandle::destroyForcibly);
        for (var process : processes) {
            process.onExit().get(1, TimeUnit.MINUTES);
        }
        killed = true;
    }

    private Path postmaster() {
        return folder.resolve("postgres/postmaster.pid");
    }

    /** Until it lets somebody in, whoever started it. */
    private void awaitDatabase() throws Exception {
        var password = Files.readString(folder.resolve("postgres-password")).strip();
        RunningCairn.await(() -> {
            try {
                var port = Files.readAllLines(postmaster()).get(3);
                DriverManager.getConnection(
                                "jdbc:postgresql://127.0.0.1:%s/cairn".formatted(port),
                                "cairn",
                                password)
                        .close();
                return true;
            } catch (IOException | SQLException | IndexOutOfBoundsException _) {
                return false;
            }
        });
    }
}
