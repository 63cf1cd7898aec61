package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.contract.Question.askMetrics;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.AnalysisFailed.Reason;
import dev.cairn.testkit.data.WorldBuilder;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Exact where it is exact, double where it is not, and what each function gives. */
public interface NumbersContract extends ExecutorContract {
    private WorldBuilder amounts(@Nullable Object... amounts) {
        var world = events();
        for (@Nullable Object amount : amounts) {
            world.fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", amount);
        }
        return world;
    }

    @Test
    default void sums_of_decimals_are_exact() {
        var values =
                answer(amounts("0.1", "0.2", "1000000000000000000.001"), ask("sum(event : amount)"))
                        .rows()
                        .getFirst()
                        .values();
        assertThat((BigDecimal) values.getFirst().value())
                .isEqualByComparingTo("1000000000000000000.301");
    }

    @Test
    default void arithmetic_without_division_is_exact() {
        var values =
                answer(amounts("12345678901234.56789"), ask("sum(event : amount * amount - 0.1)"))
                        .rows()
                        .getFirst()
                        .values();
        assertThat((BigDecimal) values.getFirst().value())
                .isEqualByComparingTo("152415787532388367501905199.7750190521");
    }

    @Test
    default void counts_are_whole_numbers() {
        var values = answer(amounts(1, 2), ask("count(event)")).rows().getFirst().values();
        assertThat((BigDecimal) values.getFirst().value()).isEqualByComparingTo("2");
    }

    @Test
    default void divisions_averages_and_percentiles_are_doubles() {
        var values =
                answer(
                                amounts(1, 2),
                                ask(
                                        "sum(event : amount) / 2",
                                        "avg(event : amount)",
                                        "p50(event : amount)",
                                        "share(event : 1 = 1)"))
                        .rows()
                        .getFirst()
                        .values();
        assertThat(values)
                .allSatisfy(value -> assertThat(value.value()).isInstanceOf(Double.class));
    }

    @Test
    default void standard_deviations_are_of_a_sample() {
        // Mean 5, squares 9 + 1 + 1 + 1 + 0 + 0 + 4 + 16 = 32, by n - 1 = 7.
        expect(
                amounts(2, 4, 4, 4, 5, 5, 7, 9, null),
                ask("round(stddev(event : amount) * stddev(event : amount) * 7, 9)"),
                "32");
        expect(amounts(1, 3), ask("round(stddev(event.amount), 6)"), "1.414214");
        expect(amounts("7.5", "7.5", "7.5"), ask("stddev(event.amount)"), "0");
    }

    @Test
    default void standard_deviations_of_large_numbers_do_not_cancel() {
        expect(
                amounts("1000000000001", "1000000000002", "1000000000003"),
                ask("stddev(event : amount)", "stddev(event : amount / 1)"),
                "1 | 1");
    }

    @Test
    default void standard_deviations_of_numbers_far_apart_keep_their_digits() {
        // 200000001 / sqrt(2); its square, 20000000200000000.5, has 17 digits before the point.
        expect(
                amounts(0, 200_000_001),
                ask(
                        "stddev(event.amount)",
                        "round(stddev(event.amount) - 141421356, 6)",
                        "round(stddev(event : amount / 1) - 141421356, 6)"),
                "141421356.944 | 0.944416 | 0.944416");
        // 3 * (1 + 10^14) - (1 + 10^7)^2 = 199999980000002, by 3 * 2.
        expect(amounts(0, 1, 10_000_000), ask("stddev(event.amount)"), "5773502.40322");
    }

    @Test
    default void one_value_has_no_standard_deviation() {
        expect(
                amounts(3, null),
                ask("stddev(event.amount)", "stddev(event where amount > 3 : amount)"),
                "NO_DATA | NO_DATA");
    }

    @Test
    default void percentiles_interpolate_between_ranks() {
        expect(
                amounts(10, 20, 30, 40),
                ask("p25(event : amount)", "median(event : amount)", "p90(event : amount)"),
                "17.5 | 25 | 37");
    }

    @Test
    default void discrete_percentile_is_a_value_that_is_there() {
        expect(
                amounts(10, 20, 30, 40),
                ask(
                        "p25_disc(event : amount)",
                        "p50_disc(event : amount)",
                        "p51_disc(event : amount)"),
                "10 | 20 | 30");
    }

    @Test
    default void median_of_one_is_itself() {
        expect(amounts(7), ask("median(event : amount)", "p99(event : amount)"), "7 | 7");
    }

    @Test
    default void halves_are_rounded_away_from_zero() {
        expect(
                amounts("0.5"),
                ask(
                        "round(sum(event : amount))",
                        "round(sum(event : amount + 1))",
                        "round(sum(event : amount + 2))",
                        "round(sum(event : -amount))",
                        "round(sum(event : amount / 4), 2)",
                        "round(sum(event : 0 - amount / 4), 2)"),
                "1 | 2 | 3 | -1 | 0.13 | -0.13");
    }

    @Test
    default void shortest_decimal_of_a_double_is_rounded() {
        var rounded =
                ask(
                        "sum(event : round(amount / 1, 2))",
                        "sum(event : round(-amount / 1, 2))",
                        "sum(event : round(amount / 1))");
        expect(amounts("1.005"), rounded, "1.01 | -1.01 | 1");
        expect(amounts("2.675"), rounded, "2.68 | -2.68 | 3");
        expect(amounts("0.49999999999999994"), rounded, "0.5 | -0.5 | 0");
        expectWhole("4503599627370497");
        expectWhole("9007199254740991");
        expectWhole("100000000000000000000");
    }

    /** Doubles are shown with fewer digits than they have. */
    private void expectWhole(String number) {
        expect(
                amounts(number),
                ask(
                        "sum(event : round(amount / 1) - amount)",
                        "exists(event where round(amount / 1) = " + number + ")"),
                "0 | true");
    }

    @Test
    default void power_of_nothing_or_by_nothing_is_empty() {
        expect(
                events().fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", null),
                ask(
                        "count(event where power(0.5, amount) is none)",
                        "count(event where power(2, -amount) is none)",
                        "count(event where power(amount, 0) is none)",
                        "max(event : power(0.5, amount))"),
                "1 | 1 | 1 | NO_DATA");
    }

    @Test
    default void powers_are_doubles_and_empty_only_beyond_them() {
        expect(
                amounts(1),
                ask(
                        "sum(event : ln(power(10, 305 * amount)))",
                        "max(event : power(2, 1024 * amount))",
                        "max(event : power(-2, 1025 * amount))",
                        "max(event : power(amount, power(10, 300)))",
                        "max(event : power(2 * amount, power(10, 300)))",
                        "max(event : power(2 * amount, -power(10, 300)))",
                        "max(event : power(2 * amount, power(10, -300)))"),
                "702.288453363 | NO_DATA | NO_DATA | 1 | NO_DATA | 0 | 1");
        expect(
                amounts(1),
                ask(
                        "max(event : power(10, -320 * amount)) > 0",
                        "max(event : power(10, -400 * amount))",
                        "max(event : power(0 * amount, 0))",
                        "max(event : power(0 * amount, -1))",
                        "max(event : power(-2, 3 * amount))",
                        "max(event : power(-2, 0.5 * amount))",
                        "max(event : power(2, 1023 * amount) / power(2, 1020))"),
                "true | 0 | 1 | NO_DATA | -8 | NO_DATA | 8");
    }

    @Test
    default void exact_number_among_doubles_is_one() {
        expect(
                amounts("9007199254740993"),
                ask(
                        "exists(event where amount = 9007199254740992)",
                        "exists(event where amount / 1 = 9007199254740992)",
                        "exists(event where least(amount, 1 / 1 + amount) = 9007199254740992)",
                        "exists(event where coalesce(amount, 1 / 2) = 9007199254740992)"),
                "false | true | true | true");
    }

    @Test
    default void number_beyond_a_double_ends_the_question() {
        for (var formula :
                List.of(
                        "power(10, 300) * power(10, 300)",
                        "power(10, -300) * power(10, -300)",
                        "power(10, -300) / power(10, 300)")) {
            var world = amounts(1);
            assertThatExceptionOfType(AnalysisFailed.class)
                    .as(formula)
                    .isThrownBy(() -> rows(world, ask("sum(event : amount * (" + formula + "))")))
                    .matches(failed -> failed.reason() == Reason.NUMBER_OUT_OF_RANGE);
        }
    }

    @Test
    default void functions_of_numbers() {
        expect(
                amounts("-4"),
                ask(
                        "sum(event : abs(amount))",
                        "sum(event : sqrt(abs(amount)))",
                        "sum(event : power(2, amount))",
                        "sum(event : ln(power(2.718281828459045, 3)))",
                        "sum(event : least(amount, 1, 2))",
                        "sum(event : greatest(amount, 1, 2))",
                        "sum(event : round(amount / 3, 3))"),
                "4 | 2 | 0.0625 | 3 | -4 | 2 | -1.333");
    }

    @Test
    default void functions_of_texts() {
        expect(
                events().fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "Log-In 42", 1),
                ask(
                        "min(event : lower(name))",
                        "exists(event where contains(name, 'g-I'))",
                        "exists(event where contains(name, 'log'))",
                        "exists(event where starts(name, 'Log'))",
                        "exists(event where matches(name, '^[A-Z][a-z]+-In \\d+$'))",
                        "exists(event where matches(name, '^\\d+$'))"),
                "log-in 42 | true | false | true | true | false");
    }

    @Test
    default void functions_of_times() {
        expect(
                events().source(
                                source("ticket")
                                        .timestamp("opened_at")
                                        .timestamp("closed_at")
                                        .date("opened_on")
                                        .date("due_on")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .fact(
                                "ticket",
                                "2026-01-05T10:00:00Z",
                                "2026-01-06T11:30:00Z",
                                "2026-01-05",
                                "2026-01-12"),
                ask(
                        "max(ticket : hours(opened_at, closed_at))",
                        "max(ticket : minutes(opened_at, closed_at))",
                        "max(ticket : days(opened_at, closed_at))",
                        "max(ticket : hours(closed_at, opened_at))",
                        "max(ticket : days(opened_on, due_on))",
                        "max(ticket : weekday(opened_on))",
                        "max(ticket : date(2026, 1, 31))",
                        "max(ticket : weekday(date(2026, 1, 4)))"),
                "25.5 | 1530 | 1.0625 | -25.5 | 7 | 1 | 2026-01-31 | 7");
    }

    @Test
    default void texts_are_in_the_order_of_code_points() {
        // U+FFFD is before U+10000, although its UTF-16 code unit is after.
        var world = events();
        for (String name : new String[] {"b", "a", "B", "\uFFFD", "\uD800\uDC00", "ä", ""}) {
            world.fact("event", "2026-01-05T10:00:00Z", "acme", "ann", name, 1);
        }
        expect(
                world,
                ask("count(event)").by("event.name"),
                "'' | 1",
                "B | 1",
                "a | 1",
                "b | 1",
                "ä | 1",
                "\uFFFD | 1",
                "\uD800\uDC00 | 1");
        expect(
                world,
                ask("max(event : name)", "min(event where name > 'B' : name)"),
                "\uD800\uDC00 | a");
    }

    @Test
    default void texts_are_compared_exactly() {
        expect(
                events().fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "Login ", 1)
                        .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", 2),
                ask("sum(event where name = 'login' : amount)", "distinct(event : name)"),
                "2 | 2");
    }

    @Test
    default void extremes_of_dates_and_instants() {
        expect(
                events().fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "a", 1)
                        .fact("event", "2026-01-06T10:00:00Z", "acme", "ann", "a", 1),
                ask("min(event : happened)", "max(event : happened)"),
                "2026-01-05T10:00:00Z | 2026-01-06T10:00:00Z");
    }

    @Test
    default void distinct_numbers_are_compared_by_amount() {
        expect(amounts("1.0", "1.00", "2"), ask("distinct(event : amount)"), "2");
    }

    @Test
    default void whole_numbers_are_compared_with_fractions_as_they_are() {
        expect(
                events().member(account("acme").since("2025-01-01").with("seats", 2)),
                ask(
                        "count(account where seats in (2.25, 1.75))",
                        "count(account where seats not in (2.25))",
                        "count(account where seats = 2.25)",
                        "count(account where seats is 1.75)",
                        "count(account where seats < 2.25)"),
                "0 | 1 | 0 | 0 | 1");
    }

    @Test
    default void outermost_division_shows_its_parts() {
        assertThat(
                        rowsWithParts(
                                amounts(1, 2, 5),
                                ask(
                                        "sum(event : amount) / count(event)",
                                        "100 * share(event where amount is not none : amount >= 2)",
                                        "sum(event : amount) / 4 * 100")))
                .containsExactly("2.66666666667 (8/3, n 3) | 66.6666666667 (2/3, n 3) | 200 (n 3)");
    }

    @Test
    default void rounding_keeps_the_parts_of_what_it_rounds() {
        assertThat(
                        rowsWithParts(
                                amounts(1, 2, 5),
                                ask(
                                        "round(100 * share(event where amount is not none : amount >= 2), 1)",
                                        "round(-sum(event : amount) / count(event), 2) * 10")))
                .containsExactly("66.7 (2/3, n 3) | -26.7 (-8/3, n 3)");
    }

    @Test
    default void division_by_zero_shows_its_parts() {
        assertThat(rowsWithParts(amounts(0), ask("count(event) / sum(event : amount)")))
                .containsExactly("ZERO_BASE (1/0, n 1)");
    }

    @Test
    default void one_relation_gives_the_sample_size() {
        assertThat(
                        rowsWithParts(
                                amounts(1, 2, 5),
                                ask("avg(event where amount > 1 : amount)", "count(event)")))
                .containsExactly("3.5 (n 2) | 3 (n 3)");
    }

    @Test
    default void sample_of_an_aggregate_of_a_value_is_the_rows_that_have_one() {
        assertThat(
                        rowsWithParts(
                                amounts(1, 2, 5)
                                        .fact(
                                                "event",
                                                "2026-01-05T10:00:00Z",
                                                "acme",
                                                null,
                                                "login",
                                                null),
                                ask(
                                        "avg(event : amount)",
                                        "median(event : amount)",
                                        "p90_disc(event : amount)",
                                        "min(event : amount)",
                                        "max(event where amount < 5 : amount)",
                                        "sum(event : amount) / count(event)",
                                        "count(event)")))
                .containsExactly(
                        "2.66666666667 (n 3) | 2 (n 3) | 5 (n 3) | 1 (n 3) | 2 (n 2) | 2 (8/4, n 4) | 4 (n 4)");
    }

    @Test
    default void sample_of_an_average_over_members_is_those_that_have_a_value() {
        assertThat(
                        rowsWithParts(
                                amounts(1, 2, 5).member(account("bolt").since("2025-01-01")),
                                ask(
                                        "avg(account : avg(event : amount))",
                                        "avg(account : count(event))")))
                .containsExactly("2.66666666667 (n 1) | 1.5 (n 2)");
    }

    @Test
    default void names_of_let_stand_for_what_they_are() {
        expect(
                amounts(1, 2, 5),
                ask("let s = sum(event : amount), n = count(event), m = s / n in round(m, 1) + n"),
                "5.7");
    }

    @Test
    default void metric_stands_for_its_formula() {
        expect(
                amounts(1, 2, 5)
                        .metric("amount_sum", "sum(event : amount)")
                        .metric("mean_amount", "amount_sum / count(event)"),
                askMetrics("mean_amount", "amount_sum"),
                "2.66666666667 | 8");
    }

    @Test
    default void arithmetic_binds_as_it_is_read() {
        expect(
                amounts(1, 2, 5),
                ask(
                        "2 + 3 * count(event)",
                        "(2 + 3) * count(event)",
                        "10 - count(event) - 1",
                        "-count(event) * 2"),
                "11 | 15 | 6 | -6");
    }
}
