package dev.cairn.domain.impact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisQuery.ParameterValue;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.AnalysisResult.ValueType;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.impact.Impact.Estimand;
import dev.cairn.domain.impact.Impact.OfMetric;
import dev.cairn.domain.impact.Impact.Reason;
import dev.cairn.domain.impact.Impact.Reason.Code;
import dev.cairn.domain.impact.Impact.Step;
import dev.cairn.domain.impact.Impact.Verdict;
import dev.cairn.domain.impact.ImpactFold.Samples;
import dev.cairn.domain.impact.ImpactQuery.Unit;
import dev.cairn.domain.impact.ImpactWindows.Days;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Metric.Direction;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.sample.Sample;
import dev.cairn.domain.time.Grain;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ImpactFoldTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final LocalDate CHANGED_ON = LocalDate.parse("2026-03-02");

    /** The first half of the accounts is concerned, where they are compared. */
    private static final int ACCOUNTS = 40;

    private static boolean isConcerned(int account) {
        return account % 2 == 0;
    }

    private static ImpactQuestion question(boolean compared, @Nullable Double share) {
        return question(
                new AskedMetric(new MetricReference.Inline("x"), "x"), compared, share, false);
    }

    private static ImpactQuestion question(
            AskedMetric metric, boolean compared, @Nullable Double share, boolean daily) {
        return ImpactQuestion.of(
                new ImpactQuery(
                        List.of(metric),
                        CHANGED_ON,
                        null,
                        compared ? new CohortReference.Rule("a") : null,
                        compared ? new CohortReference.Rule("b") : null,
                        28,
                        0,
                        ZoneOffset.UTC,
                        null,
                        NOW,
                        daily,
                        share,
                        Unit.ACCOUNT,
                        false,
                        null),
                Catalog.empty(),
                CHANGED_ON,
                null,
                NOW,
                LocalDate.parse("2026-06-01"));
    }

    private static Sample sample(int accounts, boolean compared, IntToDoubleFunction value) {
        var columns =
                compared
                        ? List.of("x", ImpactQuestion.TREATED, ImpactQuestion.COMPARED)
                        : List.of("x");
        var sample = new Sample.Builder(columns, 0);
        for (int account = 0; account < accounts; account++) {
            sample.account("a" + account, List.of());
            add(sample, 0, value.applyAsDouble(account));
            if (compared) {
                add(sample, 1, isConcerned(account) ? 1 : 0);
                add(sample, 2, isConcerned(account) ? 0 : 1);
            }
        }
        return sample.sample(NOW);
    }

    private static void add(Sample.Builder sample, int column, double value) {
        boolean none = Double.isNaN(value);
        sample.value(column, value, Double.NaN, Double.NaN, none ? Absence.NO_DATA : null, true);
    }

    private static AnalysisResult together(double value, @Nullable Direction direction) {
        return new AnalysisResult(
                List.of(
                        new Column(
                                "x",
                                "X",
                                Role.MEASURE,
                                ValueType.NUMBER,
                                null,
                                null,
                                null,
                                direction)),
                List.of(
                        new Row(
                                RowKind.CELL,
                                List.of(
                                        new Cell.Value(
                                                new Measured(value, null, null, null, null),
                                                Set.of())),
                                List.of())),
                false,
                null,
                NOW,
                List.of());
    }

    private static OfMetric assessed(
            boolean compared,
            IntToDoubleFunction prior,
            IntToDoubleFunction before,
            IntToDoubleFunction after) {
        return ImpactFold.of(
                        question(compared, null),
                        Catalog.empty(),
                        new Samples(
                                sample(ACCOUNTS, false, prior),
                                sample(ACCOUNTS, compared, before),
                                sample(ACCOUNTS, false, after)),
                        together(Double.MAX_VALUE, Direction.HIGHER))
                .impact(Map.of(), null, null)
                .metrics()
                .getFirst();
    }

    /** Something that accounts differ by, and that is no trend. */
    private static double noise(int account, int time) {
        return new SplittableRandom(account * 0x1F123BB5159A55E5L + time * 0x2545F4914F6CDD1DL + 3)
                .nextDouble();
    }

    private static List<Code> codes(OfMetric metric) {
        return metric.reasons().stream().map(Reason::code).toList();
    }

    @Test
    void what_befalls_both_groups_falls_out_of_the_effect() {
        var found =
                assessed(
                        true,
                        account -> 10 + noise(account, 0),
                        account -> 10 + noise(account, 1),
                        account -> 15 + (isConcerned(account) ? 2 : 0) + noise(account, 2));

        assertThat(found.verdict()).isEqualTo(Verdict.IMPROVED);
        assertThat(found.effect().value()).isCloseTo(2, within(0.4));
        assertThat(found.effect().interval().holds(2)).isTrue();
        assertThat(codes(found)).contains(Code.BEYOND_CHANCE, Code.TRENDS_ALIKE);
        assertThat(found.estimand()).isEqualTo(Estimand.MEAN_OF_ACCOUNTS);
    }

    @Test
    void groups_that_went_different_ways_before_have_moved_at_most() {
        var found =
                assessed(
                        true,
                        account -> 10 + noise(account, 0),
                        account -> 10 + (isConcerned(account) ? 2 : 0) + noise(account, 1),
                        account -> 10 + (isConcerned(account) ? 6 : 0) + noise(account, 2));

        assertThat(found.verdict()).isEqualTo(Verdict.MOVED);
        assertThat(codes(found)).contains(Code.TRENDS_DIFFER);
    }

    @Test
    void without_accounts_to_compare_with_a_metric_has_moved_at_most() {
        var found =
                assessed(
                        false,
                        account -> 10 + noise(account, 0),
                        account -> 10 + noise(account, 1),
                        account -> 15 + noise(account, 2));

        assertThat(found.verdict()).isEqualTo(Verdict.MOVED);
        assertThat(codes(found))
                .containsExactly(Code.BEYOND_CHANCE, Code.NO_COMPARISON, Code.NO_PLACEBOS);
    }

    @Test
    void no_evidence_says_what_would_have_been_seen() {
        var found =
                assessed(
                        true,
                        account -> noise(account, 0),
                        account -> noise(account, 1),
                        account -> noise(account, 2));

        assertThat(found.verdict()).isEqualTo(Verdict.NO_EVIDENCE);
        assertThat(found.effect().detectable())
                .isGreaterThan(found.effect().interval().high() - found.effect().value());
    }

    @Test
    void an_account_that_is_gone_is_left_out_of_both_times() {
        var found =
                assessed(
                        false,
                        account -> 1,
                        account -> account == 0 ? 1000 : 10 + noise(account, 1),
                        account -> account == 0 ? Double.NaN : 10 + noise(account, 2));

        assertThat(found.treated().unitsBefore()).isEqualTo(ACCOUNTS - 1);
        assertThat(found.treated().before()).isCloseTo(10.5, within(0.5));
        assertThat(found.verdict()).isEqualTo(Verdict.NO_EVIDENCE);
    }

    /** What one who looks every day expects is taken from how accounts differ before the change. */
    @Test
    void where_accounts_do_not_differ_before_who_looks_every_day_is_told_nothing() {
        var found = daily(_ -> 10, account -> 10 + noise(account, 2));

        assertThat(found.verdict()).isEqualTo(Verdict.NOT_ENOUGH_DATA);
        assertThat(found.effect()).isNull();
        assertThat(codes(found)).containsExactly(Code.NOTHING_VARIES);
    }

    @Test
    void who_looks_every_day_is_not_told_what_one_look_would_have_seen() {
        var found = daily(account -> noise(account, 1), account -> noise(account, 2));

        assertThat(found.verdict()).isEqualTo(Verdict.NO_EVIDENCE);
        assertThat(found.reasons().getFirst().message()).doesNotContain("would have been seen");
    }

    private static OfMetric daily(IntToDoubleFunction before, IntToDoubleFunction after) {
        var metric = new AskedMetric(new MetricReference.Inline("x"), "x");
        return ImpactFold.of(
                        question(metric, false, null, true),
                        Catalog.empty(),
                        new Samples(
                                sample(ACCOUNTS, false, before),
                                sample(ACCOUNTS, false, before),
                                sample(ACCOUNTS, false, after)),
                        together(Double.MAX_VALUE, Direction.HIGHER))
                .impact(Map.of(), null, null)
                .metrics()
                .getFirst();
    }

    /** They would be those of other values: of its usual parameters, or of its version in force. */
    @Test
    void earlier_days_are_not_looked_at_with_other_parameters_or_of_another_version() {
        var name = new MetricReference.ByKey("x");
        var parameter = new ParameterValue("days", "7");

        assertThat(question(new AskedMetric(name, "x"), false, null, false).hasPlacebos(0))
                .isTrue();
        assertThat(
                        question(
                                        new AskedMetric(name, "x", false, List.of(parameter)),
                                        false,
                                        null,
                                        false)
                                .hasPlacebos(0))
                .isFalse();
        assertThat(
                        question(
                                        new AskedMetric(new MetricReference.Pinned("x", 1), "x"),
                                        false,
                                        null,
                                        false)
                                .hasPlacebos(0))
                .isFalse();
    }

    @Test
    void of_few_accounts_nothing_is_said() {
        var found =
                assessed(
                        false,
                        account -> 1,
                        account -> account < 9 ? noise(account, 1) : Double.NaN,
                        account -> 5 + noise(account, 2));

        assertThat(found.verdict()).isEqualTo(Verdict.NOT_ENOUGH_DATA);
        assertThat(found.effect()).isNull();
        assertThat(codes(found)).containsExactly(Code.TOO_FEW_UNITS);
    }

    @Test
    void values_that_may_still_change_are_not_compared() {
        var after = new Sample.Builder(List.of("x"), 0);
        for (int account = 0; account < ACCOUNTS; account++) {
            after.account("a" + account, List.of());
            after.value(0, noise(account, 2), Double.NaN, Double.NaN, null, account > 0);
        }
        var found =
                ImpactFold.of(
                                question(false, null),
                                Catalog.empty(),
                                new Samples(
                                        sample(ACCOUNTS, false, account -> 1),
                                        sample(ACCOUNTS, false, account -> noise(account, 1)),
                                        after.sample(NOW)),
                                together(0, Direction.HIGHER))
                        .impact(Map.of(), null, null)
                        .metrics()
                        .getFirst();

        assertThat(found.verdict()).isEqualTo(Verdict.NOT_ENOUGH_DATA);
        assertThat(codes(found)).containsExactly(Code.INCOMPLETE_DATA);
    }

    /** The value of all is 100 times the sum of the one through that of the other; accounts of more rows count for more. */
    @Test
    void a_ratio_is_that_of_the_sums() {
        var before = new Sample.Builder(List.of("x"), 0);
        var after = new Sample.Builder(List.of("x"), 0);
        double above = 0;
        double below = 0;
        for (int account = 0; account < ACCOUNTS; account++) {
            int rows = 1 + account;
            int hits = account / 2;
            above += hits;
            below += rows;
            before.account("a" + account, List.of());
            before.value(0, 100.0 * hits / rows, hits, rows, null, true);
            after.account("a" + account, List.of());
            after.value(0, 100.0 * (hits + 1) / rows, hits + 1, rows, null, true);
        }
        var found =
                ImpactFold.of(
                                question(false, null),
                                Catalog.empty(),
                                new Samples(
                                        sample(ACCOUNTS, false, account -> 1),
                                        before.sample(NOW),
                                        after.sample(NOW)),
                                together(100 * above / below, Direction.HIGHER))
                        .impact(Map.of(), null, null)
                        .metrics()
                        .getFirst();

        assertThat(found.estimand()).isEqualTo(Estimand.RATIO_OF_SUMS);
        assertThat(found.treated().before()).isCloseTo(100 * above / below, within(1e-9));
        assertThat(found.effect().value()).isCloseTo(100 * ACCOUNTS / below, within(1e-9));
    }

    /** Moves of 1 a week, which is what it moved by at the change. */
    @Test
    void moves_at_earlier_days_speak_against_the_change() {
        assertThat(withPlacebos(week -> week * 1.25).verdict()).isEqualTo(Verdict.MOVED);
        var found = withPlacebos(week -> week <= 0 ? week % 2 * 0.1 : 5);
        assertThat(found.verdict()).isEqualTo(Verdict.IMPROVED);
        assertThat(found.effect().placebos().dates()).isGreaterThanOrEqualTo(20);
        assertThat(found.effect().placebos().asLarge()).isZero();
    }

    /** @param value of the window that ends so many weeks after the change */
    private static OfMetric withPlacebos(IntToDoubleFunction value) {
        var rows = new ArrayList<Row>();
        for (int week = -40; week <= 4; week++) {
            var start = CHANGED_ON.plusWeeks(week - 1);
            rows.add(
                    new Row(
                            RowKind.CELL,
                            List.of(
                                    new Cell.Time(start, NOW, Set.of()),
                                    measured(value.applyAsDouble(week)),
                                    measured(1)),
                            List.of()));
        }
        var column =
                new Column("windowed", "", Role.MEASURE, ValueType.NUMBER, null, null, null, null);
        var answer =
                new AnalysisResult(
                        List.of(
                                new Column(
                                        "time",
                                        "",
                                        Role.TIME,
                                        ValueType.DATE,
                                        null,
                                        null,
                                        null,
                                        null),
                                column,
                                column),
                        rows,
                        false,
                        null,
                        NOW,
                        List.of());
        var fold =
                ImpactFold.of(
                        question(false, null),
                        Catalog.empty(),
                        new Samples(
                                sample(ACCOUNTS, false, account -> 1),
                                sample(ACCOUNTS, false, account -> 10 + noise(account, 1)),
                                sample(ACCOUNTS, false, account -> 15 + noise(account, 2))),
                        together(Double.MAX_VALUE, Direction.HIGHER));
        assertThat(fold.unexplained()).containsExactly(0);
        return fold.impact(Map.of(0, answer), null, null).metrics().getFirst();
    }

    /** A week is as any other, and a window the mean of four: at the day of the change it moves as it does all the time. */
    private static double takenForTheChange(int companies) {
        var random = new SplittableRandom(5);
        int taken = 0;
        for (int company = 0; company < companies; company++) {
            double[] weeks = random.split().doubles(48).map(drawn -> Math.exp(2 * drawn)).toArray();
            var found =
                    withPlacebos(week -> {
                        double sum = 0;
                        for (int before = 0; before < 4; before++) {
                            sum += weeks[week + 40 + before];
                        }
                        return sum / 4;
                    });
            taken += found.effect().placebos().p() < 0.05 ? 1 : 0;
        }
        return (double) taken / companies;
    }

    @Test
    void noise_is_seldom_taken_for_the_change_where_moves_of_earlier_days_are_beside_it() {
        assertThat(takenForTheChange(300)).isLessThan(0.08);
    }

    @Test
    @Tag("long")
    void of_thousands_of_companies_with_noise_alone_5_percent_are_taken_for_a_change() {
        assertThat(takenForTheChange(10_000)).isLessThanOrEqualTo(0.055);
    }

    private static Cell measured(double value) {
        return new Cell.Value(new Measured(value, null, null, null, null), Set.of());
    }

    @Test
    void intervals_cover_what_they_say() {
        assertCoverage(400, 0.92, 0.98);
    }

    @Test
    @Tag("long")
    void intervals_cover_what_they_say_over_thousands_of_companies() {
        assertCoverage(10_000, 0.93, 0.97);
    }

    /** Accounts as they are: a few large, most small, each with a level of its own, and a change that is worth more to large ones. */
    private static void assertCoverage(int companies, double least, double most) {
        var covered = new EnumMap<Kind, Integer>(Kind.class);
        int falseAlarms = 0;
        int called = 0;
        for (int company = 0; company < companies; company++) {
            for (var kind : Kind.values()) {
                boolean holds = simulated(company, kind, 1).effect().interval().holds(1);
                covered.merge(kind, holds ? 1 : 0, Integer::sum);
            }
            var idle = simulated(company, Kind.COMPARED, 0);
            falseAlarms += idle.effect().p() < 0.05 ? 1 : 0;
            boolean isCalled =
                    idle.verdict() == Verdict.IMPROVED || idle.verdict() == Verdict.WORSENED;
            called += isCalled ? 1 : 0;
        }
        assertThat(covered)
                .allSatisfy((kind, count) ->
                        assertThat((double) count / companies)
                                .as(kind.name())
                                .isBetween(least, most));
        assertThat((double) falseAlarms / companies).isBetween(1 - most, 1 - least);
        assertThat((double) called / companies).isLessThanOrEqualTo(0.005);
    }

    private enum Kind {
        ALONE,
        COMPARED,
        DRAWN
    }

    private static OfMetric simulated(int company, Kind kind, double effect) {
        int accounts = 240;
        boolean compared = kind != Kind.ALONE;
        var random = new SplittableRandom(company * 7L + 11);
        double[][] values = new double[3][accounts];
        for (int account = 0; account < accounts; account++) {
            double size = Math.exp(random.nextGaussian());
            for (int time = 0; time < 3; time++) {
                boolean changed = time == 2 && (!compared || isConcerned(account));
                values[time][account] =
                        size * (10 + 2 * random.nextGaussian())
                                + (changed ? effect * size / Math.exp(0.5) : 0);
            }
        }
        return ImpactFold.of(
                        question(compared, kind == Kind.DRAWN ? 0.5 : null),
                        Catalog.empty(),
                        new Samples(
                                sample(accounts, false, account -> values[0][account]),
                                sample(accounts, compared, account -> values[1][account]),
                                sample(accounts, false, account -> values[2][account])),
                        together(Double.MAX_VALUE, Direction.HIGHER))
                .impact(Map.of(), null, null)
                .metrics()
                .getFirst();
    }

    /** @param totals of four weeks, the change being in the middle; null: no value */
    private static AnalysisResult byWeeks(double accounts, @Nullable Double... totals) {
        var rows = new ArrayList<Row>();
        for (int week = 0; week < totals.length; week++) {
            var total = totals[week];
            rows.add(
                    new Row(
                            RowKind.CELL,
                            List.of(
                                    new Cell.Time(CHANGED_ON.plusWeeks(week - 2), NOW, Set.of()),
                                    new Cell.Value(
                                            new Measured(
                                                    total,
                                                    null,
                                                    null,
                                                    null,
                                                    total == null ? Absence.NO_DATA : null),
                                            week == 0 ? Set.of(Incomplete.BROKEN_DATA) : Set.of()),
                                    measured(accounts)),
                            List.of()));
        }
        var column = together(0, Direction.HIGHER).columns().getFirst();
        return new AnalysisResult(
                List.of(
                        new Column("time", "", Role.TIME, ValueType.DATE, null, null, null, null),
                        column,
                        column),
                rows,
                false,
                null,
                NOW,
                List.of());
    }

    /** Of 20 accounts each: what adds up over accounts is shown by account, as it is compared. */
    @Test
    void how_a_sum_went_is_told_by_account_and_week_of_both_groups() {
        double sum = 0;
        for (int account = 0; account < ACCOUNTS; account += 2) {
            sum += 10 + noise(account, 1);
        }
        var fold =
                ImpactFold.of(
                        question(true, null),
                        Catalog.empty(),
                        new Samples(
                                sample(ACCOUNTS, false, account -> 1),
                                sample(ACCOUNTS, true, account -> 10 + noise(account, 1)),
                                sample(ACCOUNTS, false, account -> 15 + noise(account, 2))),
                        together(sum, Direction.HIGHER));
        var course =
                fold.impact(
                                Map.of(),
                                new ImpactCourse(
                                        byWeeks(20, 40.0, 60.0, null, 80.0),
                                        byWeeks(10, 10.0, 20.0, 30.0, 40.0)),
                                null)
                        .metrics()
                        .getFirst()
                        .course();

        assertThat(course)
                .containsExactly(
                        step(-2, 2.0, 1.0, true),
                        step(-1, 3.0, 2.0, false),
                        step(0, null, 3.0, false),
                        step(1, 4.0, 4.0, false));
    }

    private static Step step(int week, @Nullable Double treated, double others, boolean broken) {
        var from = CHANGED_ON.plusWeeks(week);
        return new Step(new Days(from, from.plusWeeks(1)), treated, others, broken);
    }

    @Test
    void weeks_are_whole_and_counted_from_the_change_and_short_windows_are_shown_by_days() {
        var weeks = course(30, 10, false);
        assertThat(weeks.range())
                .isEqualTo(
                        new AskedRange.Between(CHANGED_ON.minusDays(28), CHANGED_ON.plusDays(35)));
        assertThat(weeks.grain()).isEqualTo(Grain.WEEK);
        assertThat(weeks.weekStarts()).isEqualTo(DayOfWeek.MONDAY);
        var days = course(10, 3, false);
        assertThat(days.range())
                .isEqualTo(
                        new AskedRange.Between(CHANGED_ON.minusDays(10), CHANGED_ON.plusDays(13)));
        assertThat(days.grain()).isEqualTo(Grain.DAY);
    }

    @Test
    void who_is_of_both_groups_is_shown_as_concerned() {
        assertThat(course(28, 0, false).cohort()).isEqualTo(new CohortReference.Rule("a"));
        assertThat(course(28, 0, true).cohort())
                .isEqualTo(new CohortReference.Rule("(\nb\n) and not coalesce((\na\n), false)"));
    }

    private static AnalysisQuery course(int window, int gap, boolean compared) {
        var query = question(true, null).query();
        return ImpactQuestion.of(
                        new ImpactQuery(
                                query.metrics(),
                                CHANGED_ON,
                                null,
                                query.treated(),
                                query.comparison(),
                                window,
                                gap,
                                ZoneOffset.UTC,
                                null,
                                NOW,
                                false,
                                null,
                                Unit.ACCOUNT,
                                true,
                                null),
                        Catalog.empty(),
                        CHANGED_ON,
                        null,
                        NOW,
                        LocalDate.parse("2026-06-01"))
                .course(compared);
    }

    private static ImpactQuery asked(List<AskedMetric> metrics, @Nullable Direction direction) {
        return new ImpactQuery(
                metrics,
                CHANGED_ON,
                null,
                new CohortReference.Rule("a"),
                new CohortReference.Rule("b"),
                28,
                0,
                ZoneOffset.UTC,
                null,
                NOW,
                false,
                null,
                Unit.ACCOUNT,
                false,
                direction);
    }

    private static Verdict verdict(@Nullable Direction asked, @Nullable Direction own) {
        var question =
                ImpactQuestion.of(
                        asked(
                                List.of(new AskedMetric(new MetricReference.Inline("x"), "x")),
                                asked),
                        Catalog.empty(),
                        CHANGED_ON,
                        null,
                        NOW,
                        LocalDate.parse("2026-06-01"));
        return ImpactFold.of(
                        question,
                        Catalog.empty(),
                        new Samples(
                                sample(ACCOUNTS, false, account -> 10 + noise(account, 0)),
                                sample(ACCOUNTS, true, account -> 10 + noise(account, 1)),
                                sample(
                                        ACCOUNTS,
                                        false,
                                        account ->
                                                15
                                                        + (isConcerned(account) ? 2 : 0)
                                                        + noise(account, 2))),
                        together(Double.MAX_VALUE, own))
                .impact(Map.of(), null, null)
                .metrics()
                .getFirst()
                .verdict();
    }

    @Test
    void question_says_which_way_is_good_of_what_does_not_say_it() {
        assertThat(verdict(null, null)).isEqualTo(Verdict.MOVED);
        assertThat(verdict(Direction.HIGHER, null)).isEqualTo(Verdict.IMPROVED);
        assertThat(verdict(Direction.LOWER, null)).isEqualTo(Verdict.WORSENED);
        assertThat(verdict(Direction.LOWER, Direction.NEUTRAL)).isEqualTo(Verdict.WORSENED);
        assertThat(verdict(null, Direction.HIGHER)).isEqualTo(Verdict.IMPROVED);
    }

    @Test
    void question_that_says_another_direction_than_its_metrics_is_refused_for_each() {
        var catalog =
                Catalog.of(
                        1,
                        Stream.of(Direction.HIGHER, Direction.LOWER, Direction.NEUTRAL)
                                .map(direction -> new Entry(metric(direction), 1, Map.of()))
                                .toList(),
                        List.of());
        var keys = Stream.of("higher", "lower", "neutral", "higher", "unknown");
        var metrics =
                Stream.concat(
                                keys.<MetricReference>map(MetricReference.ByKey::new),
                                Stream.of(new MetricReference.Inline("x")))
                        .map(metric -> new AskedMetric(metric, null))
                        .toList();
        assertThat(ImpactCheck.problems(asked(metrics, Direction.LOWER), catalog))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo(ProblemCode.INCOMPATIBLE);
                    assertThat(problem.place().path()).containsExactly("direction");
                    assertThat(problem.message()).startsWith("'higher' says itself that higher");
                });
        assertThat(ImpactCheck.problems(asked(metrics, Direction.NEUTRAL), catalog)).hasSize(2);
        assertThat(ImpactCheck.problems(asked(metrics, null), catalog)).isEmpty();
    }

    @Test
    void an_older_version_of_a_metric_has_the_direction_of_that_version() {
        var entry = new Entry(metric(Direction.HIGHER), 2, Map.of());
        var older = new Entry(named("higher", Direction.LOWER), 1, Map.of());
        var catalog = Catalog.of(1, List.of(entry), List.of(older));
        var first = List.of(new AskedMetric(new MetricReference.Pinned("higher", 1), null));
        var second = List.of(new AskedMetric(new MetricReference.Pinned("higher", 2), null));

        assertThat(ImpactCheck.problems(asked(first, Direction.LOWER), catalog)).isEmpty();
        assertThat(ImpactCheck.problems(asked(first, Direction.HIGHER), catalog)).hasSize(1);
        assertThat(ImpactCheck.problems(asked(second, Direction.HIGHER), catalog)).isEmpty();
    }

    private static Metric metric(Direction direction) {
        return named(direction.name().toLowerCase(Locale.ROOT), direction);
    }

    private static Metric named(String name, Direction direction) {
        return new Metric(
                name,
                name,
                "",
                Metric.Level.CELL,
                null,
                "1",
                null,
                direction,
                null,
                null,
                null,
                false,
                Metric.Status.PUBLISHED);
    }
}
