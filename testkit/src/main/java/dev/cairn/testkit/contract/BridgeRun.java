package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.askMetrics;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.domain.plan.Answer;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.generator.TimeBudget;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the movements of recurring revenue over generated subscriptions in two currencies, and compares them with what a loop over the rows gives: so the
 * parts make up the difference of the stocks whatever begins, ends, touches or overlaps on the edges of buckets, and what rates of exchange make of it is the
 * rest.
 */
public final class BridgeRun {
    private static final long SEED = 20_260_601;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 1);
    private static final int DAYS = 100;
    private static final List<String> ACCOUNTS = List.of("acme", "bolt", "calm", "dyno", "edge");
    private static final List<String> METRICS =
            List.of(
                    "opening",
                    "added",
                    "won_back",
                    "expanded",
                    "contracted",
                    "lost",
                    "closing",
                    "moved",
                    "revalued",
                    "held");

    /** For how many days a rate is the last one. */
    private static final int DAYS_OF_A_RATE = 5;

    private static final LocalDate FIRST_RATE = FIRST_DAY.minusDays(20);
    private static final int RATES = 50;

    /** What is there at the end, at the rates of the start: the rest is of exchange. */
    private static final String AT_OLD_RATES =
            "sum(subscription at end : convert(mrr, 'USD') as of start)";

    private final Random random;
    private final List<Row> rows = new ArrayList<>();

    /** Of a euro, one after another. */
    private final List<BigDecimal> rates = new ArrayList<>();

    private BridgeRun(long seed) {
        random = new Random(seed);
    }

    /** @param inEuros in dollars otherwise */
    private record Row(
            int account, LocalDate from, @Nullable LocalDate until, int mrr, boolean inEuros) {
        boolean holdsAt(LocalDate edge) {
            return from.isBefore(edge) && (until == null || !until.isBefore(edge));
        }

        /** From the one day until the other, out. */
        boolean holdsDuring(LocalDate start, LocalDate end) {
            return from.isBefore(end)
                    && (until == null || (until.isAfter(start) && until.isAfter(from)));
        }
    }

    /**
     * @param worlds how many are generated
     * @throws AssertionError at the first difference, with the seed
     */
    public static void against(Function<World, AnalysisExecutor> executors, int worlds) {
        TimeBudget.ofBuild()
                .each("bridge run", SEED, worlds, seed -> new BridgeRun(seed).run(executors, seed));
    }

    private void run(Function<World, AnalysisExecutor> executors, long seed) {
        var world = world();
        var executor = executors.apply(world);
        for (var grain : List.of(Grain.DAY, Grain.MONTH)) {
            boolean isRunning = random.nextBoolean();
            boolean filters = random.nextBoolean();
            // The first day that is not known.
            var known =
                    isRunning
                            ? FIRST_DAY.plusDays(40L + random.nextInt(40))
                            : FIRST_DAY.plusDays(180);
            var question =
                    askMetrics(METRICS.toArray(String[]::new))
                            .grain(grain)
                            .between("2026-01-01", "2026-05-01")
                            .zone(random.nextBoolean() ? "Pacific/Kiritimati" : "UTC")
                            .asOf(known.minusDays(1) + "T06:00:00Z");
            var plan =
                    (filters ? question.where("account.plan = 'pro'") : question)
                            .plan(world.catalog());
            var answer = executor.execute(plan, LIMIT);
            var start = FIRST_DAY;
            for (var row : answer.rows()) {
                var end = grain == Grain.DAY ? start.plusDays(1) : start.plusMonths(1);
                var expected = expected(start, end, known, filters);
                if (!values(row).equals(expected)) {
                    throw new AssertionError(
                            "seed %d, %s of %s, known until %s%s: expected %s, got %s of %s"
                                    .formatted(
                                            seed,
                                            grain,
                                            start,
                                            known,
                                            filters ? ", of pro" : "",
                                            expected,
                                            values(row),
                                            rows));
                }
                start = end;
            }
            if (!start.equals(LocalDate.of(2026, 5, 1))) {
                throw new AssertionError("seed %d: rows end with %s".formatted(seed, start));
            }
        }
    }

    private World world() {
        var world =
                World.world()
                        .entity(accounts().text("plan"))
                        .source(
                                source("subscription")
                                        .date("starts_on")
                                        .date("ends_on")
                                        .account("customer")
                                        .text("coin")
                                        .moneyIn("mrr", "coin")
                                        .validity("starts_on", "ends_on")
                                        .coverage("2026-01-01", "2026-07-01"))
                        .source(
                                source("fx")
                                        .date("day")
                                        .text("coin")
                                        .decimal("usd")
                                        .key("day", "coin")
                                        .rates("coin", "USD", "usd", 7))
                        .metric("opening", "sum(subscription at start : convert(mrr, 'USD'))")
                        .metric("closing", "sum(subscription at end : convert(mrr, 'USD'))")
                        .metric("moved", AT_OLD_RATES + " - opening")
                        .metric("revalued", "closing - " + AT_OLD_RATES)
                        .metric("paid", "exists(subscription during where mrr > 0) over all before")
                        .metric("held", "count(subscription during)")
                        .metric(
                                "added",
                                "sum(account where opening = 0 and closing > 0 and not paid : closing)")
                        .metric(
                                "won_back",
                                "sum(account where opening = 0 and closing > 0 and paid : closing)")
                        .metric(
                                "expanded",
                                "sum(account where opening > 0 and closing > opening : closing - opening)")
                        .metric(
                                "contracted",
                                "sum(account where closing > 0 and closing < opening : opening - closing)")
                        .metric("lost", "sum(account where opening > 0 and closing = 0 : opening)");
        for (int at = 0; at < ACCOUNTS.size(); at++) {
            world.member(account(ACCOUNTS.get(at)).with("plan", plan(at)));
        }
        for (int at = 0; at < RATES; at++) {
            rates.add(BigDecimal.valueOf(random.nextInt(90, 130), 2));
            world.fact("fx", day(at).toString(), "EUR", rates.getLast());
        }
        for (int count = random.nextInt(5, 25); count > 0; count--) {
            var row = row();
            rows.add(row);
            world.fact(
                    "subscription",
                    row.from().toString(),
                    row.until() == null ? null : row.until().toString(),
                    ACCOUNTS.get(row.account()),
                    row.inEuros() ? "EUR" : "USD",
                    row.mrr());
        }
        return world.build();
    }

    private static LocalDate day(int rate) {
        return FIRST_RATE.plusDays((long) DAYS_OF_A_RATE * rate);
    }

    /** Just before an edge. */
    private BigDecimal dollars(Row row, LocalDate edge) {
        var amount = BigDecimal.valueOf(row.mrr());
        long days = edge.minusDays(1).toEpochDay() - FIRST_RATE.toEpochDay();
        return row.inEuros() ? amount.multiply(rates.get((int) (days / DAYS_OF_A_RATE))) : amount;
    }

    private static String plan(int account) {
        return account % 2 == 0 ? "pro" : "free";
    }

    /** Starts of months are likely, and so are rows that follow one another. */
    private Row row() {
        int account = random.nextInt(ACCOUNTS.size());
        var last = rows.isEmpty() ? null : rows.getLast();
        var from =
                last != null && last.until() != null && random.nextBoolean()
                        ? last.until()
                        : random.nextInt(4) == 0
                                ? FIRST_DAY.plusMonths(random.nextInt(4))
                                : FIRST_DAY.plusDays(random.nextInt(DAYS));
        var until =
                random.nextInt(4) == 0
                        ? null
                        : random.nextInt(4) == 0
                                ? from.plusMonths(1).withDayOfMonth(1)
                                : from.plusDays(random.nextInt(30));
        return new Row(
                last != null && from.equals(last.until()) ? last.account() : account,
                from,
                until,
                10 * random.nextInt(5),
                random.nextBoolean());
    }

    // ---- by a loop over the rows

    private List<String> expected(
            LocalDate start, LocalDate end, LocalDate known, boolean filters) {
        if (!start.isBefore(known)) {
            return METRICS.stream().map(_ -> "NOT_YET").toList();
        }
        var edge = end.isBefore(known) ? end : known;
        var sums = new BigDecimal[METRICS.size()];
        Arrays.fill(sums, BigDecimal.ZERO);
        for (int at = 0; at < ACCOUNTS.size(); at++) {
            int account = at;
            if (!filters || plan(account).equals("pro")) {
                var own =
                        rows.stream()
                                .filter(row ->
                                        row.account() == account && row.from().isBefore(known))
                                .toList();
                add(own, start, edge, sums);
            }
        }
        var moved = sums[1].add(sums[2]).add(sums[3]).subtract(sums[4]).subtract(sums[5]);
        if (sums[0].add(moved).compareTo(sums[6]) != 0
                || sums[0].add(sums[7]).add(sums[8]).compareTo(sums[6]) != 0) {
            throw new AssertionError("no bridge: " + List.of(sums));
        }
        return Arrays.stream(sums).map(BridgeRun::words).toList();
    }

    private void add(List<Row> own, LocalDate start, LocalDate edge, BigDecimal[] sums) {
        var opening = dollars(own, start, start);
        var closing = dollars(own, edge, edge);
        var atOldRates = dollars(own, edge, start);
        boolean paid =
                own.stream().anyMatch(row -> row.mrr() > 0 && row.holdsDuring(FIRST_DAY, start));
        boolean begins = opening.signum() == 0;
        boolean ends = closing.signum() == 0;
        var change = closing.subtract(opening);
        boolean goesOn = !begins && !ends;
        var none = BigDecimal.ZERO;
        var added =
                List.of(
                        opening,
                        begins && !paid ? closing : none,
                        begins && paid ? closing : none,
                        goesOn ? change.max(none) : none,
                        goesOn ? change.negate().max(none) : none,
                        ends ? opening : none,
                        closing,
                        atOldRates.subtract(opening),
                        closing.subtract(atOldRates),
                        BigDecimal.valueOf(
                                own.stream().filter(row -> row.holdsDuring(start, edge)).count()));
        for (int at = 0; at < sums.length; at++) {
            sums[at] = sums[at].add(added.get(at));
        }
    }

    /** What holds at an edge, at the rates before another. */
    private BigDecimal dollars(List<Row> own, LocalDate edge, LocalDate ofRate) {
        return own.stream()
                .filter(row -> row.holdsAt(edge))
                .map(row -> dollars(row, ofRate))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static String words(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    private static List<String> values(Answer.Row row) {
        return row.values().stream()
                .map(measured ->
                        measured.value() instanceof BigDecimal number
                                ? words(number)
                                : String.valueOf(measured.absence()))
                .toList();
    }
}
