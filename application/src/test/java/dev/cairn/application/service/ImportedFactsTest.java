package dev.cairn.application.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.cairn.application.port.Records.Raw;
import dev.cairn.application.port.in.ImportUseCase.Reject;
import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.History;
import dev.cairn.domain.model.Notation;
import dev.cairn.domain.model.Rates;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.model.Validity;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImportedFactsTest extends ImportScenario {
    @Test
    void a_row_becomes_a_fact_with_computed_fields_in_declared_order() {
        imported("event", Rows.of(HEADER, "2021-07-04,1,acme,7,3"), EVENT);

        assertThat(facts)
                .containsExactly(
                        new Fact(
                                Instant.parse("2021-07-04T04:00:00Z"),
                                "10:2021-07-041:1",
                                "acme",
                                "7",
                                List.of(
                                        LocalDate.of(2021, 7, 4),
                                        1L,
                                        "acme",
                                        7L,
                                        3L,
                                        6L,
                                        LocalDate.of(2021, 7, 4))));
        assertThat(calls)
                .containsExactly("begin event 2026-11-21T10:00:00Z", "commit null", "close");
    }

    @Test
    void columns_are_found_by_name_and_others_are_reported_and_not_loaded() {
        var summary =
                imported(
                        "event",
                        Rows.of(
                                List.of("score", "note", "person", "customer", "number", "day"),
                                "3,hello,7,acme,1,2021-07-04"),
                        EVENT);

        assertThat(summary.ignored()).containsExactly("note");
        assertThat(facts.getFirst().account()).isEqualTo("acme");
    }

    @Test
    void a_fact_without_account_or_user_belongs_to_none() {
        imported("event", Rows.of(HEADER, "2021-07-04,1,,,3"), EVENT);

        assertThat(facts.getFirst().account()).isNull();
        assertThat(facts.getFirst().user()).isNull();
    }

    @Test
    void a_member_of_a_declared_entity_is_there_always() {
        var listing =
                Source.entity(
                        "listing",
                        "",
                        "",
                        List.of("listing_id"),
                        List.of(
                                Field.of("listing_id", DataType.TEXT),
                                Field.of("beds", DataType.INTEGER)),
                        Notation.STANDARD,
                        List.of());

        imported("listing", Rows.of(List.of("listing_id", "beds"), "flat,2", "hut,"), listing);

        var always = LocalDate.of(1, 1, 1);
        assertThat(facts)
                .containsExactly(
                        new Fact(
                                Instant.parse("0001-01-01T00:00:00Z"),
                                "4:flat",
                                null,
                                null,
                                Arrays.asList("flat", 2L, always, null)),
                        new Fact(
                                Instant.parse("0001-01-01T00:00:00Z"),
                                "3:hut",
                                null,
                                null,
                                Arrays.asList("hut", null, always, null)));
    }

    @Test
    void a_row_of_no_time_holds_always() {
        var goal =
                new Source(
                                "goal",
                                "",
                                "",
                                null,
                                ZoneOffset.UTC,
                                null,
                                null,
                                "customer",
                                null,
                                List.of(),
                                List.of(
                                        Field.of("customer", DataType.TEXT),
                                        Field.of("wanted", DataType.INTEGER)))
                        .timeless();

        imported("goal", Rows.of(List.of("customer", "wanted"), "acme,2"), goal);

        assertThat(facts)
                .containsExactly(
                        new Fact(
                                Instant.parse("0001-01-01T00:00:00Z"),
                                null,
                                "acme",
                                null,
                                Arrays.asList("acme", 2L, LocalDate.of(1, 1, 1), null)));
        var until =
                bring(
                        "goal",
                        Rows.of(List.of("customer", "wanted"), "acme,2"),
                        LocalDate.of(2021, 8, 1),
                        goal);
        assertThat(problems(until))
                .extracting(Problem::message)
                .containsExactly("Facts are complete until a day; rows of goal are of no time.");
    }

    @Test
    void a_source_without_key_gives_facts_without_key() {
        var event =
                new Source(
                        "log",
                        "",
                        "",
                        "at",
                        ZoneOffset.UTC,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        List.of(Field.of("at", DataType.TIMESTAMP)));

        imported("log", Rows.of(List.of("at"), "2021-07-04 10:00"), event);

        assertThat(facts)
                .containsExactly(
                        new Fact(
                                Instant.parse("2021-07-04T10:00:00Z"),
                                null,
                                null,
                                null,
                                List.of(Instant.parse("2021-07-04T10:00:00Z"))));
    }

    @Test
    void a_value_out_of_range_and_a_missing_code_are_empty_and_only_the_first_is_counted() {
        var summary =
                imported(
                        "event",
                        Rows.of(
                                HEADER,
                                "2021-07-04,1,a,,11",
                                "2021-07-04,2,a,,12",
                                "2021-07-04,3,a,,-1",
                                "2021-07-04,4,a,,9"),
                        EVENT);

        assertThat(summary.emptied()).isEqualTo(Map.of("score", 2L, "doubled", 1L));
        assertThat(facts).hasSize(4).allSatisfy(fact -> assertThat(fact.values().get(5)).isNull());
    }

    @Test
    void a_wrongly_typed_value_rejects_its_row_with_line_column_value_and_reason() {
        var summary =
                imported(
                        "event",
                        Rows.of(
                                HEADER,
                                "2021-07-04,1,a,,3",
                                "2021-02-30,2,a,,3",
                                "2021-07-04,x,a,,3"),
                        EVENT);

        assertThat(rejects)
                .containsExactly(
                        new Reject(3, "day", "2021-02-30", "there is no such day"),
                        new Reject(4, "number", "x", "not a number"));
        assertThat(summary.rejected()).isEqualTo(2);
        assertThat(facts).hasSize(1);
    }

    @Test
    void every_wrong_cell_of_a_row_is_told_and_the_row_counts_once() {
        var summary =
                imported(
                        "event", Rows.of(HEADER, "2021-02-30,x,a,p,3", "2021-07-04,,a,q,3"), EVENT);

        assertThat(rejects)
                .extracting(Reject::line, Reject::column)
                .containsExactly(
                        tuple(2L, "day"),
                        tuple(2L, "number"),
                        tuple(2L, "person"),
                        tuple(3L, "person"),
                        tuple(3L, "number"));
        assertThat(summary.rejected()).isEqualTo(2);
        assertThat(facts).isEmpty();
    }

    @Test
    void a_row_with_an_empty_field_of_the_key_or_without_time_is_rejected() {
        imported("event", Rows.of(HEADER, ",1,a,,3", ",32,a,,3", "2021-07-04,,a,,3"), EVENT);

        assertThat(rejects)
                .extracting(Reject::column)
                .containsExactly("day", "at", "day", "number");
    }

    @Test
    void an_empty_text_is_kept_names_nobody_and_identifies_nothing() {
        var note =
                new Source(
                        "note",
                        "",
                        "",
                        "at",
                        ZoneOffset.UTC,
                        null,
                        null,
                        "customer",
                        "person",
                        List.of("id", "part"),
                        List.of(
                                Field.of("id", DataType.TEXT),
                                Field.of("suffix", DataType.TEXT),
                                Field.of("customer", DataType.TEXT),
                                Field.of("person", DataType.TEXT),
                                Field.of("at", DataType.DATE),
                                new Field(
                                        "part",
                                        "part",
                                        DataType.TEXT,
                                        null,
                                        "coalesce(suffix, '')",
                                        List.of(),
                                        null,
                                        null)));

        imported(
                "note",
                new Rows(
                        List.of("id", "suffix", "customer", "person", "at"),
                        List.<Raw>of(
                                        new Raw.Read(1, List.of("1", "", "", "", "2026-01-31")),
                                        new Raw.Read(2, List.of("", "a", "", "", "2026-01-31")))
                                .iterator()),
                note);

        assertThat(facts)
                .singleElement()
                .satisfies(fact -> {
                    assertThat(fact.account()).isNull();
                    assertThat(fact.user()).isNull();
                    assertThat(fact.values())
                            .containsExactly("1", "", "", "", LocalDate.of(2026, 1, 31), "");
                });
        assertThat(rejects).containsExactly(new Reject(2, "id", "", "a field of the key is empty"));
    }

    @Test
    void
            a_row_that_does_not_pass_is_filtered_whatever_is_wrong_with_what_the_condition_does_not_read() {
        var taking = taking("customer != 'Total'");

        var summary =
                imported(
                        "event",
                        Rows.of(
                                HEADER,
                                "2021-07-04,1,a,,3",
                                "noon,2,Total,p,3",
                                ",,Total,,3",
                                "2021-07-04,3,,,3",
                                "noon,4,a,,3",
                                "2021-07-04,5,a,,12"),
                        taking);

        assertThat(summary.read()).isEqualTo(6);
        assertThat(summary.filtered()).isEqualTo(3);
        assertThat(summary.undecided()).isEqualTo(1);
        assertThat(summary.rejected()).isEqualTo(1);
        assertThat(summary.emptied()).isEqualTo(Map.of("score", 1L));
        assertThat(rejects).extracting(Reject::line).containsExactly(6L);
        assertThat(facts).hasSize(2);
        // The key is of the day and the number; only the row without a customer has both.
        assertThat(calls).filteredOn(call -> call.startsWith("withdraw")).hasSize(1);
    }

    @Test
    void a_row_is_rejected_where_what_the_condition_reads_is_wrong_or_it_cannot_be_computed() {
        imported(
                "event",
                Rows.of(HEADER, "2021-07-04,x,a,,3", "noon,1,a,,3", "2021-07-04,2,a,,3"),
                taking(
                        "number > 1 and doubled < 7 and power(10, 150 * number) * power(10, 150 * number) > 0"));

        assertThat(rejects)
                .extracting(Reject::line, Reject::column)
                .containsExactly(tuple(2L, "number"), tuple(3L, "day"), tuple(4L, ""));
        assertThat(facts).isEmpty();
        assertThat(calls).noneMatch(call -> call.startsWith("withdraw"));
    }

    private static Source taking(String where) {
        return EVENT.withWhere(where);
    }

    @Test
    void a_rate_is_of_a_currency_and_above_nought() {
        var fx =
                new Source(
                                "fx",
                                "",
                                "",
                                "on",
                                ZoneOffset.UTC,
                                null,
                                null,
                                null,
                                null,
                                List.of("on", "currency"),
                                List.of(
                                        Field.of("on", DataType.DATE),
                                        Field.of("currency", DataType.TEXT),
                                        Field.of("usd", DataType.DECIMAL)))
                        .withRates(new Rates("currency", "USD", "usd", 7));

        imported(
                "fx",
                Rows.of(
                        List.of("on", "currency", "usd"),
                        "2026-01-01,EUR,1.1",
                        "2026-01-02,EUR,0",
                        "2026-01-03,EUR,-1.1",
                        "2026-01-04,EUR,",
                        "2026-01-05,EUR,much"),
                fx);

        assertThat(rejects)
                .extracting(Reject::line, Reject::column, Reject::reason)
                .startsWith(
                        tuple(3L, "usd", "a rate is above 0"),
                        tuple(4L, "usd", "a rate is above 0"),
                        tuple(5L, "usd", "the rate is empty"))
                .hasSize(4);
        assertThat(facts).hasSize(1);
    }

    @Test
    void a_row_that_ends_before_it_begins_or_never_begins_is_rejected_and_an_empty_one_is_not() {
        var contract =
                new Source(
                                "contract",
                                "",
                                "",
                                null,
                                ZoneId.of("America/New_York"),
                                null,
                                null,
                                null,
                                null,
                                List.of("number"),
                                List.of(
                                        Field.of("number", DataType.INTEGER),
                                        Field.of("since", DataType.DATE),
                                        Field.of("until", DataType.DATE)))
                        .with(new Validity("since", "until"));

        imported(
                "contract",
                Rows.of(
                        List.of("number", "since", "until"),
                        "1,2026-01-01,2026-02-01",
                        "2,2026-01-01,",
                        "3,2026-01-01,2026-01-01",
                        "4,2026-01-02,2026-01-01",
                        "5,,2026-01-01"),
                contract);

        assertThat(rejects)
                .containsExactly(
                        new Reject(
                                5,
                                "until",
                                "2026-01-01",
                                "it ends before it begins: since is 2026-01-02"),
                        new Reject(6, "since", "", "a row says from when it holds"));
        assertThat(facts)
                .extracting(Fact::key, Fact::occurred)
                .containsExactly(
                        tuple("1:1", Instant.parse("2026-01-01T05:00:00Z")),
                        tuple("1:2", Instant.parse("2026-01-01T05:00:00Z")),
                        tuple("1:3", Instant.parse("2026-01-01T05:00:00Z")));
    }

    @Test
    void member_is_not_removed_before_it_starts_in_any_row_of_its_history() {
        var listing =
                Source.entity(
                                "listing",
                                "",
                                "",
                                List.of("code"),
                                List.of(
                                        Field.of("code", DataType.TEXT),
                                        Field.of("listed_on", DataType.DATE),
                                        Field.of("gone_on", DataType.DATE),
                                        Field.of("since", DataType.DATE),
                                        Field.of("until", DataType.DATE)),
                                Notation.STANDARD,
                                List.of(),
                                new History.Intervals("since", "until", List.of()))
                        .existing("listed_on", "gone_on");

        imported(
                "listing",
                Rows.of(
                        List.of("code", "listed_on", "gone_on", "since", "until"),
                        "a,2026-01-01,2026-03-01,2026-01-01,2026-02-01",
                        "a,2026-04-01,2026-03-01,2026-02-01,",
                        "b,2026-01-01,2026-01-01,2026-02-01,2026-01-01",
                        "c,,2026-01-01,2026-02-01,",
                        "d,2026-01-02,2026-01-01,2026-02-01,2026-01-01"),
                listing);

        assertThat(rejects)
                .containsExactly(
                        new Reject(
                                3,
                                "gone_on",
                                "2026-03-01",
                                "removed before it starts: listed_on is 2026-04-01"),
                        new Reject(
                                4,
                                "until",
                                "2026-01-01",
                                "it ends before it begins: since is 2026-02-01"),
                        new Reject(
                                6,
                                "until",
                                "2026-01-01",
                                "it ends before it begins: since is 2026-02-01"),
                        new Reject(
                                6,
                                "gone_on",
                                "2026-01-01",
                                "removed before it starts: listed_on is 2026-01-02"));
        assertThat(facts).hasSize(2);
    }

    @Test
    void member_without_a_history_is_not_removed_before_it_starts() {
        var listing =
                Source.entity(
                                "listing",
                                "",
                                "",
                                List.of("code"),
                                List.of(
                                        Field.of("code", DataType.TEXT),
                                        Field.of("listed_on", DataType.DATE),
                                        Field.of("gone_on", DataType.DATE)),
                                Notation.STANDARD,
                                List.of())
                        .existing("listed_on", "gone_on");

        imported(
                "listing",
                Rows.of(
                        List.of("code", "listed_on", "gone_on"),
                        "a,2026-04-01,2026-03-01",
                        "b,2026-01-01,2026-01-01"),
                listing);

        assertThat(rejects)
                .containsExactly(
                        new Reject(
                                2,
                                "gone_on",
                                "2026-03-01",
                                "removed before it starts: listed_on is 2026-04-01"));
        assertThat(facts).hasSize(1);
    }

    @Test
    void an_import_whose_source_is_declared_anew_meanwhile_takes_nothing_in() {
        declaredAnew = true;

        assertThat(problems(bring("event", Rows.of(HEADER, "2021-07-04,1,a,,3"), null, EVENT)))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo(ProblemCode.CONFLICT);
                    assertThat(problem.message())
                            .contains("event was declared anew")
                            .contains("run the import again");
                });
    }

    @Test
    void a_day_that_begins_before_the_first_year_is_no_time_of_a_fact() {
        var visit =
                new Source(
                        "visit",
                        "",
                        "",
                        "d",
                        ZoneId.of("Europe/Berlin"),
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        List.of(Field.of("d", DataType.DATE), Field.of("other", DataType.DATE)));

        imported(
                "visit",
                Rows.of(
                        List.of("d", "other"),
                        "0001-01-01,0001-01-01",
                        "0001-01-02,0001-01-01",
                        "9999-12-31,9999-12-31"),
                visit);

        assertThat(rejects)
                .containsExactly(
                        new Reject(
                                2,
                                "d",
                                "0001-01-01",
                                "in Europe/Berlin this day begins before the year 1"));
        assertThat(facts).hasSize(2);
    }

    @Test
    void a_computed_number_with_more_digits_than_are_kept_rejects_its_row() {
        var source =
                new Source(
                        "s",
                        "",
                        "",
                        "d",
                        ZoneOffset.UTC,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        List.of(
                                Field.of("d", DataType.DATE),
                                Field.of("a", DataType.DECIMAL),
                                computed("b", String.join(" * ", Collections.nCopies(40, "a"))),
                                computed("c", String.join(" * ", Collections.nCopies(20, "b")))));

        imported("s", Rows.of(List.of("d", "a"), "2021-01-01,1e-30", "2021-01-01,2"), source);

        assertThat(rejects)
                .containsExactly(
                        new Reject(
                                2,
                                "c",
                                "",
                                "a number has at most 10000 digits on each side of its point"));
        assertThat(facts).hasSize(1);
    }

    private static Field computed(String name, String formula) {
        return new Field(name, name, DataType.DECIMAL, null, formula, List.of(), null, null);
    }

    @Test
    void a_computed_value_that_its_type_cannot_hold_rejects_the_row() {
        var source =
                new Source(
                        "s",
                        "",
                        "",
                        "d",
                        ZoneOffset.UTC,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        List.of(
                                Field.of("d", DataType.DATE),
                                Field.of("a", DataType.INTEGER),
                                new Field(
                                        "b",
                                        "b",
                                        DataType.INTEGER,
                                        null,
                                        "a * a",
                                        List.of(),
                                        null,
                                        null),
                                new Field(
                                        "c",
                                        "c",
                                        DataType.DECIMAL,
                                        null,
                                        "power(a, 200)",
                                        List.of(),
                                        null,
                                        null)));

        imported(
                "s",
                Rows.of(
                        List.of("d", "a"),
                        "2021-01-01,9000000000",
                        "2021-01-01,3",
                        "2021-01-01,1000000"),
                source);

        assertThat(rejects).extracting(Reject::column).contains("b");
        assertThat(facts).isNotEmpty();
    }

    @Test
    void a_key_too_long_for_an_index_rejects_its_row() {
        var longest = "x".repeat(501);

        imported("event", Rows.of(HEADER, "2021-07-04,1," + longest + ",,3"), EVENT);
        imported("account", Rows.of(List.of("account_key"), longest, "a\0b"));

        assertThat(rejects)
                .extracting(Reject::column)
                .containsExactly("customer", "account_key", "account_key");
        assertThat(rejects.getFirst().value()).hasSizeLessThan(250);
    }
}
