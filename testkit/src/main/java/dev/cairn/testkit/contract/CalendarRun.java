package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.domain.time.CalendarGrain;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.generator.TimeBudget;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Asks by the periods of generated calendars of one row a day, and compares what is counted with what a loop over days and sales gives: on the time axis, in windows,
 * shifts and units of so many periods, in keys and in dates moved by periods, whatever the lengths of neighbours are.
 */
public final class CalendarRun {
    private static final long SEED = 20_261_129;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final LocalDate FIRST_DAY = LocalDate.of(2025, 12, 20);
    private static final List<String> ZONES = List.of("UTC", "Europe/Berlin", "Pacific/Kiritimati");

    /** So many periods at either end are read by windows alone. */
    private static final int MARGIN = 3;

    private static final int PERIODS = 9;

    private final Random random;
    private final ZoneId zone;
    private final boolean byDate;
    private final int count;

    /** The first day of each period, and the day after the last. */
    private final List<LocalDate> starts = new ArrayList<>();

    private final List<LocalDate> sales = new ArrayList<>();
    private final List<LocalDate> signed = new ArrayList<>();

    private CalendarRun(long seed) {
        random = new Random(seed);
        zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
        byDate = random.nextBoolean();
        count = 1 + random.nextInt(2);
        var day = FIRST_DAY;
        for (int period = 0; period < PERIODS; period++) {
            starts.add(day);
            day = day.plusDays(1 + random.nextInt(random.nextBoolean() ? 6 : 34));
        }
        starts.add(day);
        for (int sale = 4 + random.nextInt(20); sale > 0; sale--) {
            sales.add(day(1));
        }
        for (int accounts = 1 + random.nextInt(4); accounts > 0; accounts--) {
            signed.add(day(MARGIN));
        }
    }

    /**
     * @param worlds how many are generated
     * @throws AssertionError at the first difference, with the seed
     */
    public static void against(Function<World, AnalysisExecutor> executors, int worlds) {
        TimeBudget.ofBuild()
                .each(
                        "calendar run",
                        SEED,
                        worlds,
                        seed -> new CalendarRun(seed).run(executors, seed));
    }

    /** Some day so many periods from either end; on an edge, as edges are where days go wrong. */
    private LocalDate day(int margin) {
        int period = margin + random.nextInt(PERIODS - 2 * margin);
        var start = starts.get(period);
        int length = Math.toIntExact(starts.get(period + 1).toEpochDay() - start.toEpochDay());
        return switch (random.nextInt(3)) {
            case 0 -> start;
            case 1 -> start.plusDays(length - 1L);
            default -> start.plusDays(random.nextInt(length));
        };
    }

    private World world() {
        var sale = byDate ? source("sale").date("sold") : source("sale").timestamp("sold");
        var world =
                World.world()
                        .entity(accounts().date("signed_on"))
                        .source(sale.account("customer").coverage("2025-01-01", "2027-06-01"))
                        .source(
                                source("trade_day")
                                        .date("ds")
                                        .integer("yr")
                                        .integer("per")
                                        .key("ds"))
                        .calendarOfRows("trade", "trade_day", "ds", "period: yr, per");
        for (int period = 0; period < PERIODS; period++) {
            for (var day = starts.get(period);
                    day.isBefore(starts.get(period + 1));
                    day = day.plusDays(1)) {
                world.fact("trade_day", day.toString(), 2026, period);
            }
        }
        for (int at = 0; at < signed.size(); at++) {
            world.member(
                    account("a" + at)
                            .since("2025-01-01")
                            .with("signed_on", signed.get(at).toString()));
        }
        for (int at = 0; at < sales.size(); at++) {
            world.fact("sale", sold(sales.get(at)), customer(at));
        }
        return world.build();
    }

    private String customer(int sale) {
        return "a" + sale % signed.size();
    }

    private String sold(LocalDate day) {
        var noon = day.atStartOfDay(zone).plusMinutes(random.nextInt(2) * 1439L);
        return byDate ? day.toString() : noon.toInstant().toString();
    }

    // ---- what is asked

    private void run(Function<World, AnalysisExecutor> executors, long seed) {
        var world = world();
        var executor = executors.apply(world);
        compare(executor, world, byPeriod(), this::ofPeriod, periods(), seed);
        compare(executor, world, byDay(), this::ofDay, days(), seed);
        compare(executor, world, inAll(), _ -> ofAll(), List.of(starts.get(MARGIN)), seed);
        keys(executor, world, "(trunc(sale.sold, trade.period)) as period", this::floor, seed);
        keys(
                executor,
                world,
                "(%s + %d trade.period) as due"
                        .formatted(byDate ? "sale.sold" : "date(sale.sold)", count),
                day -> moved(day, count),
                seed);
    }

    private Question asked(String... formulas) {
        return ask(formulas)
                .between(starts.get(MARGIN).toString(), starts.get(PERIODS - MARGIN).toString())
                .zone(zone.getId())
                .asOf("2027-01-01T00:00:00Z");
    }

    private Question byPeriod() {
        return asked(
                        "count(sale)",
                        "count(sale) over last %d trade.period".formatted(count + 1),
                        "prior(count(sale), %d trade.period)".formatted(count),
                        "next(count(sale), 1 trade.period)",
                        "count(sale) over trade.period to date")
                .grain(new CalendarGrain("trade", "period"));
    }

    private List<Object> ofPeriod(LocalDate start) {
        int at = starts.indexOf(start);
        return List.of(
                between(start, starts.get(at + 1)),
                between(starts.get(at - count), starts.get(at + 1)),
                between(starts.get(at - count), starts.get(at - count + 1)),
                between(starts.get(at + 1), starts.get(at + 2)),
                between(start, starts.get(at + 1)));
    }

    private Question byDay() {
        return asked(
                        "count(sale) over trade.period to date",
                        "count(sale) over last %d trade.period".formatted(count),
                        "prior(count(sale), start of trade.period)")
                .grain(Grain.DAY);
    }

    /** What is moved by periods keeps its place in them: the end of a day is the day after. */
    private List<Object> ofDay(LocalDate day) {
        var end = day.plusDays(1);
        return List.of(
                between(floor(day), end),
                between(moved(end, -count), end),
                between(floor(day), floor(day).plusDays(1)));
    }

    private Question inAll() {
        return asked(
                "sum(trade.period : count(sale) * count(sale))",
                "count(trade.period where exists(sale))",
                "sum(account : count(sale) over %d trade.period from signed_on)".formatted(count));
    }

    private List<Object> ofAll() {
        var counts =
                periods().stream()
                        .map(start ->
                                between(start, starts.get(starts.indexOf(start) + 1)).intValue())
                        .toList();
        long ofAccounts =
                IntStream.range(0, signed.size())
                        .mapToLong(at ->
                                of(
                                        at,
                                        day ->
                                                !day.isBefore(signed.get(at))
                                                        && day.isBefore(
                                                                moved(signed.get(at), count))))
                        .sum();
        return List.of(
                (long) counts.stream().mapToInt(each -> each * each).sum(),
                counts.stream().filter(each -> each > 0).count(),
                ofAccounts);
    }

    private void keys(
            AnalysisExecutor executor,
            World world,
            String key,
            Function<LocalDate, LocalDate> of,
            long seed) {
        Map<String, Long> expected =
                sales.stream()
                        .filter(day -> isBetween(starts.get(MARGIN), day, end()))
                        .collect(
                                Collectors.groupingBy(
                                        day -> of.apply(day).toString(),
                                        TreeMap::new,
                                        Collectors.counting()));
        var question = asked("count(sale)").by(key);
        var plan = question.plan(world.catalog());
        var given = Lines.of(executor.execute(plan, LIMIT), plan, question.query());
        var lines = expected.entrySet().stream().map(one -> one.getKey() + " | " + one.getValue());
        check(key, lines.toList(), given, seed);
    }

    private void compare(
            AnalysisExecutor executor,
            World world,
            Question question,
            Function<LocalDate, List<Object>> of,
            List<LocalDate> buckets,
            long seed) {
        var plan = question.plan(world.catalog());
        var given = Lines.of(executor.execute(plan, LIMIT), plan, question.query());
        boolean isByTime = question.query().grain() != null;
        var expected =
                buckets.stream()
                        .map(bucket -> {
                            var values =
                                    of.apply(bucket).stream()
                                            .map(Object::toString)
                                            .collect(Collectors.joining(" | "));
                            return isByTime ? bucket + " | " + values : values;
                        })
                        .toList();
        check(question.query().metrics().toString(), expected, given, seed);
    }

    private void check(String asked, List<String> expected, List<String> given, long seed) {
        if (!given.equals(expected)) {
            throw new AssertionError(
                    "seed %d, %s in %s: expected %s, got %s; periods from %s, sales %s, signed %s"
                            .formatted(seed, asked, zone, expected, given, starts, sales, signed));
        }
    }

    // ---- by a loop over days

    private LocalDate end() {
        return starts.get(PERIODS - MARGIN);
    }

    private List<LocalDate> periods() {
        return starts.subList(MARGIN, PERIODS - MARGIN);
    }

    private List<LocalDate> days() {
        return starts.get(MARGIN).datesUntil(end()).toList();
    }

    private static boolean isBetween(LocalDate start, LocalDate day, LocalDate end) {
        return !day.isBefore(start) && day.isBefore(end);
    }

    private Long between(LocalDate start, LocalDate end) {
        return sales.stream().filter(day -> isBetween(start, day, end)).count();
    }

    private long of(int account, Predicate<LocalDate> isRead) {
        return IntStream.range(0, sales.size())
                .filter(at -> customer(at).equals("a" + account))
                .filter(at -> isRead.test(sales.get(at)))
                .count();
    }

    private LocalDate floor(LocalDate day) {
        return Collections.max(starts.stream().filter(start -> !start.isAfter(day)).toList());
    }

    /** The same day of the period so many further, or its last. */
    private LocalDate moved(LocalDate day, int periods) {
        var start = floor(day);
        int to = starts.indexOf(start) + periods;
        var same = starts.get(to).plusDays(day.toEpochDay() - start.toEpochDay());
        var last = starts.get(to + 1).minusDays(1);
        return same.isAfter(last) ? last : same;
    }
}
