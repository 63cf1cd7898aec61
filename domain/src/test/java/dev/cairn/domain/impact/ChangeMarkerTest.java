package dev.cairn.domain.impact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.CatalogBuilder;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.problem.Place;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChangeMarkerTest {
    private static final Caller SCOPED = new Caller("ann", "account.region = 'Asia'");

    private static Catalog markers(@Nullable String account) {
        return CatalogBuilder.catalog()
                .define(
                        new Source(
                                "change_marker",
                                "Changes",
                                "",
                                "changed_on",
                                ZoneOffset.UTC,
                                null,
                                null,
                                account,
                                null,
                                List.of("change_id"),
                                List.of(
                                        Field.of("change_id", DataType.TEXT),
                                        Field.of("changed_on", DataType.DATE),
                                        Field.of("name", DataType.TEXT),
                                        Field.of("customer", DataType.TEXT))))
                .build();
    }

    @Test
    void who_sees_some_accounts_is_told_that_markers_are_of_none_and_what_to_give_instead() {
        assertThat(ChangeMarker.outOfSight(markers(null), SCOPED))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.place()).isEqualTo(Place.of("change"));
                    assertThat(problem.message()).contains("give the day of the change instead");
                });
        assertThat(ChangeMarker.outOfSight(markers("customer"), SCOPED)).isEmpty();
        assertThat(ChangeMarker.outOfSight(markers(null), Caller.LOCAL)).isEmpty();
    }
}
