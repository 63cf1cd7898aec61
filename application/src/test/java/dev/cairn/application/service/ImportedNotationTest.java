package dev.cairn.application.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.Records.Raw;
import dev.cairn.application.port.in.ImportUseCase.Among;
import dev.cairn.application.port.in.ImportUseCase.Doubtful;
import dev.cairn.application.port.in.ImportUseCase.Reject;
import dev.cairn.application.port.in.ImportUseCase.Similar;
import dev.cairn.application.port.out.FactStore.Alike;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Entity.Attribute;
import dev.cairn.domain.model.Entity.Mark;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Notation;
import dev.cairn.domain.model.Source;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ImportedNotationTest extends ImportScenario {
    private static Notation notation(
            @Nullable String column, @Nullable String decimal, String... formats) {
        return new Notation(
                column,
                List.of(formats),
                null,
                null,
                decimal,
                null,
                List.of(),
                null,
                null,
                null,
                null,
                null);
    }

    private static Source invoice(Notation around, Field... fields) {
        return new Source(
                        "invoice",
                        "",
                        "",
                        "issued",
                        ZoneOffset.UTC,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        Arrays.asList(fields))
                .withNotation(around);
    }

    private static Field field(String name, DataType type) {
        return Field.of(name, type);
    }

    private static Rows rows(String header, String... lines) {
        return Rows.of(List.of(header.split(";", -1)), lines);
    }

    @Test
    void a_column_has_its_name_in_the_file_and_two_fields_may_read_it() {
        var source =
                invoice(
                        Notation.STANDARD,
                        field("issued", DataType.DATE)
                                .with(notation("Issued on", null, "dd/MM/yyyy")),
                        field("issued_text", DataType.TEXT).with(notation("Issued on", null)));

        var summary = imported("invoice", rows("Issued on", "31/01/2026", "2026-01-31"), source);

        assertThat(facts)
                .singleElement()
                .satisfies(fact ->
                        assertThat(fact.values())
                                .containsExactly(LocalDate.of(2026, 1, 31), "31/01/2026"));
        assertThat(rejects)
                .containsExactly(
                        new Reject(3, "Issued on", "2026-01-31", "not of the format dd/MM/yyyy"));
        assertThat(summary.ignored()).isEmpty();
    }

    @Test
    void an_option_may_name_the_field_or_its_column() {
        var source =
                invoice(
                        Notation.STANDARD,
                        field("issued", DataType.DATE).with(notation("Issued on", null)));
        columns = Map.of("Datum", "issued");

        assertThat(imported("invoice", rows("Datum", "2026-01-31"), source).loaded()).isOne();
        columns = Map.of("Datum", "Issued on");
        assertThat(imported("invoice", rows("Datum", "2026-01-31"), source).loaded()).isPositive();
    }

    @Test
    void an_option_names_one_field_where_columns_are_called_as_other_fields() {
        var source =
                invoice(
                        Notation.STANDARD,
                        field("issued", DataType.DATE).with(notation("paid", null)),
                        field("paid", DataType.DATE).with(notation("issued", null)));
        columns = Map.of("Datum", "issued", "Zahlung", "paid");

        imported("invoice", rows("Datum;Zahlung", "2026-01-31,2026-02-28"), source);

        assertThat(facts)
                .singleElement()
                .satisfies(fact ->
                        assertThat(fact.values())
                                .containsExactly(
                                        LocalDate.of(2026, 1, 31), LocalDate.of(2026, 2, 28)));
    }

    @Test
    void a_rejected_cell_is_of_the_column_that_it_stands_in() {
        var source =
                new Source(
                        "invoice",
                        "",
                        "",
                        "issued",
                        ZoneId.of("Europe/Berlin"),
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        List.of(field("issued", DataType.DATE).with(notation("Issued on", null))));
        var accounts =
                new Entity(
                        EntityRef.ACCOUNT,
                        "",
                        "",
                        "id",
                        List.of(
                                new Attribute(field("since", DataType.DATE), Mark.START),
                                new Attribute(
                                        field("gone", DataType.DATE)
                                                .with(notation("Gone on", null)),
                                        Mark.REMOVED)));

        imported("invoice", rows("Issued on", "0001-01-01"), source);
        imported(
                "account",
                Rows.of(List.of("id", "since", "Gone on"), "a,2026-02-01,2026-01-01"),
                accounts);

        assertThat(rejects).extracting(Reject::column).containsExactly("Issued on", "Gone on");
    }

    @Test
    void a_source_says_once_how_all_its_columns_are_read() {
        var source =
                invoice(
                        notation(null, ",", "dd.MM.yyyy"),
                        field("issued", DataType.DATE),
                        field("total", DataType.DECIMAL),
                        field("points", DataType.DECIMAL).with(notation(null, ".")));

        imported(
                "invoice",
                new Rows(
                        List.of("issued", "total", "points"),
                        List.<Raw>of(new Raw.Read(2, List.of("31.01.2026", "2,50", "1.234")))
                                .iterator()),
                source);

        assertThat(facts)
                .singleElement()
                .satisfies(fact ->
                        assertThat(fact.values())
                                .containsExactly(
                                        LocalDate.of(2026, 1, 31),
                                        new BigDecimal("2.5"),
                                        new BigDecimal("1.234")));
    }

    @Test
    void a_point_beside_a_decimal_comma_is_not_taken_for_a_decimal_point() {
        var source =
                invoice(
                        Notation.STANDARD,
                        field("issued", DataType.DATE),
                        field("total", DataType.DECIMAL));
        var records =
                new Rows(
                        List.of("issued", "total"),
                        List.<Raw>of(
                                        new Raw.Read(2, List.of("2026-01-31", "1.234")),
                                        new Raw.Read(3, List.of("2026-01-31", "2,50")))
                                .iterator());

        assertThat(problems(bring("invoice", records, null, source)))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.message())
                                .contains(
                                        "total",
                                        "1.234",
                                        "2,50",
                                        "decimal: ','",
                                        "Nothing was imported"));
        assertThat(calls).noneMatch(call -> call.startsWith("commit"));
        assertThat(rejects)
                .extracting(Reject::reason)
                .containsExactly("not a number: declare decimal: ','");
    }

    @Test
    void numbers_that_all_fit_two_readings_are_told() {
        var source =
                invoice(
                        Notation.STANDARD,
                        field("issued", DataType.DATE),
                        field("total", DataType.DECIMAL));

        var summary =
                imported(
                        "invoice",
                        Rows.of(List.of("issued", "total"), "2026-01-31,1.234", "2026-01-31,7"),
                        source);

        assertThat(summary.doubtful()).containsExactly(new Doubtful("total", 1, "1.234"));
    }

    @Test
    void a_column_that_is_met_behind_a_record_is_empty_in_it() {
        var source =
                invoice(
                        Notation.STANDARD,
                        field("issued", DataType.DATE),
                        field("total", DataType.DECIMAL));

        imported(
                "invoice",
                Rows.of(List.of("issued", "total"), "2026-01-31", "2026-02-01,5"),
                source);

        assertThat(facts).hasSize(2);
        assertThat(facts.getFirst().values().getLast()).isNull();
        imported("user", Rows.of(List.of("user_key", "account"), "u-1"));
        assertThat(members).singleElement().satisfies(user -> assertThat(user.account()).isNull());
    }

    @Test
    void keys_that_differ_by_blanks_or_case_only_are_told() {
        var summary =
                imported(
                        "event",
                        Rows.of(
                                HEADER,
                                "2021-07-04,1,acme,,3",
                                "2021-07-04,2,ACME ,,3",
                                "2021-07-04,3,Acme,,3",
                                "2021-07-04,4,ACME ,,3",
                                "2021-07-04,5,bolt,,3"),
                        EVENT);

        assertThat(summary.similar())
                .containsExactly(new Similar("customer", 2, "acme", "ACME ", Among.FILE));
        assertThat(imported("account", Rows.of(List.of("account_key"), "a", "A", "b")).similar())
                .containsExactly(new Similar("account_key", 1, "a", "A", Among.FILE));
        assertThat(
                        imported(
                                        "account",
                                        Rows.of(List.of("account_key"), "0113", "113", "0", "x01"))
                                .similar())
                .containsExactly(new Similar("account_key", 1, "0113", "113", Among.FILE));
    }

    @Test
    void keys_that_differ_from_stored_ones_are_told_by_their_columns() {
        alike =
                List.of(
                        new Alike(EntityRef.ACCOUNT, 3, "ACME", "acme"),
                        new Alike(EntityRef.USER, 1, "Ann", "ann"));

        assertThat(imported("event", Rows.of(HEADER, "2021-07-04,1,acme,,3"), EVENT).similar())
                .containsExactly(
                        new Similar("customer", 3, "ACME", "acme", Among.STORED),
                        new Similar("person", 1, "Ann", "ann", Among.STORED));
        assertThat(imported("user", Rows.of(List.of("user_key", "account"), "ann,acme")).similar())
                .containsExactly(
                        new Similar("account", 3, "ACME", "acme", Among.STORED),
                        new Similar("user_key", 1, "Ann", "ann", Among.STORED));
    }

    @Test
    void a_column_without_a_name_is_not_loaded_and_told() {
        var source = invoice(Notation.STANDARD, field("issued", DataType.DATE));

        var summary =
                imported("invoice", Rows.of(List.of("", "issued", " "), "0,2026-01-31,"), source);

        assertThat(summary.loaded()).isOne();
        assertThat(summary.ignored())
                .containsExactly("column 1 (without a name)", "column 3 (without a name)");
    }

    @Test
    void keys_of_accounts_and_users_are_read_as_declared() {
        var user =
                new Entity(
                        EntityRef.USER,
                        "",
                        "",
                        "id",
                        List.of(),
                        new Notation(
                                null,
                                List.of(),
                                null,
                                null,
                                null,
                                null,
                                List.of(),
                                null,
                                null,
                                true,
                                Notation.LetterCase.LOWER,
                                null));

        imported("user", Rows.of(List.of("id", "account"), " U-1 ,ACME "), user);

        assertThat(members)
                .singleElement()
                .satisfies(member -> {
                    assertThat(member.key()).isEqualTo("u-1");
                    assertThat(member.account()).isEqualTo("acme");
                });
    }
}
