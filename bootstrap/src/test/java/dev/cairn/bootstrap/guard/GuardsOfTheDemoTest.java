package dev.cairn.bootstrap.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.demo.Company;
import dev.cairn.demo.Options;
import dev.cairn.demo.Table;
import dev.cairn.domain.guard.Guard;
import dev.cairn.domain.guard.GuardMoves;
import dev.cairn.domain.guard.GuardQuery.Cycle;
import dev.cairn.domain.guard.GuardWindows;
import dev.cairn.domain.sample.Sample;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The support team of made-up companies is measured by its first reply from one day on: replies come sooner, and tickets are reopened more often. Counted from their files without a database: hours to
 * the first reply beside tickets that were opened again within 30 days.
 */
class GuardsOfTheDemoTest {
    private static final Duration WINDOW = Duration.ofDays(30);

    /** @param hours to the first reply, by account and month; solved and reopened tickets likewise */
    private record Counted(
            Set<String> accounts,
            Map<String, Map<LocalDate, List<Double>>> hours,
            Map<String, Map<LocalDate, int[]>> reopened) {
        static Counted of(Company company) {
            var accounts = new HashSet<String>();
            each(
                    company,
                    "account",
                    row -> {
                        if (!row.get("is_test").equals("true")) {
                            accounts.add(row.get("account_key"));
                        }
                    });
            var opened = new HashMap<String, Instant>();
            each(
                    company,
                    "ticket_event",
                    row -> {
                        if (row.get("kind").equals("reopened")) {
                            opened.putIfAbsent(
                                    row.get("ticket_id"), Instant.parse(row.get("happened_at")));
                        }
                    });
            var hours = new TreeMap<String, Map<LocalDate, List<Double>>>();
            var reopened = new TreeMap<String, Map<LocalDate, int[]>>();
            each(
                    company,
                    "ticket",
                    row -> {
                        var account = row.get("account");
                        if (accounts.contains(account) && !row.get("first_reply_at").isEmpty()) {
                            var replied = Instant.parse(row.get("first_reply_at"));
                            var took =
                                    Duration.between(Instant.parse(row.get("created_at")), replied);
                            hours.computeIfAbsent(account, _ -> new HashMap<>())
                                    .computeIfAbsent(month(replied), _ -> new ArrayList<>())
                                    .add(took.toMinutes() / 60.0);
                        }
                        if (accounts.contains(account) && !row.get("first_solved_at").isEmpty()) {
                            var solved = Instant.parse(row.get("first_solved_at"));
                            var again = opened.get(row.get("ticket_id"));
                            var counts =
                                    reopened.computeIfAbsent(account, _ -> new HashMap<>())
                                            .computeIfAbsent(month(solved), _ -> new int[2]);
                            counts[0] +=
                                    again != null && again.isBefore(solved.plus(WINDOW)) ? 1 : 0;
                            counts[1]++;
                        }
                    });
            return new Counted(accounts, hours, reopened);
        }

        private interface Taken {
            void row(Map<String, String> row);
        }

        private static void each(Company company, String target, Taken taken) {
            Table table =
                    company.tables().stream()
                            .filter(one -> one.target().equals(target))
                            .findFirst()
                            .orElseThrow();
            table.rows()
                    .get()
                    .forEachRemaining(values -> {
                        var row = new HashMap<String, String>();
                        for (int at = 0; at < values.size(); at++) {
                            var value = values.get(at);
                            row.put(table.header().get(at), value == null ? "" : value);
                        }
                        taken.row(row);
                    });
        }

        private static LocalDate month(Instant instant) {
            return instant.atZone(ZoneOffset.UTC).toLocalDate().withDayOfMonth(1);
        }

        Sample sample(LocalDate month) {
            var sample = new Sample.Builder(List.of("hours", "reopened"), 0);
            for (var account : accounts) {
                sample.account(account, List.of());
                sample.value(
                        0,
                        median(
                                hours.getOrDefault(account, Map.of())
                                        .getOrDefault(month, List.of())),
                        Double.NaN,
                        Double.NaN,
                        null,
                        true);
                var counts =
                        reopened.getOrDefault(account, Map.of()).getOrDefault(month, new int[2]);
                sample.value(
                        1,
                        counts[1] == 0 ? Double.NaN : (double) counts[0] / counts[1],
                        counts[0],
                        counts[1],
                        null,
                        true);
            }
            return sample.sample(Instant.EPOCH);
        }

        private static double median(List<Double> values) {
            if (values.isEmpty()) {
                return Double.NaN;
            }
            var sorted = new ArrayList<>(values);
            Collections.sort(sorted);
            int half = sorted.size() / 2;
            return sorted.size() % 2 == 1
                    ? sorted.get(half)
                    : (sorted.get(half - 1) + sorted.get(half)) / 2;
        }
    }

    private static Guard guard(Counted counted, LocalDate month) {
        var windows = GuardWindows.by(Cycle.MONTH, month.plusMonths(1));
        var before = counted.sample(windows.start());
        var now = counted.sample(windows.from());
        return new GuardMoves(windows, Cycle.MONTH.looks())
                .guard(
                        "hours",
                        new GuardMoves.Column(before, now, "hours", false, false),
                        "reopened",
                        new GuardMoves.Column(before, now, "reopened", false, false));
    }

    private static Company company(long seed) {
        var usual = Options.DEFAULT;
        return Company.of(new Options(seed, 300, usual.months(), 1_000, usual.until()));
    }

    /** Months whose guard trips; of the last the 30 days are not over. */
    private static List<LocalDate> tripped(Company company) {
        var counted = Counted.of(company);
        return company.options()
                .begin()
                .plusMonths(1)
                .datesUntil(company.options().until().minusMonths(1), java.time.Period.ofMonths(1))
                .filter(month -> guard(counted, month).isTripped())
                .toList();
    }

    private static LocalDate hurry(Company company) {
        return company.truths().story().stream()
                .filter(happening -> happening.name().equals("Reply within the hour"))
                .findFirst()
                .orElseThrow()
                .on();
    }

    @Test
    void the_month_of_the_hurry_trips_and_no_other_does() {
        var company = company(Options.DEFAULT.seed());
        assertThat(tripped(company)).containsExactly(hurry(company));
    }

    /** 22 months each, of which one is that of the hurry. */
    @Test
    @Tag("long")
    void so_it_is_for_ten_other_companies() {
        for (long seed = 1; seed <= 10; seed++) {
            var company = company(seed);
            assertThat(tripped(company)).as("seed " + seed).containsExactly(hurry(company));
        }
    }
}
