package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.contract.Question.askEmptyIsNone;
import static dev.cairn.testkit.contract.Question.askMetrics;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** What is said over nothing: 0 where it is known to be 0, else the reason for no value. */
public interface ZeroContract extends ExecutorContract {
    /** One fact in February, so nothing in January. */
    private WorldBuilder nothingInJanuary() {
        return events().fact("event", "2026-02-05T10:00:00Z", "acme", "ann", "login", 1);
    }

    @Test
    default void counts_and_sums_over_no_facts_are_zero() {
        expect(
                nothingInJanuary(),
                ask(
                        "count(event)",
                        "distinct(event : name)",
                        "sum(event : amount)",
                        "exists(event)"),
                "0 | 0 | 0 | false");
    }

    @Test
    default void what_is_of_values_has_none_over_no_facts() {
        expect(
                nothingInJanuary(),
                ask(
                        "avg(event : amount)",
                        "min(event : amount)",
                        "max(event : name)",
                        "median(event : amount)",
                        "p90(event : amount)",
                        "p90_disc(event : amount)"),
                "NO_DATA | NO_DATA | NO_DATA | NO_DATA | NO_DATA | NO_DATA");
    }

    @Test
    default void share_over_no_rows_has_no_data_and_not_a_zero_base() {
        expect(nothingInJanuary(), ask("share(event : person is none)"), "NO_DATA");
    }

    @Test
    default void division_by_zero_has_a_zero_base() {
        expect(
                events().fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", 0),
                ask("count(event) / sum(event : amount)"),
                "ZERO_BASE");
    }

    @Test
    default void zero_divided_is_zero() {
        expect(
                events().fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", 0),
                ask("sum(event : amount) / count(event)"),
                "0");
    }

    @Test
    default void exists_is_true_over_something() {
        expect(
                events().fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", 0),
                ask("exists(event)", "exists(event where name = 'logout')"),
                "true | false");
    }

    @Test
    default void first_operand_without_a_value_says_why() {
        expect(
                nothingInJanuary(),
                ask(
                        "avg(event : amount) + 1 / count(event)",
                        "1 / count(event) + avg(event : amount)"),
                "NO_DATA | ZERO_BASE");
    }

    @Test
    default void chosen_arm_says_why() {
        expect(
                nothingInJanuary(),
                ask(
                        "case when count(event) = 0 then 1 / count(event) else avg(event : amount) end"),
                "ZERO_BASE");
    }

    @Test
    default void coalesce_stands_in_for_no_value() {
        expect(nothingInJanuary(), ask("coalesce(avg(event : amount), 0 - 1)"), "-1");
    }

    @Test
    default void formula_may_be_asked_so_that_nothing_is_no_value() {
        expect(nothingInJanuary(), askEmptyIsNone("count(event)"), "NO_DATA");
        expect(nothingInJanuary(), ask("count(event)"), "0");
    }

    @Test
    default void metric_may_say_that_nothing_is_no_value() {
        expect(
                nothingInJanuary()
                        .metricEmptyIsNone("logins", "count(event)")
                        .metric("logins_or_zero", "count(event)"),
                askMetrics("logins", "logins_or_zero"),
                "NO_DATA | 0");
    }

    @Test
    default void source_of_which_nothing_is_known_has_no_data_and_not_zero() {
        expect(
                events().source(source("ticket").timestamp("opened_at")),
                ask("count(ticket)", "avg(ticket : 1)"),
                "NO_DATA | NO_DATA");
    }

    @Test
    default void comparison_with_what_has_no_value_has_none() {
        expect(nothingInJanuary(), ask("avg(event : amount) > 1"), "NO_DATA");
    }

    @Test
    default void members_without_facts_count_zero_each() {
        expect(
                events().fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", 1)
                        .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", 1)
                        .fact("event", "2026-01-05T10:00:00Z", "bolt", "bob", "logout", 1),
                ask(
                        "avg(account : count(event where name = 'login'))",
                        "min(account : count(event where name = 'login'))"),
                "1 | 0");
    }
}
