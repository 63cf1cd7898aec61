package dev.cairn.domain.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Expectations;
import dev.cairn.domain.model.Expectations.Broken;
import dev.cairn.domain.model.Expectations.Control;
import dev.cairn.domain.model.Expectations.OfField;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Grade;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.time.Grain;
import dev.cairn.domain.trust.Check.Status;
import dev.cairn.domain.trust.SourceFigures.ControlFigure;
import dev.cairn.domain.trust.SourceFigures.Period;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AssessmentTest {
    private static final LocalDate FIRST = LocalDate.parse("2026-01-05");
    private static final int DAYS = 140;
    private static final LocalDate LAST = FIRST.plusDays(DAYS - 1);

    private static final Expectations DAILY =
            new Expectations(
                    Grain.DAY, null, List.of(), List.of(), null, true, List.of(), List.of());

    private static Source event(Expectations expected) {
        return new Source(
                        "event",
                        "event",
                        "",
                        "at",
                        ZoneId.of("UTC"),
                        null,
                        null,
                        "customer",
                        null,
                        List.of(),
                        List.of(
                                Field.of("at", DataType.DATE),
                                Field.of("customer", DataType.TEXT),
                                Field.of("name", DataType.TEXT),
                                Field.of("score", DataType.INTEGER)))
                .with(expected);
    }

    private static Expectations ofField(OfField field) {
        return new Expectations(
                null, null, List.of(field), List.of(), null, false, List.of(), List.of());
    }

    /** A hundred facts a day. */
    private static List<Period> days(long... wrongOfDay) {
        var periods = new ArrayList<Period>();
        for (int day = 0; day < DAYS; day++) {
            var wrong =
                    wrongOfDay.length == 0
                            ? List.<Long>of()
                            : List.of(day < wrongOfDay.length ? wrongOfDay[day] : 0);
            periods.add(new Period(FIRST.plusDays(day), FIRST.plusDays(day + 1), 100L, wrong));
        }
        return periods;
    }

    private static void set(List<Period> periods, int day, long facts) {
        var before = periods.get(day);
        periods.set(day, new Period(before.from(), before.until(), facts, before.wrong()));
    }

    private static SourceFigures figures(List<Period> periods) {
        return new SourceFigures(LAST, periods, 0, 0, List.of());
    }

    private static Instant onDay(LocalDate day) {
        return day.atTime(12, 0).toInstant(java.time.ZoneOffset.UTC);
    }

    private static SourceTrust judged(Expectations expected, SourceFigures figures) {
        return Assessment.of(event(expected), figures, onDay(LAST.plusDays(1)));
    }

    private static Check check(SourceTrust trust, String name) {
        return trust.checks().stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_source_of_which_nothing_is_expected_has_no_grade() {
        assertThat(judged(Expectations.NONE, figures(days())).grade()).isNull();
    }

    @Test
    void what_is_as_expected_is_an_A() {
        var trust = judged(DAILY, figures(days()));
        assertThat(trust.grade()).isEqualTo(Grade.A);
        assertThat(trust.failing()).isEmpty();
        assertThat(trust.broken()).isEmpty();
    }

    @Test
    void a_source_without_facts_is_an_F() {
        assertThat(judged(DAILY, SourceFigures.EMPTY).grade()).isEqualTo(Grade.F);
    }

    @Test
    void freshness_warns_beyond_what_is_expected_and_fails_beyond_twice_that() {
        var expected =
                new Expectations(null, 3, List.of(), List.of(), null, false, List.of(), List.of());
        var statuses =
                IntStream.of(3, 4, 6, 7)
                        .mapToObj(days ->
                                check(
                                                Assessment.of(
                                                        event(expected),
                                                        figures(days()),
                                                        onDay(LAST.plusDays(days))),
                                                "freshness")
                                        .status())
                        .toList();
        assertThat(statuses).containsExactly(Status.PASS, Status.WARN, Status.WARN, Status.FAIL);
    }

    /** Of an export that was made once. */
    @Test
    void facts_that_may_be_of_any_age_are_not_asked_for_it() {
        var expected =
                new Expectations(
                        Grain.DAY,
                        Expectations.ANY_AGE,
                        List.of(),
                        List.of(),
                        null,
                        true,
                        List.of(),
                        List.of());
        var trust = Assessment.of(event(expected), figures(days()), onDay(LAST.plusYears(9)));
        assertThat(trust.checks()).extracting(Check::name).doesNotContain("freshness");
        assertThat(trust.grade()).isEqualTo(Grade.A);
    }

    @Test
    void a_source_that_needs_no_facts_has_no_grade_without_any() {
        var optional =
                new Expectations(
                        Grain.DAY, null, List.of(), List.of(), null, true, List.of(), List.of(),
                        null, true);
        var trust = judged(optional, SourceFigures.EMPTY);
        assertThat(trust.grade()).isNull();
        assertThat(trust.failing()).isEmpty();
        assertThat(judged(optional, figures(days())).grade()).isEqualTo(Grade.A);
    }

    @Test
    void a_week_with_a_tenth_of_the_facts_is_found_as_a_broken_stretch() {
        var days = days();
        IntStream.range(70, 77).forEach(day -> set(days, day, 10));

        var trust = judged(DAILY, figures(days));

        assertThat(check(trust, "volume").status()).isEqualTo(Status.FAIL);
        assertThat(trust.grade()).isEqualTo(Grade.C);
        assertThat(trust.since()).isEqualTo(FIRST.plusDays(70));
        assertThat(trust.withoutFigures().since()).isNull();
        assertThat(trust.broken())
                .containsExactly(
                        new BrokenStretch(
                                "event",
                                FIRST.plusDays(70),
                                FIRST.plusDays(77),
                                Check.Kind.VOLUME.words(),
                                false));
        assertThat(SourceTrust.isBroken(List.of(trust), FIRST.plusDays(76), FIRST.plusDays(90)))
                .isTrue();
        assertThat(SourceTrust.isBroken(List.of(trust), FIRST.plusDays(77), FIRST.plusDays(90)))
                .isFalse();
    }

    @Test
    void a_single_odd_day_of_long_ago_warns() {
        var days = days();
        set(days, 70, 10);
        var trust = judged(DAILY, figures(days));
        assertThat(check(trust, "volume").status()).isEqualTo(Status.WARN);
        assertThat(trust.grade()).isEqualTo(Grade.B);
    }

    /** What is complete until a Wednesday has little of that week. */
    @Test
    void a_period_that_is_covered_in_part_is_not_compared() {
        var days = days();
        var cut = days.get(DAYS - 1);
        days.set(DAYS - 1, new Period(cut.from(), cut.until(), 10L, List.of(), false));
        assertThat(judged(DAILY, figures(days)).grade()).isEqualTo(Grade.A);
        days.set(DAYS - 1, new Period(cut.from(), cut.until(), 10L, List.of(), true));
        assertThat(judged(DAILY, figures(days)).grade()).isEqualTo(Grade.C);
    }

    @Test
    void an_odd_day_of_this_week_fails() {
        var days = days();
        set(days, DAYS - 2, 10);
        assertThat(check(judged(DAILY, figures(days)), "volume").status()).isEqualTo(Status.FAIL);
    }

    @Test
    void days_without_facts_are_incomplete() {
        var days = days();
        set(days, 70, 0);
        var check = check(judged(DAILY, figures(days)), "completeness");
        assertThat(check.status()).isEqualTo(Status.WARN);
        assertThat(check.from()).isEqualTo(FIRST.plusDays(70));
        assertThat(check.until()).isEqualTo(FIRST.plusDays(71));
        assertThat(check.figure()).isEqualTo(1.0 / DAYS);
    }

    private static Status completenessOf(long... countsInTurn) {
        var days = days();
        IntStream.range(0, DAYS)
                .forEach(day -> set(days, day, countsInTurn[day % countsInTurn.length]));
        set(days, 70, 0);
        return check(judged(DAILY, figures(days)), "completeness").status();
    }

    /** Of three a day by chance one day of twenty has none; where a row comes each day, none is missed by chance. */
    @Test
    void few_facts_are_missed_only_where_they_come_regularly() {
        assertThat(completenessOf(1)).isEqualTo(Status.WARN);
        assertThat(completenessOf(2, 3, 4)).isEqualTo(Status.WARN);
        assertThat(completenessOf(1, 2, 3, 4, 5, 3)).isEqualTo(Status.PASS);
        assertThat(completenessOf(8, 3, 14, 9, 9)).isEqualTo(Status.WARN);
        // 140 exp(-7) = 0.13: of eight such sources one has such a day by chance.
        assertThat(completenessOf(7, 2, 12, 7, 7)).isEqualTo(Status.PASS);
    }

    @Test
    void a_declared_stretch_is_told_and_counts_for_nothing_else() {
        var days = days();
        IntStream.range(70, 77).forEach(day -> set(days, day, 0));
        var declared = new Broken(FIRST.plusDays(70), FIRST.plusDays(77), "tracker down");
        var trust =
                judged(
                        new Expectations(
                                Grain.DAY,
                                null,
                                List.of(),
                                List.of(),
                                null,
                                true,
                                List.of(),
                                List.of(declared)),
                        figures(days));
        assertThat(trust.grade()).isEqualTo(Grade.B);
        assertThat(trust.failing()).extracting(Check::name).containsExactly("broken");
        assertThat(trust.broken())
                .containsExactly(
                        new BrokenStretch(
                                "event", declared.from(), declared.until(), "tracker down", true));
    }

    @Test
    void a_share_of_empty_values_warns_up_to_twice_what_is_allowed() {
        var expected =
                ofField(
                        new OfField(
                                "score", List.of(), null, null, new BigDecimal("0.05"), List.of()));
        // 14,000 facts: 700 are 5 %, 1,400 are 10 %.
        var wrong = new long[DAYS];
        java.util.Arrays.fill(wrong, 5);
        assertThat(check(judged(expected, figures(days(wrong))), "empty:score").status())
                .isEqualTo(Status.PASS);
        wrong[0] = 6;
        assertThat(check(judged(expected, figures(days(wrong))), "empty:score").status())
                .isEqualTo(Status.WARN);
        java.util.Arrays.fill(wrong, 10);
        assertThat(check(judged(expected, figures(days(wrong))), "empty:score").status())
                .isEqualTo(Status.WARN);
        wrong[0] = 11;
        var check = check(judged(expected, figures(days(wrong))), "empty:score");
        assertThat(check.status()).isEqualTo(Status.FAIL);
        assertThat(check.figure()).isEqualTo(1401 / 14000.0);
    }

    @Test
    void days_most_of_whose_values_are_missing_are_broken() {
        var expected =
                ofField(
                        new OfField(
                                "score", List.of(), null, null, new BigDecimal("0.05"), List.of()));
        var wrong = new long[DAYS];
        wrong[20] = 80;
        wrong[21] = 90;
        var trust = judged(expected, figures(days(wrong)));
        assertThat(check(trust, "empty:score").status()).isEqualTo(Status.WARN);
        assertThat(trust.broken())
                .extracting(BrokenStretch::from, BrokenStretch::until)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                FIRST.plusDays(20), FIRST.plusDays(22)));
    }

    @Test
    void a_control_total_that_differs_by_more_than_its_tolerance_fails_and_names_the_time() {
        var control =
                new Control(
                        "ledger",
                        "sum(event.score)",
                        "sum(ledger.amount)",
                        new BigDecimal("0.01"),
                        Grain.MONTH,
                        null,
                        null);
        var expected =
                new Expectations(
                        null, null, List.of(), List.of(), null, false, List.of(control), List.of());
        var figures =
                new SourceFigures(
                        LAST,
                        days(),
                        0,
                        0,
                        List.of(
                                month("2026-01-01", 100.0, 101.0),
                                month("2026-02-01", 98.0, 100.0),
                                month("2026-03-01", null, 5.0)));
        var check = check(judged(expected, figures), "control:ledger");
        assertThat(check.status()).isEqualTo(Status.FAIL);
        assertThat(check.figure()).isEqualTo(0.02);
        assertThat(check.from()).isEqualTo(LocalDate.parse("2026-02-01"));
        assertThat(check.until()).isEqualTo(LocalDate.parse("2026-03-01"));
    }

    private static ControlFigure month(String from, Double actual, Double expected) {
        var start = LocalDate.parse(from);
        return new ControlFigure("ledger", start, start.plusMonths(1), actual, expected);
    }

    @Test
    void facts_with_the_key_of_another_are_told() {
        var expected =
                new Expectations(
                        null, null, List.of(), List.of("name"), null, false, List.of(), List.of());
        var trust = judged(expected, new SourceFigures(LAST, days(), 14_000, 13_999, List.of()));
        assertThat(check(trust, "unique").status()).isEqualTo(Status.WARN);
        assertThat(check(trust, "unique").figure()).isEqualTo(1 / 14_000.0);
    }

    @Test
    void failures_make_the_grade() {
        assertThat(Check.grade(of(Status.PASS))).isEqualTo(Grade.A);
        assertThat(Check.grade(of(Status.WARN, Status.WARN))).isEqualTo(Grade.B);
        assertThat(Check.grade(of(Status.WARN, Status.FAIL))).isEqualTo(Grade.C);
        assertThat(Check.grade(of(Status.FAIL, Status.FAIL))).isEqualTo(Grade.D);
        assertThat(Check.grade(of(Status.FAIL, Status.FAIL, Status.FAIL, Status.FAIL)))
                .isEqualTo(Grade.F);
    }

    private static List<Check> of(Status... statuses) {
        return java.util.Arrays.stream(statuses)
                .map(status ->
                        new Check(
                                "x",
                                Check.Kind.EMPTY,
                                null,
                                status,
                                null,
                                null,
                                null,
                                null,
                                "",
                                ""))
                .toList();
    }

    @Test
    void who_sees_some_accounts_is_told_neither_figures_nor_days() {
        var days = days();
        IntStream.range(70, 77).forEach(day -> set(days, day, 10));
        var told = judged(DAILY, figures(days)).withoutFigures();
        assertThat(told.grade()).isEqualTo(Grade.C);
        assertThat(told.broken()).isEmpty();
        assertThat(check(told, "volume"))
                .isEqualTo(
                        new Check(
                                "volume",
                                Check.Kind.VOLUME,
                                null,
                                Status.FAIL,
                                null,
                                null,
                                null,
                                null,
                                Check.Kind.VOLUME.words(),
                                ""));
    }
}
