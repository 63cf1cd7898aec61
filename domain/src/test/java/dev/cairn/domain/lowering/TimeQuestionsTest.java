package dev.cairn.domain.lowering;

import static dev.cairn.domain.catalog.CatalogBuilder.sourceOf;
import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.ask;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.plan.PlanWords;
import dev.cairn.domain.planner.Question;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.Grain;
import dev.cairn.domain.time.TimeRange;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeQuestionsTest {
    // ---- ranges

    @Test
    void without_grain_the_range_is_one_bucket() {
        var plan = ask("events").planned(shop());
        assertThat(plan.time().axis()).isFalse();
        assertThat(plan.time().buckets()).containsExactly(plan.time().whole());
        assertThat(plan.time().whole().start()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(plan.time().whole().endDate()).isEqualTo(LocalDate.of(2026, 2, 1));
    }

    @Test
    void a_grain_cuts_the_range_in_the_questions_zone() {
        var plan =
                ask("events")
                        .in("America/New_York")
                        .each(Grain.MONTH)
                        .between("2026-01-01", "2026-03-01")
                        .planned(shop());
        assertThat(plan.time().buckets())
                .extracting(bucket -> bucket.start())
                .containsExactly(
                        Instant.parse("2026-01-01T05:00:00Z"),
                        Instant.parse("2026-02-01T05:00:00Z"));
    }

    @Test
    void a_range_inside_of_a_bucket_cuts_it() {
        var plan =
                ask("events").each(Grain.MONTH).between("2026-01-10", "2026-03-01").planned(shop());
        assertThat(plan.time().buckets())
                .extracting(bucket -> bucket.cut())
                .containsExactly(true, false);
    }

    @Test
    void the_last_n_are_whole_buckets_that_ended() {
        var plan = ask("events").each(Grain.MONTH).last(2, Grain.MONTH).planned(shop());
        assertThat(plan.time().buckets())
                .extracting(bucket -> bucket.startDate())
                .containsExactly(LocalDate.of(2026, 5, 1), LocalDate.of(2026, 6, 1));
    }

    @Test
    void the_last_n_end_at_what_counts_as_now() {
        var plan = ask("events").last(7, Grain.DAY).asOf("2026-03-15T10:00:00Z").planned(shop());
        assertThat(plan.time().whole().startDate()).isEqualTo(LocalDate.of(2026, 3, 8));
        assertThat(plan.time().whole().endDate()).isEqualTo(LocalDate.of(2026, 3, 15));
        assertThat(plan.time().asOf()).isEqualTo(Instant.parse("2026-03-15T10:00:00Z"));
        assertThat(plan.time().asOfDate()).isEqualTo(LocalDate.of(2026, 3, 16));
    }

    @Test
    void dates_are_known_up_to_what_counts_as_now_in_the_questions_zone() {
        assertThat(ask("events").asOf("2026-03-15T00:00:00Z").planned(shop()).time().asOfDate())
                .isEqualTo(LocalDate.of(2026, 3, 15));
        assertThat(
                        ask("events")
                                .in("Asia/Tokyo")
                                .asOf("2026-03-15T16:00:00Z")
                                .planned(shop())
                                .time()
                                .asOfDate())
                .isEqualTo(LocalDate.of(2026, 3, 17));
    }

    @ParameterizedTest
    @CsvSource({"2026-02-01, 2026-01-01", "2026-01-01, 2026-01-01"})
    void a_range_that_ends_before_it_starts_is_refused(String from, String to) {
        assertThat(ask("events").between(from, to).told(shop()))
                .containsExactly("BAD_RANGE timeRange/between");
    }

    @Test
    void a_day_that_a_zone_left_out_is_no_range() {
        assertThat(
                        ask("events")
                                .in("Pacific/Apia")
                                .between("2011-12-30", "2011-12-31")
                                .problems(shop()))
                .extracting(Problem::message)
                .containsExactly(
                        "In Pacific/Apia the clock passed over all from 2011-12-30 to 2011-12-30; ask for a day before or after as well.");
    }

    @ParameterizedTest
    @CsvSource({
        "0000-01-01, 2026-01-01",
        "2026-01-01, +10000-01-01",
        "-999999999-01-01, +999999999-12-31"
    })
    void years_beyond_all_calendars_are_refused(String from, String to) {
        assertThat(ask("events").between(from, to).told(shop()))
                .containsExactly("BAD_RANGE timeRange/between");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void a_number_of_buckets_that_is_none_is_refused(int count) {
        assertThat(ask("events").last(count, Grain.DAY).told(shop()))
                .containsExactly("BAD_RANGE timeRange/last/count");
    }

    @Test
    void the_last_n_do_not_reach_before_the_first_year() {
        assertThat(ask("events").last(100_000, Grain.YEAR).told(shop()))
                .containsExactly("BAD_RANGE timeRange/last/count");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1000000000-01-01T00:00:00Z",
                "+1000000000-12-31T23:59:59Z",
                "0000-12-31T23:59:59Z"
            })
    void what_counts_as_now_is_of_our_era(String asOf) {
        assertThat(ask("events").asOf(asOf).told(shop())).containsExactly("BAD_RANGE asOf");
    }

    @Test
    void a_range_between_instants_is_cut_there() {
        var plan =
                ask("events")
                        .betweenInstants("2026-01-05T10:30:00Z", "2026-01-05T12:00:00Z")
                        .each(Grain.HOUR)
                        .planned(shop());
        assertThat(plan.time().buckets())
                .extracting(bucket -> bucket.cut())
                .containsExactly(true, false);
        assertThat(plan.time().whole().range())
                .isEqualTo(
                        new TimeRange(
                                Instant.parse("2026-01-05T10:30:00Z"),
                                Instant.parse("2026-01-05T12:00:00Z")));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-05T10:00:00Z, 2026-01-05T10:00:00Z",
        "2026-01-05T10:00:00.0000001Z, 2026-01-05T10:00:00.0000009Z",
        "0000-12-31T23:00:00Z, 2026-01-05T10:00:00Z",
        "2026-01-05T10:00:00Z, +10000-01-01T00:00:00Z"
    })
    void a_range_between_instants_holds_a_microsecond_of_our_era(String from, String to) {
        assertThat(ask("events").betweenInstants(from, to).told(shop()))
                .containsExactly("BAD_RANGE timeRange/betweenInstants");
    }

    @Test
    void a_range_of_dates_between_instants_begins_and_ends_with_a_day_of_the_questions_zone() {
        var question = new Question().and("m", "count(invoice)").in("America/New_York");
        assertThat(
                        question.betweenInstants("2026-01-05T05:00:00Z", "2026-01-06T05:00:00Z")
                                .planned(shop())
                                .time()
                                .whole()
                                .startDate())
                .isEqualTo(LocalDate.of(2026, 1, 5));
        assertThat(
                        question.betweenInstants("2026-01-05T00:00:00Z", "2026-01-06T05:00:01Z")
                                .told(shop()))
                .containsExactly(
                        "INCOMPATIBLE timeRange/betweenInstants/from",
                        "INCOMPATIBLE timeRange/betweenInstants/to");
    }

    @Test
    void a_range_that_begins_before_the_first_year_is_refused() {
        assertThat(
                        ask("events")
                                .in("Europe/Berlin")
                                .between("0001-01-01", "0001-02-01")
                                .told(shop()))
                .containsExactly("BAD_RANGE timeRange/between");
    }

    // ---- hours

    @Test
    void dates_cannot_be_asked_by_the_hour() {
        var problem = ask("revenue").each(Grain.HOUR).problem(shop());
        assertThat(Question.brief(problem)).isEqualTo("INCOMPATIBLE grain");
        assertThat(problem.message())
                .isEqualTo(
                        "'invoice.issued' is a date; it cannot be asked by the hour. Ask by the day, or by a coarser grain.");
    }

    @Test
    void rows_of_no_time_know_no_hours_and_the_message_names_no_field_that_nobody_declared() {
        var catalog = shop().define(sourceOf("goal", "wanted integer").timeless());
        assertThat(formula("count(goal)").each(Grain.HOUR).problem(catalog).message())
                .isEqualTo(
                        "Rows of 'goal' hold always; it cannot be asked by the hour. Ask by the day, or by a coarser grain.");
        assertThat(formula("count(goal) over last 3 hours").problem(catalog).message())
                .isEqualTo(
                        "Rows of 'goal' hold always: hours and minutes cannot be read; ask by the day.");
        assertThat(ask("revenue").last(24, Grain.HOUR).told(shop()))
                .containsExactly("INCOMPATIBLE timeRange/last/grain");
    }

    @Test
    void the_time_field_that_is_picked_decides() {
        assertThat(formula("count(ticket on due)").each(Grain.HOUR).told(shop()))
                .containsExactly("INCOMPATIBLE grain");
        assertThat(
                        formula("count(ticket on solved)")
                                .each(Grain.HOUR)
                                .planned(shop())
                                .time()
                                .buckets())
                .hasSize(31 * 24);
    }

    @Test
    void dates_beneath_accounts_cannot_be_asked_by_the_hour_either() {
        assertThat(formula("sum(account : count(invoice))").each(Grain.HOUR).told(shop()))
                .containsExactly("INCOMPATIBLE grain");
    }

    // ---- sizes

    @Test
    void too_many_buckets_are_refused() {
        var problem =
                ask("events").each(Grain.HOUR).between("2020-01-01", "2026-01-01").problem(shop());
        assertThat(Question.brief(problem)).isEqualTo("LIMIT grain");
        assertThat(problem.message()).contains("10000");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 10_001, Integer.MIN_VALUE})
    void a_page_that_is_none_is_refused(int rows) {
        assertThat(ask("events").first(rows).told(shop())).containsExactly("BAD_PAGE first");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10_000})
    void a_page_has_a_row_at_least(int rows) {
        assertThat(ask("events").first(rows).planned(shop()).page().limit()).isEqualTo(rows);
    }

    @Test
    void between_one_and_150_metrics_are_asked_for() {
        assertThat(ask().told(shop())).containsExactly("LIMIT metrics");
        var question = new Question();
        for (int at = 0; at < 151; at++) {
            question.and("m" + at, "count(event)");
        }
        assertThat(question.told(shop())).containsExactly("LIMIT metrics");
    }

    @Test
    void at_most_five_dimensions_are_asked_for() {
        assertThat(
                        ask("events")
                                .by(
                                        "event.name",
                                        "event.beta",
                                        "account.plan",
                                        "account.region",
                                        "user.role",
                                        "user.age")
                                .told(shop()))
                .containsExactly("LIMIT groupBy");
    }

    @Test
    void too_many_aggregates_are_refused() {
        var question = new Question();
        for (int metric = 0; metric < 20; metric++) {
            var sum = new StringBuilder("0");
            for (int at = 0; at < 16; at++) {
                sum.append(" + count(event where name = 'n%d-%d')".formatted(metric, at));
            }
            question.and("m" + metric, sum.toString());
        }
        var problem = question.problem(shop());
        assertThat(Question.brief(problem)).isEqualTo("LIMIT metrics");
        assertThat(problem.message()).contains("320");
    }

    @Test
    void aggregates_beneath_members_count_too() {
        var question = new Question();
        for (int metric = 0; metric < 20; metric++) {
            var sum = new StringBuilder("0");
            for (int at = 0; at < 16; at++) {
                sum.append(" + count(event where name = 'n%d-%d')".formatted(metric, at));
            }
            question.and("m" + metric, "sum(account : %s)".formatted(sum));
        }
        assertThat(question.problem(shop()).code()).isEqualTo(ProblemCode.LIMIT);
    }

    // ---- what rows there are

    @Test
    void totals_are_of_the_axes_that_there_are() {
        assertThat(ask("events").withTotals().planned(shop()).kinds())
                .containsExactly(RowKind.CELL);
        assertThat(ask("events").planned(shop()).kinds()).containsExactly(RowKind.CELL);
        assertThat(ask("events").by("account").withTotals().planned(shop()).kinds())
                .containsExactlyInAnyOrder(RowKind.CELL, RowKind.GRAND_TOTAL);
        assertThat(ask("events").each(Grain.DAY).withTotals().planned(shop()).kinds())
                .containsExactlyInAnyOrder(RowKind.CELL, RowKind.GRAND_TOTAL);
        assertThat(ask("events").by("account").each(Grain.DAY).withTotals().planned(shop()).kinds())
                .containsExactlyInAnyOrder(RowKind.values());
    }

    @Test
    void gaps_are_filled_unless_the_question_says_otherwise() {
        assertThat(ask("events").planned(shop()).fillGaps()).isTrue();
        assertThat(ask("events").sparse().planned(shop()).fillGaps()).isFalse();
    }

    // ---- the edges of a bucket

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "count(invoice where paid_on >= bucket.start)    | paid_on >= bucket.start  | DATE",
                "count(invoice where bucket.end > paid_on)       | bucket.end > paid_on     | DATE",
                "count(invoice where paid_on is bucket.end)      | paid_on is bucket.end    | DATE",
                "count(ticket where solved < bucket.end)         | solved < bucket.end      | TIMESTAMP",
                "count(account where signed >= bucket.start)     | account.signed >= bucket.start | DATE",
            })
    void an_edge_beside_a_date_is_a_date(String formula, String meaning, Type.Kind kind) {
        var where = formula(formula).planned(shop()).leaves().getFirst().where();
        assertThat(PlanWords.text(where)).isEqualTo(meaning);
        assertThat(Exprs.operands(where))
                .filteredOn(Expr.TimeEdge.class::isInstance)
                .extracting(edge -> edge.type().kind())
                .containsExactly(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "count(ticket where opened >= @2026-01-15)       | opened >= 2026-01-15T05:00:00Z",
                "count(ticket where @2026-01-15 < opened)        | 2026-01-15T05:00:00Z < opened",
                "count(ticket where opened in (@2026-01-15))     | opened in (2026-01-15T05:00:00Z)",
                "count(invoice where issued >= @2026-01-15)      | issued >= 2026-01-15",
                "count(ticket where coalesce(solved, @2026-01-15) > opened) | coalesce(solved, 2026-01-15T05:00:00Z) > opened",
                "count(invoice where least(paid_on, bucket.end) > issued)   | least(paid_on, bucket.end) > issued",
                "count(ticket where case when solved is none then @2026-01-15 else solved end > opened) | case when solved is none then 2026-01-15T05:00:00Z else solved end > opened",
                "count(ticket where hours(@2026-01-15, opened) > 3) | hours(2026-01-15T05:00:00Z, opened) > 3",
            })
    void a_date_beside_an_instant_is_the_start_of_the_day_in_the_questions_zone(
            String formula, String meaning) {
        var plan = formula(formula).in("America/New_York").planned(shop());
        assertThat(PlanWords.text(plan.leaves().getFirst().where())).isEqualTo(meaning);
    }

    @Test
    void a_bucket_starts_on_a_day_or_at_an_instant() {
        assertThat(formula("bucket.start = @2026-01-01").value(shop()))
                .isEqualTo("bucket.start = 2026-01-01");
        assertThat(formula("bucket.start = @2026-01-01T00:00Z").value(shop()))
                .isEqualTo("bucket.start = 2026-01-01T00:00:00Z");
    }
}
