package dev.cairn.domain.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.guard.Guard.State;
import dev.cairn.domain.guard.GuardQuery.Cycle;
import dev.cairn.domain.sample.Sample;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class GuardMovesTest {
    private static final LocalDate FROM = LocalDate.of(2026, 6, 1);
    private static final GuardMoves MONTHLY =
            new GuardMoves(GuardWindows.by(Cycle.MONTH, FROM.plusMonths(1)), Cycle.MONTH.looks());

    private static Sample sample(double[] values, double[] counters) {
        return sample(values, counters, true);
    }

    private static Sample sample(double[] values, double[] counters, boolean isComplete) {
        var builder = new Sample.Builder(List.of("metric", "counter"), 0);
        for (int at = 0; at < values.length; at++) {
            builder.account("a" + at, List.of());
            builder.value(0, values[at], Double.NaN, Double.NaN, null, true);
            builder.value(1, counters[at], Double.NaN, Double.NaN, null, isComplete);
            if (!isComplete) {
                builder.because(1, Set.of(Incomplete.BROKEN_DATA));
            }
        }
        return builder.sample(Instant.EPOCH);
    }

    private static Guard guard(Sample before, Sample now) {
        return MONTHLY.guard(
                "metric",
                new GuardMoves.Column(before, now, "metric", true, false),
                "counter",
                new GuardMoves.Column(before, now, "counter", true, false));
    }

    /** Skewed, with what an account always has, and both metrics of an account going against each other. */
    private static Sample noise(Random dice, double[] own, double better, double worse) {
        var values = new double[own.length];
        var counters = new double[own.length];
        for (int at = 0; at < own.length; at++) {
            double common = dice.nextGaussian();
            values[at] = Math.exp(own[at] + 0.5 * common) + better;
            counters[at] = Math.exp(own[at] - 0.5 * common) - worse;
        }
        return sample(values, counters);
    }

    private static double falseAlarms(int years, int accounts) {
        var dice = new Random(20260701);
        var own = dice.doubles(accounts).map(one -> 2 * one).toArray();
        int alarmed = 0;
        for (int year = 0; year < years; year++) {
            boolean isAlarmed = false;
            var before = noise(dice, own, 0, 0);
            for (int look = 0; look < Cycle.MONTH.looks(); look++) {
                var now = noise(dice, own, 0, 0);
                isAlarmed |= guard(before, now).state() == State.TRIPPED;
                before = now;
            }
            alarmed += isAlarmed ? 1 : 0;
        }
        return alarmed / (double) years;
    }

    @Test
    void on_noise_one_of_twenty_years_at_most_has_an_alarm() {
        assertThat(falseAlarms(300, 60)).isLessThanOrEqualTo(0.05);
    }

    @Test
    @Tag("long")
    void on_noise_one_of_twenty_years_at_most_has_an_alarm_over_thousands_of_years() {
        assertThat(falseAlarms(10_000, 60)).isLessThanOrEqualTo(0.05);
    }

    /** The counter fell by half, as half of the days are missing. */
    @Test
    void data_that_is_not_complete_or_broken_trips_nothing() {
        var dice = new Random(3);
        var values = dice.doubles(60).toArray();
        var better = Arrays.stream(values).map(one -> one + 1 + dice.nextDouble()).toArray();
        var half = Arrays.stream(values).map(one -> one / 2).toArray();
        var before = sample(values, values);
        assertThat(guard(before, sample(better, half)).state()).isEqualTo(State.TRIPPED);
        var guard = guard(before, sample(better, half, false));
        assertThat(guard.state()).isEqualTo(State.NOT_ENOUGH_DATA);
        assertThat(guard.reason())
                .isEqualTo(
                        "The data of 'counter' does not reach over both cycles, or is broken on some of their days.");
    }

    @Test
    void a_counter_that_is_not_trusted_says_so() {
        var values = new Random(3).doubles(60).toArray();
        var withheld = new Sample.Builder(List.of("metric", "counter"), 0);
        for (int at = 0; at < values.length; at++) {
            withheld.account("a" + at, List.of());
            withheld.value(0, values[at], Double.NaN, Double.NaN, null, true);
            withheld.value(1, Double.NaN, Double.NaN, Double.NaN, Absence.UNTRUSTED, true);
        }
        var guard = guard(sample(values, values), withheld.sample(Instant.EPOCH));
        assertThat(guard.state()).isEqualTo(State.NOT_ENOUGH_DATA);
        assertThat(guard.reason())
                .isEqualTo("The data of 'counter' is trusted less than its owner asks for.");
    }

    @Test
    void a_metric_that_gains_what_its_counter_loses_trips() {
        var dice = new Random(7);
        var own = dice.doubles(100).map(one -> 2 * one).toArray();
        var tripped = guard(noise(dice, own, 0, 0), noise(dice, own, 2, 2));
        assertThat(tripped.state()).isEqualTo(State.TRIPPED);
        assertThat(guard(noise(dice, own, 0, 0), noise(dice, own, 2, -2)).state())
                .isEqualTo(State.QUIET);
        assertThat(guard(noise(dice, own, 0, 0), noise(dice, own, -2, 2)).state())
                .isEqualTo(State.QUIET);
    }

    /** Differences 1 and 3, ten of each: mean 2, s² 20/19, t = 2 / sqrt(20 / 19 / 20) = 8.718. */
    @Test
    void values_are_tested_by_the_differences_of_accounts() {
        var before = new double[20];
        var now = new double[20];
        for (int at = 0; at < 20; at++) {
            before[at] = 100 * at;
            now[at] = before[at] + (at % 2 == 0 ? 1 : 3);
        }
        var move = guard(sample(before, now), sample(now, before)).metricMove();
        assertThat(move).isNotNull();
        assertThat(move.change()).isCloseTo(2, within(1e-9));
        assertThat(move.better()).isLessThan(1e-7);
        assertThat(move.worse()).isGreaterThan(1 - 1e-7);
        assertThat(move.accounts()).isEqualTo(20);
    }

    private static Guard flows(GuardWindows windows, Sample before, Sample now, boolean isFlow) {
        return new GuardMoves(windows, Cycle.MONTH.looks())
                .guard(
                        "metric",
                        new GuardMoves.Column(before, now, "metric", true, isFlow),
                        "counter",
                        new GuardMoves.Column(before, now, "counter", false, isFlow));
    }

    /** What is counted of each day of a month, by a rate that each account has; on working days alone where it says so. */
    private static Sample counted(
            Random dice, double[] rates, LocalDate from, LocalDate until, boolean isOfWorkingDays) {
        var counts = new double[rates.length];
        var others = new double[rates.length];
        var days =
                from.datesUntil(until)
                        .filter(day -> !isOfWorkingDays || day.getDayOfWeek().getValue() < 6)
                        .count();
        for (int at = 0; at < rates.length; at++) {
            for (int day = 0; day < days; day++) {
                counts[at] += dice.nextDouble() < rates[at] ? 1 + dice.nextInt(3) : 0;
                others[at] += dice.nextDouble() < rates[at] ? 1 + dice.nextInt(3) : 0;
            }
        }
        return sample(counts, others);
    }

    /** Both counts grow from February to March, of which more is better for the one and worse for the other. */
    private static double alarmsOfMonths(int years, boolean isOfWorkingDays, boolean isFlow) {
        var dice = new Random(20260301);
        var rates = dice.doubles(120).map(one -> one * one).toArray();
        int alarmed = 0;
        for (int year = 0; year < years; year++) {
            boolean isAlarmed = false;
            for (int month = 1; month <= 12; month++) {
                var windows = GuardWindows.by(Cycle.MONTH, LocalDate.of(2020 + year % 7, month, 1));
                isAlarmed |=
                        flows(
                                        windows,
                                        counted(
                                                dice,
                                                rates,
                                                windows.start(),
                                                windows.from(),
                                                isOfWorkingDays),
                                        counted(
                                                dice,
                                                rates,
                                                windows.from(),
                                                windows.until(),
                                                isOfWorkingDays),
                                        isFlow)
                                .isTripped();
            }
            alarmed += isAlarmed ? 1 : 0;
        }
        return alarmed / (double) years;
    }

    @Test
    void months_of_other_lengths_trip_nothing_by_themselves() {
        assertThat(alarmsOfMonths(20, false, true)).isLessThanOrEqualTo(0.05);
        assertThat(alarmsOfMonths(20, true, true)).isLessThanOrEqualTo(0.05);
        assertThat(alarmsOfMonths(5, false, false)).as("taken as they are").isGreaterThan(0.5);
    }

    @Test
    @Tag("long")
    void months_of_other_lengths_trip_nothing_by_themselves_over_thousands_of_years() {
        assertThat(alarmsOfMonths(2_000, false, true)).isLessThanOrEqualTo(0.05);
        assertThat(alarmsOfMonths(2_000, true, true)).isLessThanOrEqualTo(0.05);
    }

    @Test
    void what_happens_once_a_month_does_not_become_less_in_a_longer_one() {
        var windows = GuardWindows.by(Cycle.MONTH, LocalDate.of(2026, 4, 1));
        var dice = new Random(5);
        var once = new double[50];
        var again = new double[50];
        for (int at = 0; at < 50; at++) {
            once[at] = 100 + dice.nextGaussian();
            again[at] = 100 + dice.nextGaussian();
        }
        var move = flows(windows, sample(once, once), sample(again, again), true).metricMove();
        assertThat(move).isNotNull();
        assertThat(move.better()).isGreaterThan(0.05);
        assertThat(move.worse()).isGreaterThan(0.05);
    }

    /** 60 accounts whose ratio of successes goes from a half to 0.6 as the other goes from a tenth to 0.2: found in nearly all years. */
    @Test
    void a_known_effect_is_found() {
        var dice = new Random(11);
        int found = 0;
        for (int run = 0; run < 100; run++) {
            var before = ratios(dice, 60, 0.5, 0.1);
            found +=
                    MONTHLY.guard(
                                            "metric",
                                            new GuardMoves.Column(
                                                    before,
                                                    ratios(dice, 60, 0.5, 0.1),
                                                    "metric",
                                                    true,
                                                    false),
                                            "counter",
                                            new GuardMoves.Column(
                                                    before, before, "counter", false, false))
                                    .isTripped()
                            ? 1
                            : 0;
        }
        assertThat(found).as("without one").isZero();
        for (int run = 0; run < 100; run++) {
            var before = ratios(dice, 60, 0.5, 0.1);
            var now = ratios(dice, 60, 0.6, 0.2);
            found +=
                    MONTHLY.guard(
                                            "metric",
                                            new GuardMoves.Column(
                                                    before, now, "metric", true, false),
                                            "counter",
                                            new GuardMoves.Column(
                                                    before, now, "counter", false, false))
                                    .isTripped()
                            ? 1
                            : 0;
        }
        assertThat(found).isGreaterThanOrEqualTo(90);
    }

    /** Of each account 5 to 40 rows. */
    private static Sample ratios(Random dice, int accounts, double own, double other) {
        var builder = new Sample.Builder(List.of("metric", "counter"), 0);
        for (int at = 0; at < accounts; at++) {
            builder.account("a" + at, List.of());
            int rows = 5 + dice.nextInt(36);
            for (int column = 0; column < 2; column++) {
                int hits = 0;
                for (int row = 0; row < rows; row++) {
                    hits += dice.nextDouble() < (column == 0 ? own : other) ? 1 : 0;
                }
                builder.value(column, (double) hits / rows, hits, rows, null, true);
            }
        }
        return builder.sample(Instant.EPOCH);
    }

    @Test
    void few_accounts_say_nothing() {
        var few = sample(new double[] {1, 2, 3}, new double[] {3, 2, 1});
        assertThat(guard(few, few).state()).isEqualTo(State.NOT_ENOUGH_DATA);
    }

    @Test
    void cycles_begin_where_the_calendar_has_them() {
        assertThat(Cycle.QUARTER.start(LocalDate.of(2026, 6, 30)))
                .isEqualTo(LocalDate.of(2026, 4, 1));
        assertThat(Cycle.MONTH.before(FROM)).isEqualTo(LocalDate.of(2026, 5, 1));
        assertThat(Cycle.WEEK.start(LocalDate.of(2026, 6, 3))).isEqualTo(FROM);
        assertThat(MONTHLY.level()).isEqualTo(0.05 / 12);
    }
}
