package dev.cairn.domain.why;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.AnalysisResult.ValueType;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.time.CalendarGrain;
import dev.cairn.domain.time.Grain;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RowChangeTest {
    private static final Instant AS_OF = Instant.parse("2026-07-08T10:00:00Z");
    private static final AskedMetric HEALTH =
            new AskedMetric(new MetricReference.ByKey("health"), null);

    private static AnalysisQuery question(AskedRange range, String... groups) {
        return AnalysisQuery.of(List.of(HEALTH), range, ZoneOffset.UTC)
                .withGroupBy(List.of(groups));
    }

    private static Column column(String key, Role role) {
        return new Column(key, key, role, ValueType.NUMBER, null, null, null, null);
    }

    /** Of one row, whose groups are those of the question. */
    private static List<WhyQuery> asked(
            AnalysisQuery question, List<Cell> before, List<GroupValue> group) {
        var columns = new ArrayList<Column>();
        before.forEach(_ -> columns.add(column("bucket", Role.TIME)));
        question.groupBy().forEach(key -> columns.add(column(key, Role.DIMENSION)));
        columns.add(column("health", Role.MEASURE));
        var cells = new ArrayList<>(before);
        group.forEach(value -> cells.add(new Cell.Group(value)));
        cells.add(new Cell.Value(new Measured(38.0, null, null, null, null), Set.of()));
        var row = new Row(RowKind.CELL, cells, group, null);
        var answer = new AnalysisResult(columns, List.of(row), false, null, AS_OF, null, List.of());
        return RowChange.of(question, answer, row, "health");
    }

    private static AskedRange between(String from, String to) {
        return new AskedRange.Between(LocalDate.parse(from), LocalDate.parse(to));
    }

    private static void assertCells(List<WhyQuery> asked, AskedRange from, AskedRange to) {
        assertThat(asked)
                .isNotEmpty()
                .allSatisfy(query -> {
                    assertThat(query.from().range()).isEqualTo(from);
                    assertThat(query.to().range()).isEqualTo(to);
                    assertThat(query.asOf()).isEqualTo(AS_OF);
                });
    }

    @Test
    void the_last_whole_periods_stand_against_as_many_before() {
        assertCells(
                asked(question(new AskedRange.Last(2, Grain.MONTH)), List.of(), List.of()),
                between("2026-03-01", "2026-05-01"),
                between("2026-05-01", "2026-07-01"));
    }

    @Test
    void a_range_of_months_stands_against_as_many_months_and_one_of_days_against_days() {
        var quarter = between("2026-04-01", "2026-07-01");
        assertCells(
                asked(question(quarter), List.of(), List.of()),
                between("2026-01-01", "2026-04-01"),
                quarter);
        var week = between("2026-06-29", "2026-07-06");
        assertCells(
                asked(question(week), List.of(), List.of()),
                between("2026-06-22", "2026-06-29"),
                week);
    }

    @Test
    void a_bucket_stands_against_the_one_before() {
        var question = question(new AskedRange.Last(6, Grain.MONTH)).withGrain(Grain.MONTH);
        var bucket = new Cell.Time(LocalDate.of(2026, 3, 1), null, Set.of());
        assertCells(
                asked(question, List.of(bucket), List.of()),
                between("2026-02-01", "2026-03-01"),
                between("2026-03-01", "2026-04-01"));
    }

    @Test
    void a_bucket_that_is_not_whole_is_no_match_for_the_one_before() {
        var question = question(new AskedRange.Last(6, Grain.MONTH)).withGrain(Grain.MONTH);
        var bucket =
                new Cell.Time(LocalDate.of(2026, 7, 1), null, Set.of(Incomplete.BUCKET_NOT_OVER));
        assertThat(asked(question, List.of(bucket), List.of())).isEmpty();
    }

    @Test
    void periods_of_a_calendar_of_the_catalogue_are_not_guessed() {
        var question = question(new AskedRange.Last(1, new CalendarGrain("fiscal", "quarter")));
        assertThat(asked(question, List.of(), List.of())).isEmpty();
    }

    @Test
    void the_group_of_the_row_is_a_condition() {
        var question =
                question(between("2026-04-01", "2026-07-01"), "account.segment", "account.owner")
                        .withWhere("account.plan = 'pro'");
        var asked = asked(question, List.of(), List.of(GroupValue.of("it's"), GroupValue.NONE));
        assertThat(asked)
                .extracting(WhyQuery::where)
                .containsExactly(
                        "(account.plan = 'pro') and (account.segment = 'it''s') and (account.owner is none)");
    }

    @Test
    void an_account_is_asked_for_under_the_conditions_and_then_whatever_they_say_of_it() {
        var question =
                question(new AskedRange.Last(1, Grain.DAY), "account")
                        .withWhere("per(account : health.band = 'red')")
                        .withCohort(new CohortReference.ByKey("at_risk"));
        var asked = asked(question, List.of(), List.of(GroupValue.of("A1")));
        assertThat(asked).extracting(WhyQuery::account).containsExactly("A1", "A1");
        assertThat(asked)
                .extracting(WhyQuery::where)
                .containsExactly("(per(account : health.band = 'red'))", null);
        assertThat(asked)
                .extracting(WhyQuery::cohort)
                .containsExactly(new CohortReference.ByKey("at_risk"), null);
    }

    @Test
    void all_other_groups_together_are_not_asked_for() {
        var question = question(between("2026-04-01", "2026-07-01"), "account.segment");
        assertThat(asked(question, List.of(), List.of(GroupValue.OTHER))).isEmpty();
    }
}
