package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** The first and the last value in the order of time. */
public interface OrderedValuesContract extends ExecutorContract {
    /** Answers of (no, answered, sent, customer, score, remark, ok), keyed by no. */
    private WorldBuilder answers() {
        return events().source(
                        source("answer")
                                .integer("no")
                                .date("answered")
                                .timestamp("sent")
                                .account("customer")
                                .integer("score")
                                .text("remark")
                                .flag("ok")
                                .key("no")
                                .coverage("2026-01-01", "2026-04-01"));
    }

    private WorldBuilder three() {
        return answers()
                .fact("answer", 1, "2026-01-20", "2026-01-01T08:00:00Z", "acme", 9, "c", true)
                .fact("answer", 2, "2026-01-05", "2026-01-03T08:00:00Z", "bolt", 4, "b", false)
                .fact("answer", 3, "2026-01-11", "2026-01-02T08:00:00Z", "acme", 7, "a", true);
    }

    @Test
    default void first_and_last_are_by_time_and_not_by_value_or_load() {
        expect(
                three(),
                ask(
                        "first(answer.score)",
                        "last(answer.score)",
                        "first(answer : remark)",
                        "last(answer : remark)",
                        "first(answer : ok)",
                        "last(answer : ok)",
                        "last(answer : sent)",
                        "last(answer : answered)"),
                "4 | 9 | b | c | false | true | 2026-01-01T08:00:00Z | 2026-01-20");
    }

    @Test
    default void first_and_last_are_by_the_time_that_is_said() {
        expect(
                three(),
                ask("first(answer on sent : score)", "last(answer on sent : score)"),
                "9 | 4");
    }

    @Test
    default void first_and_last_skip_rows_without_a_value() {
        expect(
                answers()
                        .fact("answer", 1, "2026-01-01", null, "acme", null, null, null)
                        .fact("answer", 2, "2026-01-02", null, "acme", 3, null, null)
                        .fact("answer", 3, "2026-01-03", null, "acme", 5, null, null)
                        .fact("answer", 4, "2026-01-04", null, "acme", null, null, null),
                ask("first(answer.score)", "last(answer.score)", "last(answer.remark)"),
                "3 | 5 | NO_DATA");
    }

    @Test
    default void rows_of_one_time_are_in_the_order_of_the_key_as_a_number() {
        expect(
                answers()
                        .fact("answer", 10, "2026-01-05", null, "acme", 1, null, null)
                        .fact("answer", 9, "2026-01-05", null, "acme", 5, null, null)
                        .fact("answer", 11, "2026-01-05", null, "acme", 3, null, null),
                ask("first(answer.score)", "last(answer.score)"),
                "5 | 3");
    }

    @Test
    default void rows_of_one_time_without_a_key_are_in_the_order_of_their_values() {
        expect(
                events().fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "b", 2)
                        .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "c", 3)
                        .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "a", 1),
                ask("first(event.amount)", "last(event.amount)", "first(event.name)"),
                "1 | 3 | a");
    }

    @Test
    default void first_and_last_keep_to_the_rows_of_their_condition_cell_and_total() {
        var world =
                three().fact("answer", 4, "2026-02-03", null, "bolt", 1, "d", true)
                        .fact("answer", 5, "2026-02-02", null, "acme", 2, "e", true);
        expect(
                world,
                ask("last(answer where score > 4 : score)", "first(answer.score)")
                        .between("2026-01-01", "2026-03-01")
                        .grain(Grain.MONTH)
                        .by("account")
                        .totals(),
                "2026-01-01 | acme | 9 | 7",
                "2026-01-01 | bolt | NO_DATA | 4",
                "2026-02-01 | acme | NO_DATA | 2",
                "2026-02-01 | bolt | NO_DATA | 1",
                "2026-01-01 | total | 9 | 4",
                "2026-02-01 | total | NO_DATA | 2",
                "all | acme | 9 | 7",
                "all | bolt | NO_DATA | 4",
                "all | total | 9 | 4");
    }

    @Test
    default void first_and_last_of_a_window_are_of_its_rows() {
        // In February alone there is nothing; 50 days before its end are from January 10.
        expect(
                three(),
                ask(
                                "last(answer.score)",
                                "first(answer.score) over last 50 days",
                                "last(answer.score) over last 50 days")
                        .between("2026-02-01", "2026-03-01"),
                "NO_DATA | 7 | 9");
    }

    @Test
    default void first_and_last_are_of_each_account_where_it_is_asked() {
        expect(
                three(),
                ask("sum(account : last(answer.score))", "count(account where last(answer.ok))"),
                "13 | 1");
    }

    @Test
    default void the_sample_is_of_the_rows_that_have_a_value() {
        var rows =
                rowsWithParts(
                        answers()
                                .fact("answer", 1, "2026-01-01", null, "acme", null, null, null)
                                .fact("answer", 2, "2026-01-02", null, "acme", 3, null, null),
                        ask("last(answer.score)"));
        assertThat(rows).containsExactly("3 (n 1)");
    }
}
