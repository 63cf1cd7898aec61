package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Entity.Mark;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.generator.TimeBudget;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Asks about windows of generated accounts, and compares values and what is pending with what a loop over accounts and events gives: whatever begins or ends with
 * a window, with the data, with as-of or in a change of the clock.
 */
public final class MemberWindowRun {
    private static final long SEED = 20_260_714;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 1);
    private static final int DAYS = 140;
    private static final int MONTHS = 5;
    private static final int TILE = 3;

    /** Of the last two the clock changes at midnight, or in April and October alone. */
    private static final List<String> ZONES =
            List.of("UTC", "Europe/Berlin", "America/New_York", "Africa/Cairo", "Asia/Beirut");

    private static final Instant DATA_FROM = Instant.parse("2026-01-10T00:00:00Z");
    private static final Instant DATA_UNTIL = Instant.parse("2026-05-01T00:00:00Z");

    private final Random random;
    private final List<Account> accounts = new ArrayList<>();
    private final ZoneId zone;
    private final Instant asOf;
    private final int length;

    private MemberWindowRun(long seed) {
        random = new Random(seed);
        zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
        asOf = FIRST_DAY.plusDays(60).atStartOfDay(zone).toInstant().plus(hours(24 * 90));
        length = 1 + random.nextInt(40);
        for (int count = 3 + random.nextInt(6); count > 0; count--) {
            accounts.add(generated());
        }
    }

    private record Account(
            @Nullable LocalDate signedOn, @Nullable Instant joinedAt, List<Instant> events) {}

    private record Window(Instant start, Instant end) {
        boolean has(Instant event) {
            return !event.isBefore(start) && event.isBefore(end);
        }
    }

    /**
     * @param worlds how many are generated
     * @throws AssertionError at the first difference, with the seed
     */
    public static void against(Function<World, AnalysisExecutor> executors, int worlds) {
        TimeBudget.ofBuild()
                .each(
                        "member window run",
                        SEED,
                        worlds,
                        seed -> new MemberWindowRun(seed).run(executors, seed));
    }

    private Duration hours(int most) {
        return Duration.ofHours(random.nextInt(most));
    }

    private Account generated() {
        var day = FIRST_DAY.plusDays(random.nextInt(DAYS));
        var joined = random.nextInt(5) == 0 ? null : day.atStartOfDay(zone).toInstant();
        var at = joined == null ? null : joined.plus(Duration.ofMinutes(30L * random.nextInt(48)));
        var events = new ArrayList<Instant>();
        for (int count = random.nextInt(4); count > 0; count--) {
            var near = day.plusDays(random.nextInt(4) * length - length);
            var event = near.atStartOfDay(zone).toInstant();
            events.add(
                    switch (random.nextInt(3)) {
                        case 0 -> event;
                        case 1 -> event.minus(1, ChronoUnit.SECONDS);
                        default -> event.plus(Duration.ofMinutes(30L * random.nextInt(48)));
                    });
        }
        return new Account(random.nextInt(5) == 0 ? null : day, at, events);
    }

    private void run(Function<World, AnalysisExecutor> executors, long seed) {
        var world = world();
        var newBy = "account where %1$s >= bucket.start and %1$s < bucket.end";
        var question =
                ask(
                                "share(%s : exists(event) over %d days from signed_on)"
                                        .formatted(newBy.formatted("signed_on"), length),
                                "count(%s and exists(event) over %d days from joined_at)"
                                        .formatted(newBy.formatted("joined_at"), length),
                                "sum(account : count(event) over %d days before joined_at)"
                                        .formatted(length),
                                "sum(%s : count(every %d days where exists(event)) over %d days from signed_on)"
                                        .formatted(newBy.formatted("signed_on"), TILE, length))
                        .grain(Grain.MONTH)
                        .between("2026-01-01", "2026-06-01")
                        .zone(zone.getId())
                        .asOf(asOf.toString());
        tickets(executors.apply(world), world, seed);
        var answer = executors.apply(world).execute(question.plan(world.catalog()), LIMIT);
        for (int month = 0; month < MONTHS; month++) {
            var expected = expected(FIRST_DAY.plusMonths(month));
            var given = answer.rows().get(month).values().stream().map(this::text).toList();
            if (!given.equals(expected)) {
                throw new AssertionError(
                        "seed %d, month %d, %d days in %s as of %s: expected %s, got %s of %s"
                                .formatted(
                                        seed, month + 1, length, zone, asOf, expected, given,
                                        accounts));
            }
        }
        if (answer.rows().size() != MONTHS) {
            throw new AssertionError("seed %d: %d rows".formatted(seed, answer.rows().size()));
        }
    }

    /** All tickets are of the first bucket: each has the days of its account. */
    private void tickets(AnalysisExecutor executor, World world, long seed) {
        var question =
                ask(
                                "sum(ticket : per(account : count(day where exists(event))) over %d days from due)"
                                        .formatted(length),
                                "sum(ticket : per(account : count(every %d days where exists(event))) over %d days from due)"
                                        .formatted(TILE, length))
                        .between("2026-01-01", "2026-02-01")
                        .zone(zone.getId())
                        .asOf(asOf.toString());
        var answer = executor.execute(question.plan(world.catalog()), LIMIT);
        var ofAll =
                tally(
                        _ -> true,
                        account -> account.signedOn() == null ? null : window(account.signedOn()));
        var expected =
                List.of(
                        ofAll.text(Double.toString(ofAll.days)),
                        ofAll.text(Double.toString(ofAll.tiles)));
        var given = answer.rows().getFirst().values().stream().map(this::text).toList();
        if (!given.equals(expected)) {
            throw new AssertionError(
                    "seed %d, tickets, %d days in %s as of %s: expected %s, got %s of %s"
                            .formatted(seed, length, zone, asOf, expected, given, accounts));
        }
    }

    private World world() {
        var world =
                World.world()
                        .entity(
                                accounts()
                                        .date("signed_on")
                                        .attribute("joined_at", DataType.TIMESTAMP, Mark.NONE))
                        .source(
                                source("event")
                                        .timestamp("happened")
                                        .account("customer")
                                        .coverage("2026-01-10", "2026-05-01"))
                        .source(
                                source("ticket")
                                        .timestamp("opened")
                                        .date("due")
                                        .account("customer")
                                        .coverage("2025-01-01", "2027-01-01"));
        for (int at = 0; at < accounts.size(); at++) {
            var account = accounts.get(at);
            world.member(
                    account("a" + at)
                            .since("2025-01-01")
                            .with("signed_on", Objects.toString(account.signedOn(), null))
                            .with("joined_at", Objects.toString(account.joinedAt(), null)));
            for (var event : account.events()) {
                world.fact("event", event.toString(), "a" + at);
            }
            world.fact(
                    "ticket",
                    FIRST_DAY.atStartOfDay(zone).toInstant().toString(),
                    Objects.toString(account.signedOn(), null),
                    "a" + at);
        }
        return world.build();
    }

    // ---- by a loop over accounts and events

    private List<String> expected(LocalDate month) {
        var start = month.atStartOfDay(zone).toInstant();
        var end = month.plusMonths(1).atStartOfDay(zone).toInstant();
        if (!start.isBefore(asOf)) {
            return List.of(
                    "NOT_YET pending 0",
                    "NOT_YET pending 0",
                    "NOT_YET pending 0",
                    "NOT_YET pending 0");
        }
        var signed =
                tally(
                        account ->
                                account.signedOn() != null
                                        && !account.signedOn().isBefore(month)
                                        && account.signedOn().isBefore(month.plusMonths(1)),
                        account -> window(Objects.requireNonNull(account.signedOn())));
        var joined =
                tally(
                        account ->
                                account.joinedAt() != null
                                        && !account.joinedAt().isBefore(start)
                                        && account.joinedAt().isBefore(end),
                        account -> {
                            var at = Objects.requireNonNull(account.joinedAt());
                            return new Window(at, moved(at, length));
                        });
        var before =
                tally(
                        _ -> true,
                        account -> {
                            var at = account.joinedAt();
                            return at == null ? null : new Window(moved(at, -length), at);
                        });
        return List.of(
                signed.text(
                        signed.settled == 0
                                ? "NO_DATA"
                                : Double.toString((double) signed.withEvents / signed.settled)),
                joined.text(Double.toString(joined.withEvents)),
                before.text(Double.toString(before.events)),
                signed.text(Double.toString(signed.tiles)));
    }

    private Window window(LocalDate from) {
        return new Window(
                from.atStartOfDay(zone).toInstant(),
                from.plusDays(length).atStartOfDay(zone).toInstant());
    }

    /** So many days each, counted back from the end of a window, that have events and begin with the data or later. */
    private int withEvents(Account account, int days) {
        var from = Objects.requireNonNull(account.signedOn());
        int found = 0;
        for (var end = from.plusDays(length);
                !end.minusDays(days).isBefore(from);
                end = end.minusDays(days)) {
            var tile =
                    new Window(
                            end.minusDays(days).atStartOfDay(zone).toInstant(),
                            end.atStartOfDay(zone).toInstant());
            boolean isKnown = !tile.start().isBefore(DATA_FROM);
            found += isKnown && account.events().stream().anyMatch(tile::has) ? 1 : 0;
        }
        return found;
    }

    /** What was found of the accounts of a cell. */
    private static final class Tally {
        private int settled;
        private int pending;
        private int withEvents;
        private int events;
        private int days;
        private int tiles;
        private boolean isBeforeData;

        String text(String value) {
            var said =
                    isBeforeData ? "BEFORE_DATA" : settled == 0 && pending > 0 ? "NOT_YET" : value;
            return said + " pending " + pending;
        }
    }

    private Tally tally(Predicate<Account> isOfCell, Function<Account, @Nullable Window> windowOf) {
        var tally = new Tally();
        for (var account : accounts) {
            if (isOfCell.test(account)) {
                add(account, windowOf.apply(account), tally);
            }
        }
        return tally;
    }

    private void add(Account account, @Nullable Window window, Tally tally) {
        if (window == null) {
            tally.settled++;
        } else if (window.end().isAfter(asOf) || window.end().isAfter(DATA_UNTIL)) {
            tally.pending++;
        } else {
            int events = (int) account.events().stream().filter(window::has).count();
            tally.settled++;
            tally.events += events;
            tally.withEvents += events > 0 ? 1 : 0;
            if (account.signedOn() != null) {
                tally.days += withEvents(account, 1);
                tally.tiles += withEvents(account, TILE);
            }
            tally.isBeforeData |= !window.end().isAfter(DATA_FROM);
        }
    }

    /** The local clock some days on: in a gap what comes after it, of two times the earlier. */
    private Instant moved(Instant at, int days) {
        var local = at.atZone(zone).toLocalDateTime().plusDays(days);
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        return offsets.isEmpty()
                ? zone.getRules().getTransition(local).getInstant()
                : local.toInstant(offsets.getFirst());
    }

    private String text(Measured measured) {
        var value = measured.value();
        var said =
                value == null
                        ? String.valueOf(measured.absence())
                        : Double.toString(((Number) value).doubleValue());
        return said + " pending " + measured.pending();
    }
}
