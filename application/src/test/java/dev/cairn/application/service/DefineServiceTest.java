package dev.cairn.application.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.in.DefineUseCase.Draft;
import dev.cairn.application.port.in.DefineUseCase.Outcome;
import dev.cairn.application.port.in.DefineUseCase.Request;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Slice;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DefineServiceTest {
    /** A source with a field called {@code account}. */
    private static Source calls(String label, @Nullable String accountField) {
        return new Source(
                "call",
                label,
                "",
                "at",
                ZoneOffset.UTC,
                null,
                null,
                accountField,
                null,
                List.of(),
                List.of(
                        Field.of("at", DataType.TIMESTAMP),
                        Field.of("company", DataType.TEXT),
                        Field.of("account", DataType.TEXT)));
    }

    private static Outcome define(Definition definition, Definition... inForce) {
        var entries =
                java.util.Arrays.stream(inForce).map(one -> new Entry(one, 1, Map.of())).toList();
        var store = new MemoryStore(Catalog.of(1, entries, List.of()));
        var request = new Request(List.of(new Draft(definition, Place.of("file"))), false, false);
        return new DefineService(new Catalogs(store), store).define(request);
    }

    @Test
    void a_new_field_called_as_a_link_is_rejected_unless_it_is_that_link() {
        assertThat(define(calls("Calls", "account"))).isInstanceOf(Outcome.Applied.class);
        assertThat(define(calls("Calls", "company")))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected ->
                                assertThat(rejected.problems())
                                        .singleElement()
                                        .extracting(Problem::suggestions)
                                        .isEqualTo(List.of("account: {field: account}")));
    }

    @Test
    void a_field_called_as_a_link_that_is_in_force_hinders_nobody() {
        var inForce = calls("Calls", "company");
        assertThat(define(calls("Phone calls", "company"), inForce))
                .isInstanceOf(Outcome.Applied.class);
        assertThat(
                        define(
                                new Slice("some", "some", "", "call", "call.account is not none"),
                                inForce))
                .isInstanceOf(Outcome.Applied.class);
    }
}
