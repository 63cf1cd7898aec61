package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.SourceBuilder;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.generator.TimeBudget;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Asks about sequences of steps in generated rows of two sources, many of them at one instant, and compares what is counted, reached and pending with what a loop
 * over the rows gives: in order, coming back to a source, strictly, unordered, with rows that must not be, with something in common.
 */
public final class SequenceRun {
    private static final long SEED = 20_260_815;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<Instant> MONTHS =
            List.of(
                    FIRST,
                    Instant.parse("2026-02-01T00:00:00Z"),
                    Instant.parse("2026-03-01T00:00:00Z"));
    private static final Instant EVENTS_UNTIL = Instant.parse("2026-02-25T00:00:00Z");
    private static final Instant TICKETS_UNTIL = Instant.parse("2026-02-23T00:00:00Z");
    private static final int DAYS = 58;

    private final Random random;
    private final List<Row> rows = new ArrayList<>();
    private final List<Wanted> steps = new ArrayList<>();
    private final @Nullable Unwanted without;
    private final String order;
    private final boolean isAny;
    private final boolean isSame;
    private final boolean isInclusive;
    private final boolean isFiltered;
    private final int span;
    private final Instant asOf;

    private record Row(
            String source,
            Instant at,
            String account,
            String name,
            @Nullable String page,
            int key) {
        /** The same instant counts; of one source the key decides, of two each comes after the other. */
        boolean isAfter(Row other) {
            int byTime = at.compareTo(other.at);
            return byTime > 0 || (byTime == 0 && (!source.equals(other.source) || key > other.key));
        }

        /** Whether nobody could say that it comes before. */
        boolean isBeyond(Row other) {
            return source.equals(other.source) ? isAfter(other) : at.isAfter(other.at);
        }
    }

    /** Rows of a source by their names, which are letters. */
    private record Wanted(String source, String names) {
        boolean isOne(Row row) {
            return row.source().equals(source) && names.contains(row.name());
        }

        String text() {
            var each = names.chars().mapToObj("'%c'"::formatted).toList();
            return "%s where name in (%s)".formatted(source, String.join(", ", each));
        }
    }

    private record Unwanted(Wanted rows, int from, int to, boolean isSaid) {}

    /** What came of one that is begun. */
    private record Attempt(List<Row> reached, boolean isPending) {}

    private SequenceRun(long seed) {
        random = new Random(seed);
        boolean ofTwo = random.nextBoolean();
        order =
                ofTwo
                        ? List.of("", " strict").get(random.nextInt(2))
                        : List.of("", " strict", " unordered").get(random.nextInt(3));
        isAny = random.nextBoolean();
        isSame = random.nextInt(3) == 0;
        isInclusive = random.nextInt(3) == 0;
        isFiltered = !ofTwo && random.nextInt(3) == 0;
        span = 1 + random.nextInt(4);
        asOf = FIRST.plus(Duration.ofDays(random.nextInt(3) == 0 ? 50L : 100L));
        int many = 2 + random.nextInt(ofTwo ? 4 : 2);
        for (int step = 0; step < many; step++) {
            steps.add(wanted(ofTwo && isOfTicket(step, many) ? "ticket" : "event"));
        }
        without = random.nextInt(3) == 0 ? unwanted(many, ofTwo) : null;
        int days = many > 3 || random.nextInt(3) == 0 ? 9 : DAYS;
        for (int key = 1; key < 40; key++) {
            rows.add(generated("event", key, days));
            if (key % 3 == 0) {
                rows.add(generated("ticket", key, days));
            }
        }
        rows.sort(
                Comparator.comparing(Row::at)
                        .thenComparing(Row::source)
                        .thenComparingInt(Row::key));
    }

    /**
     * @param worlds how many are generated
     * @throws AssertionError at the first difference, with the seed
     */
    public static void against(Function<World, AnalysisExecutor> executors, int worlds) {
        TimeBudget.ofBuild()
                .each(
                        "sequence run",
                        SEED,
                        worlds,
                        seed -> new SequenceRun(seed).run(executors, seed));
    }

    /** The last, or each second: then the sequence comes back to its sources. */
    private static boolean isOfTicket(int step, int many) {
        return many > 3 ? step % 2 == 1 : step == many - 1;
    }

    private Wanted wanted(String source) {
        return new Wanted(source, List.of("a", "b", "c", "ab").get(random.nextInt(4)));
    }

    private Unwanted unwanted(int many, boolean ofTwo) {
        int from = 1 + random.nextInt(many - 1);
        int to = from + 1 + random.nextInt(many - from);
        boolean isSaid = random.nextBoolean();
        return new Unwanted(
                wanted(ofTwo && random.nextBoolean() ? "ticket" : "event"),
                isSaid ? from : 1,
                isSaid ? to : many,
                isSaid);
    }

    private Row generated(String source, int key, int days) {
        var at =
                FIRST.plus(Duration.ofDays(random.nextInt(days)))
                        .plus(Duration.ofHours(12L * random.nextInt(2)));
        return new Row(
                source,
                at,
                "c" + random.nextInt(3),
                List.of("a", "b", "c", "d").get(random.nextInt(4)),
                random.nextInt(5) == 0 ? null : List.of("p", "q").get(random.nextInt(2)),
                key);
    }

    // ---- as it is asked

    private String formula() {
        var text = new StringBuilder("steps(");
        text.append(String.join(" -> ", steps.stream().map(Wanted::text).toList()))
                .append(" within %d days".formatted(span))
                .append(isInclusive ? " inclusive" : "")
                .append(" per account")
                .append(isAny ? " any" : "")
                .append(order)
                .append(isSame ? " same page" : "");
        if (without != null) {
            text.append(" without ").append(without.rows().text());
            if (without.isSaid()) {
                text.append(" between %d and %d".formatted(without.from(), without.to()));
            }
        }
        return text.toString();
    }

    private void run(Function<World, AnalysisExecutor> executors, long seed) {
        var world = world();
        var plain = formula() + ")";
        var all = formula() + " with pending)";
        var asked =
                ask(
                                "count(%s)".formatted(plain),
                                "share(%s : completed)".formatted(plain),
                                "sum(%s : reached)".formatted(plain),
                                "sum(%s : step_2.number)".formatted(plain),
                                "count(%s)".formatted(all),
                                "count(%s where completed)".formatted(all))
                        .grain(Grain.MONTH)
                        .between("2026-01-01", "2026-03-01")
                        .asOf(asOf.toString());
        var question = isFiltered ? asked.where("event.name is not 'd'") : asked;
        var answer = executors.apply(world).execute(question.plan(world.catalog()), LIMIT);
        for (int month = 0; month + 1 < MONTHS.size(); month++) {
            var expected = expected(MONTHS.get(month), MONTHS.get(month + 1));
            var given = answer.rows().get(month).values().stream().map(SequenceRun::text).toList();
            if (!given.equals(expected)) {
                throw new AssertionError(
                        "seed %d, month %d as of %s, %s: expected %s, got %s of %s"
                                .formatted(seed, month + 1, asOf, all, expected, given, rows));
            }
        }
    }

    private static String text(Measured measured) {
        var value = measured.value();
        var said =
                value == null
                        ? String.valueOf(measured.absence())
                        : "%.9f".formatted(((Number) value).doubleValue());
        var completed = measured.pendingCompleted();
        return "%s pending %d of which %d"
                .formatted(said, measured.pending(), completed == null ? 0 : completed);
    }

    private World world() {
        var world =
                World.world()
                        .entity(accounts().text("plan"))
                        .source(declared("event", EVENTS_UNTIL))
                        .source(declared("ticket", TICKETS_UNTIL));
        for (var row : rows) {
            world.fact(
                    row.source(),
                    row.at().toString(),
                    row.account(),
                    row.name(),
                    row.page(),
                    row.key());
        }
        return world.build();
    }

    private static SourceBuilder declared(String name, Instant until) {
        return source(name)
                .timestamp("happened")
                .account("customer")
                .text("name")
                .text("page")
                .integer("number")
                .key("number")
                .coverage("2026-01-01", until.toString().substring(0, 10));
    }

    // ---- by a loop over the rows

    private List<String> expected(Instant start, Instant end) {
        var chosen =
                IntStream.range(0, 3)
                        .mapToObj(account -> chosen("c" + account, start, end))
                        .flatMap(Optional::stream)
                        .toList();
        var settled = chosen.stream().filter(one -> !one.isPending()).toList();
        var pending = chosen.stream().filter(Attempt::isPending).toList();
        boolean isNotYet = settled.isEmpty() && !pending.isEmpty();
        return List.of(
                text(isNotYet, settled.size(), pending),
                chosen.isEmpty()
                        ? "NO_DATA pending 0 of which 0"
                        : text(isNotYet, (double) completed(settled) / settled.size(), pending),
                text(
                        isNotYet,
                        settled.stream().mapToInt(one -> one.reached().size()).sum(),
                        pending),
                text(
                        isNotYet,
                        settled.stream()
                                .filter(one -> one.reached().size() > 1)
                                .mapToInt(one -> one.reached().get(1).key())
                                .sum(),
                        pending),
                text(false, chosen.size(), List.of()),
                text(false, (double) completed(chosen), List.of()));
    }

    private long completed(List<Attempt> attempts) {
        return attempts.stream().filter(one -> one.reached().size() == steps.size()).count();
    }

    private String text(boolean isNotYet, double value, List<Attempt> pending) {
        return "%s pending %d of which %d"
                .formatted(
                        isNotYet ? "NOT_YET" : "%.9f".formatted(value),
                        pending.size(),
                        completed(pending));
    }

    private Optional<Attempt> chosen(String account, Instant start, Instant end) {
        var own =
                rows.stream()
                        .filter(row -> row.account().equals(account) && row.at().isBefore(asOf))
                        .filter(row -> !isFiltered || !row.name().equals("d"))
                        .filter(row -> isRead(row.source()))
                        .toList();
        Attempt chosen = null;
        boolean isAnyPending = false;
        for (var row : own) {
            boolean isInMonth = !row.at().isBefore(start) && row.at().isBefore(end);
            var attempt = isInMonth ? begun(row, own) : null;
            if (attempt != null) {
                isAnyPending |= attempt.isPending();
                boolean isFurther =
                        chosen == null
                                || (isAny && attempt.reached().size() > chosen.reached().size());
                chosen = isFurther ? attempt : chosen;
            }
        }
        return chosen == null
                ? Optional.empty()
                : Optional.of(
                        new Attempt(chosen.reached(), isAny ? isAnyPending : chosen.isPending()));
    }

    private boolean isRead(String source) {
        return steps.stream().anyMatch(step -> step.source().equals(source))
                || (without != null && without.rows().source().equals(source));
    }

    /** Null where a row begins none, or one that has what it must not. */
    private @Nullable Attempt begun(Row first, List<Row> own) {
        var open = new ArrayList<>(steps);
        if (!served(open, first)) {
            return null;
        }
        var until = first.at().plus(Duration.ofDays(span));
        var reached = new ArrayList<>(List.of(first));
        // A row of another source may be of the instant of the last step, and stand before it in
        // the list: so it is begun anew after each step.
        for (int at = 0; at < own.size() && !open.isEmpty(); at++) {
            var row = own.get(at);
            if (reached.stream().allMatch(row::isAfter)
                    && isWithin(row.at(), until)
                    && (!isSame || (row.page() != null && row.page().equals(first.page())))
                    && served(open, row)) {
                if (order.equals(" strict") && isInterrupted(reached.getLast(), row, own)) {
                    break;
                }
                reached.add(row);
                at = -1;
            }
        }
        return without != null && isSpoiled(without, reached, until, own)
                ? null
                : new Attempt(reached, isPending(until));
    }

    private boolean isWithin(Instant at, Instant until) {
        return isInclusive ? !at.isAfter(until) : at.isBefore(until);
    }

    /** Takes the step that a row is from those that are open. */
    private boolean served(List<Wanted> open, Row row) {
        int next = order.equals(" unordered") ? open.size() : 1;
        for (int at = 0; at < next; at++) {
            if (open.get(at).isOne(row)) {
                open.remove(at);
                return true;
            }
        }
        return false;
    }

    private static boolean isInterrupted(Row last, Row next, List<Row> own) {
        return own.stream().anyMatch(row -> row.isBeyond(last) && next.isBeyond(row));
    }

    private boolean isSpoiled(Unwanted none, List<Row> reached, Instant until, List<Row> own) {
        if (reached.size() < none.from()) {
            return false;
        }
        var from = reached.get(none.from() - 1).at();
        for (var row : own) {
            boolean isBefore =
                    reached.size() < none.to()
                            ? isWithin(row.at(), until)
                            : row.at().isBefore(reached.get(none.to() - 1).at());
            if (none.rows().isOne(row) && row.at().isAfter(from) && isBefore) {
                return true;
            }
        }
        return false;
    }

    private boolean isPending(Instant until) {
        var known = new ArrayList<>(List.of(asOf));
        if (isRead("event")) {
            known.add(EVENTS_UNTIL);
        }
        if (isRead("ticket")) {
            known.add(TICKETS_UNTIL);
        }
        return known.stream()
                .anyMatch(limit -> isInclusive ? !until.isBefore(limit) : until.isAfter(limit));
    }
}
