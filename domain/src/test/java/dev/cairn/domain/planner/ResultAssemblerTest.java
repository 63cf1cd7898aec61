package dev.cairn.domain.planner;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.ask;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Notice;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.plan.Answer;
import dev.cairn.domain.plan.Coverage;
import dev.cairn.domain.time.Grain;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultAssemblerTest {
    private static final Measured SEVEN = measured(7, null, null);

    private static Measured measured(
            int value, @Nullable Integer denominator, @Nullable Long sample) {
        return new Measured(new BigDecimal(value), denominator, denominator, sample, null);
    }

    private static Coverage coverage(String from, String until, String zone) {
        var first = LocalDate.parse(from);
        var end = LocalDate.parse(until);
        return new Coverage(
                first,
                first.atStartOfDay(ZoneId.of(zone)).toInstant(),
                end,
                end.atStartOfDay(ZoneId.of(zone)).toInstant());
    }

    private static Answer.Row cell(int bucket, Measured... values) {
        return new Answer.Row(RowKind.CELL, bucket, List.of(), List.of(values));
    }

    private static AnalysisResult assembled(
            Question question, Map<String, Coverage> coverage, Answer.Row... rows) {
        return ResultAssembler.assemble(
                question.ready(shop()),
                new Answer(List.of(rows), false, coverage, List.of(), "test", 0),
                question.query().zone());
    }

    private static Set<Incomplete> incomplete(
            Question question, Map<String, Coverage> coverage, int bucket) {
        var result = assembled(question, coverage, cell(bucket, SEVEN));
        var cells = result.rows().getFirst().cells();
        return ((Cell.Value) cells.getLast()).incomplete();
    }

    // ---- complete

    private static final Map<String, Coverage> ALL =
            Map.of("event", coverage("2020-01-01", "2030-01-01", "UTC"));

    @Test
    void a_bucket_that_is_over_and_covered_is_complete() {
        assertThat(incomplete(ask("events"), ALL, 0)).isEmpty();
    }

    @Test
    void a_bucket_that_has_not_ended_is_not_complete() {
        assertThat(incomplete(ask("events").asOf("2026-01-31T23:59:59Z"), ALL, 0))
                .containsExactly(Incomplete.BUCKET_NOT_OVER);
        assertThat(incomplete(ask("events").asOf("2026-02-01T00:00:00Z"), ALL, 0)).isEmpty();
    }

    @Test
    void a_bucket_that_the_range_cuts_is_not_complete() {
        var question = ask("events").each(Grain.MONTH).between("2026-01-10", "2026-03-01");
        assertThat(incomplete(question, ALL, 0)).containsExactly(Incomplete.CUT_BY_RANGE);
        assertThat(incomplete(question, ALL, 1)).isEmpty();
    }

    @Test
    void the_whole_range_is_not_cut_by_itself() {
        var question =
                ask("events").each(Grain.MONTH).between("2026-01-10", "2026-03-01").withTotals();
        var result =
                assembled(
                        question,
                        ALL,
                        new Answer.Row(RowKind.GRAND_TOTAL, -1, List.of(), List.of(SEVEN)));
        assertThat(((Cell.Value) result.rows().getFirst().cells().getLast()).incomplete())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "2026-01-01, 2026-02-01, -",
                "2026-01-01, 2026-01-31, BEYOND_COVERAGE",
                "2026-01-02, 2026-02-01, BEFORE_COVERAGE",
            })
    void coverage_reaches_to_both_ends_of_the_bucket(
            String from, String until, @Nullable Incomplete reason) {
        var expected = reason == null ? Set.of() : Set.of(reason);
        assertThat(incomplete(ask("events"), Map.of("event", coverage(from, until, "UTC")), 0))
                .isEqualTo(expected);
        assertThat(incomplete(ask("revenue"), Map.of("invoice", coverage(from, until, "UTC")), 0))
                .isEqualTo(expected);
    }

    @Test
    void instants_are_covered_by_instants_and_dates_by_dates() {
        var tokyo = coverage("2026-01-01", "2026-02-01", "Asia/Tokyo");
        assertThat(incomplete(ask("events"), Map.of("event", tokyo), 0))
                .containsExactly(Incomplete.BEYOND_COVERAGE);
        assertThat(incomplete(ask("revenue"), Map.of("invoice", tokyo), 0)).isEmpty();
    }

    @Test
    void a_source_of_which_nothing_is_known_covers_nothing() {
        assertThat(incomplete(ask("events"), Map.of(), 0))
                .containsExactly(Incomplete.BEYOND_COVERAGE);
    }

    @Test
    void every_source_that_is_read_counts_and_no_other() {
        var short_ = coverage("2026-01-10", "2026-01-20", "UTC");
        var both = formula("count(event) / count(ticket)");
        assertThat(incomplete(both, Map.of("event", ALL.get("event"), "ticket", short_), 0))
                .containsExactlyInAnyOrder(Incomplete.BEFORE_COVERAGE, Incomplete.BEYOND_COVERAGE);
        assertThat(
                        incomplete(
                                ask("events"),
                                Map.of("event", ALL.get("event"), "ticket", short_),
                                0))
                .isEmpty();
        assertThat(incomplete(formula("count(account)"), Map.of(), 0)).isEmpty();
        assertThat(incomplete(ask("usage"), Map.of("event", short_), 0)).hasSize(2);
    }

    @Test
    void all_reasons_are_told_together() {
        var question =
                ask("events")
                        .each(Grain.MONTH)
                        .between("2026-01-10", "2026-01-20")
                        .asOf("2026-01-15T00:00:00Z");
        assertThat(
                        incomplete(
                                question,
                                Map.of("event", coverage("2026-01-12", "2026-01-14", "UTC")),
                                0))
                .containsExactlyInAnyOrder(
                        Incomplete.CUT_BY_RANGE,
                        Incomplete.BUCKET_NOT_OVER,
                        Incomplete.BEFORE_COVERAGE,
                        Incomplete.BEYOND_COVERAGE);
    }

    // ---- rows

    @Test
    void a_row_has_its_time_its_groups_and_its_values() {
        var question = ask("events").by("account.plan").each(Grain.MONTH).in("America/New_York");
        var none = new Measured(null, null, null, null, Absence.NO_DATA);
        var result =
                assembled(
                        question,
                        ALL,
                        new Answer.Row(
                                RowKind.CELL, 0, List.of(GroupValue.of("pro")), List.of(SEVEN)),
                        new Answer.Row(
                                RowKind.TOTAL_OVER_TIME,
                                -1,
                                List.of(GroupValue.NO_ACCOUNT),
                                List.of(none)),
                        new Answer.Row(
                                RowKind.TOTAL_OVER_GROUPS,
                                0,
                                List.of(GroupValue.TOTAL),
                                List.of(SEVEN)));
        assertThat(result.rows())
                .extracting(AnalysisResult.Row::kind)
                .containsExactly(RowKind.CELL, RowKind.TOTAL_OVER_TIME, RowKind.TOTAL_OVER_GROUPS);
        assertThat(result.rows().get(0).cells())
                .containsExactly(
                        new Cell.Time(
                                LocalDate.of(2026, 1, 1),
                                Instant.parse("2026-01-01T05:00:00Z"),
                                Set.of()),
                        new Cell.Group(GroupValue.of("pro")),
                        new Cell.KeyKind(GroupValue.Kind.VALUE),
                        new Cell.Value(SEVEN, Set.of()));
        assertThat(result.rows().get(1).cells())
                .containsExactly(
                        new Cell.Time(null, null, Set.of()),
                        new Cell.Group(GroupValue.NO_ACCOUNT),
                        new Cell.KeyKind(GroupValue.Kind.NO_ACCOUNT),
                        new Cell.Value(none, Set.of()));
        assertThat(((Cell.Time) result.rows().get(2).cells().getFirst()).label())
                .isEqualTo(LocalDate.of(2026, 1, 1));
    }

    @Test
    void a_cut_bucket_is_called_by_its_calendar_name() {
        var question = ask("events").each(Grain.MONTH).between("2026-01-10", "2026-03-01");
        var time =
                (Cell.Time)
                        assembled(question, ALL, cell(0, SEVEN))
                                .rows()
                                .getFirst()
                                .cells()
                                .getFirst();
        assertThat(time.label()).isEqualTo(LocalDate.of(2026, 1, 1));
        assertThat(time.incomplete()).containsExactly(Incomplete.CUT_BY_RANGE);
    }

    @Test
    void an_hour_is_called_by_its_instant() {
        var question = ask("events").each(Grain.HOUR).between("2026-01-01", "2026-01-02");
        var time =
                (Cell.Time)
                        assembled(question, ALL, cell(3, SEVEN))
                                .rows()
                                .getFirst()
                                .cells()
                                .getFirst();
        assertThat(time.label()).isEqualTo(Instant.parse("2026-01-01T03:00:00Z"));
    }

    @Test
    void the_time_of_a_row_is_complete_where_all_its_sources_are() {
        var question = ask("events", "revenue").each(Grain.MONTH);
        var result = assembled(question, ALL, cell(0, SEVEN, SEVEN));
        assertThat(((Cell.Time) result.rows().getFirst().cells().getFirst()).incomplete())
                .containsExactly(Incomplete.BEYOND_COVERAGE);
        assertThat(((Cell.Value) result.rows().getFirst().cells().get(1)).incomplete()).isEmpty();
    }

    @Test
    void without_a_time_axis_there_is_no_time() {
        assertThat(assembled(ask("events"), ALL, cell(0, SEVEN)).rows().getFirst().cells())
                .containsExactly(new Cell.Value(SEVEN, Set.of()));
    }

    // ---- pages

    @Test
    void the_cursor_is_of_the_last_cell_and_not_of_a_total() {
        var question =
                ask("events").each(Grain.MONTH).between("2026-01-01", "2026-03-01").withTotals();
        var ready = question.ready(shop());
        var last = cell(1, SEVEN);
        var result =
                assembled(
                        question,
                        ALL,
                        cell(0, SEVEN),
                        last,
                        new Answer.Row(RowKind.GRAND_TOTAL, -1, List.of(), List.of(SEVEN)));
        assertThat(result.cursor()).isEqualTo(Cursor.after(ready, last));
        assertThat(result.hasNextPage()).isFalse();
        assertThat(result.asOf()).isEqualTo(Question.NOW);
    }

    @Test
    void an_answer_without_cells_has_no_cursor() {
        assertThat(assembled(ask("events"), ALL).cursor()).isNull();
    }

    // ---- notices

    @Test
    void ratios_over_few_observations_are_remarked_upon() {
        var values = new ArrayList<Answer.Row>();
        for (long sample : new long[] {0, 1, 29, 30, 100}) {
            values.add(cell(0, measured(1, 2, sample)));
        }
        var result = assembled(ask("events"), ALL, values.toArray(Answer.Row[]::new));
        assertThat(result.notices())
                .containsExactly(
                        new Notice(
                                "SMALL_SAMPLE",
                                "2 of 5 values of 'events' rest on fewer than 30 observations.",
                                "events"));
    }

    @Test
    void totals_of_what_having_leaves_out_too_are_remarked_upon() {
        var having =
                ask("events")
                        .by("account.plan")
                        .having(new Filter.Where("events", Operator.GT, List.of("3")));

        assertThat(assembled(having, ALL).notices()).isEmpty();
        assertThat(assembled(ask("events").by("account.plan").withTotals(), ALL).notices())
                .isEmpty();
        assertThat(assembled(having.withTotals(), ALL).notices())
                .extracting(Notice::code)
                .containsExactly("TOTALS_OF_ALL");
    }

    @Test
    void an_answer_that_is_not_whole_says_so() {
        var ready = ask("events").ready(shop());
        var rows = List.of(cell(0, SEVEN), cell(0, SEVEN));

        assertThat(
                        ResultAssembler.assemble(
                                        ready,
                                        new Answer(rows, true, ALL, List.of(), "test", 1),
                                        ZoneOffset.UTC)
                                .notices())
                .containsExactly(
                        new Notice(
                                "CUT_PAGE",
                                "There are more rows than these 2; ask for more at once (first, up to 10000) or for the next page (after).",
                                null));
        assertThat(
                        ResultAssembler.assemble(
                                        ready,
                                        new Answer(rows, false, ALL, List.of(), "test", 1),
                                        ZoneOffset.UTC)
                                .notices())
                .isEmpty();
    }

    @Test
    void counts_and_values_without_sample_are_not_remarked_upon() {
        var result =
                assembled(
                        ask("events"),
                        ALL,
                        cell(0, measured(1, null, 3L)),
                        cell(0, measured(1, 2, null)));
        assertThat(result.notices()).isEmpty();
    }

    @Test
    void days_are_cut_in_the_zone_that_is_given() {
        var question = ask("events").each(Grain.DAY).in("Asia/Tokyo");
        var time =
                (Cell.Time)
                        assembled(question, ALL, cell(0, SEVEN))
                                .rows()
                                .getFirst()
                                .cells()
                                .getFirst();
        assertThat(time.label()).isEqualTo(LocalDate.of(2026, 1, 1));
        assertThat(time.start())
                .isEqualTo(LocalDate.of(2025, 12, 31).atTime(15, 0).toInstant(ZoneOffset.UTC));
    }
}
