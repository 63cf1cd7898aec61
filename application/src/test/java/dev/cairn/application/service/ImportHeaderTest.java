package dev.cairn.application.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Notation;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImportHeaderTest {
    private static final List<String> WANTED = List.of("id", "at", "customer");

    private static ImportHeader header(Map<String, String> meant, String... columns) {
        return ImportHeader.of(List.of(columns), meant, WANTED, "source login");
    }

    @Test
    void columns_are_found_by_their_names_or_by_what_they_are_said_to_mean() {
        var header = header(Map.of("When", "at", "at", "id"), "note", "customer", "at", "When");

        assertThat(header.problems()).isEmpty();
        assertThat(header.at("customer")).isEqualTo(1);
        assertThat(header.at("id")).isEqualTo(2);
        assertThat(header.at("at")).isEqualTo(3);
        assertThat(header.used()).containsExactlyInAnyOrder("customer", "at", "When");
    }

    @Test
    void a_name_means_the_field_of_that_name_before_the_column() {
        var opened = Field.of("opened", DataType.DATE).with(column("closed"));
        var closed = Field.of("closed", DataType.DATE).with(column("opened"));

        assertThat(
                        ImportHeader.columnsMeant(
                                Map.of("A", "opened", "B", "closed", "C", "other"),
                                List.of(opened, closed)))
                .containsOnly(
                        Map.entry("A", "closed"),
                        Map.entry("B", "opened"),
                        Map.entry("C", "other"));
    }

    private static Notation column(String name) {
        return new Notation(
                name, List.of(), null, null, null, null, List.of(), null, null, null, null, null);
    }

    @Test
    void what_nobody_wants_is_ignored_even_where_it_is_met_late() {
        var header = header(Map.of(), "id", "at", "customer", "note");

        assertThat(header.ignored(List.of("id", "at", "customer", "note", "late")))
                .containsExactly("note", "late");
    }

    @Test
    void names_that_mean_nothing_are_told_with_near_ones_and_not_told_as_missing_too() {
        var header = header(Map.of("Custmer", "customer", "No", "ids"), "No", "at", "Customer");

        assertThat(header.problems())
                .extracting(Problem::code, Problem::suggestions)
                .containsExactly(
                        tuple(ProblemCode.UNKNOWN_COLUMN, List.of("Customer")),
                        tuple(ProblemCode.UNKNOWN_FIELD, List.of("id")),
                        tuple(ProblemCode.MISSING, List.of()));
    }

    @Test
    void a_column_cannot_be_what_another_one_is() {
        assertThat(header(Map.of("ID", "id"), "id", "at", "customer", "ID").problems())
                .extracting(Problem::code, Problem::message)
                .containsExactly(
                        tuple(
                                ProblemCode.CONFLICT,
                                "Two columns are named 'id': skip the header (--skip-lines 1) and name all columns (--columns)."));
        assertThat(header(Map.of(), "id", "at", "customer", "x", "x", "x").problems()).hasSize(1);
    }
}
