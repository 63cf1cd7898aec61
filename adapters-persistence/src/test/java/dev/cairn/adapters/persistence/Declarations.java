package dev.cairn.adapters.persistence;

import dev.cairn.adapters.persistence.catalog.JooqDefinitionStore;
import dev.cairn.application.port.out.DefinitionStore.Saved;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Source;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Short ways to declare and save things in tests. */
public final class Declarations {
    private Declarations() {}

    /** A source of timestamps in UTC: its time is {@code at}, its account {@code customer}, its user {@code person}, as far as it has such fields. */
    public static Source source(String name, List<String> key, Field... fields) {
        List<String> names = Arrays.stream(fields).map(Field::name).toList();
        return new Source(
                name,
                name,
                "",
                "at",
                ZoneId.of("UTC"),
                null,
                null,
                names.contains("customer") ? "customer" : null,
                names.contains("person") ? "person" : null,
                key,
                List.of(fields));
    }

    public static Source covering(
            Source source, @Nullable LocalDate from, @Nullable LocalDate until) {
        return new Source(
                        source.name(),
                        source.label(),
                        source.description(),
                        source.timeField(),
                        source.zone(),
                        from,
                        until,
                        source.accountField(),
                        source.userField(),
                        source.key(),
                        source.fields())
                .with(source.validity());
    }

    public static Source where(Source source, @Nullable String condition) {
        return source.withWhere(condition);
    }

    public static Source in(ZoneId zone, Source source) {
        return new Source(
                        source.name(),
                        source.label(),
                        source.description(),
                        source.timeField(),
                        zone,
                        source.coverageFrom(),
                        source.coverageUntil(),
                        source.accountField(),
                        source.userField(),
                        source.key(),
                        source.fields())
                .with(source.validity());
    }

    public static Entry entry(Definition definition, int version) {
        return new Entry(definition, version, Map.of());
    }

    /** Saves definitions as the next versions of their names, and insists. */
    public static Catalog save(DataSource dataSource, Definition... definitions) {
        return switch (trySave(dataSource, definitions)) {
            case Saved.Done(var catalog, _) -> catalog;
            case Saved.Conflict conflict -> throw new AssertionError(conflict.toString());
            case Saved.Refused refused -> throw new AssertionError(refused.toString());
        };
    }

    public static Saved trySave(DataSource dataSource, Definition... definitions) {
        var store = new JooqDefinitionStore(dataSource);
        Catalog catalog = store.load();
        List<Entry> entries =
                Arrays.stream(definitions)
                        .map(definition ->
                                entry(
                                        definition,
                                        catalog.entry(definition.name())
                                                .map(known -> known.version() + 1)
                                                .orElse(1)))
                        .toList();
        return store.save(catalog.version(), entries, Set.of());
    }
}
