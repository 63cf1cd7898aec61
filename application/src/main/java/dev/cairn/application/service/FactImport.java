package dev.cairn.application.service;

import dev.cairn.application.port.out.FactStore;
import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.application.port.out.FactStore.Loaded;
import dev.cairn.application.service.RowReader.Row;
import dev.cairn.domain.fact.KeyText;
import dev.cairn.domain.model.Source;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows as facts of a source. */
final class FactImport implements ImportTarget {
    private final Source source;
    private final RowReader reader;
    private final FactStore.Load load;
    private final @Nullable LocalDate completeUntil;

    FactImport(
            Source source,
            RowReader reader,
            FactStore.Load load,
            @Nullable LocalDate completeUntil) {
        this.source = source;
        this.reader = reader;
        this.load = load;
        this.completeUntil = completeUntil;
    }

    @Override
    public Row add(List<String> cells) {
        var row = reader.read(cells);
        return row instanceof Row.Typed typed ? add(typed) : row;
    }

    private Row add(Row.Typed row) {
        var occurred = occurred(value(row, source.timeField()));
        if (occurred == null) {
            return new Row.Refused(source.timeField(), "", "a fact says when it happened");
        }
        var key = new ArrayList<>();
        for (var field : source.key()) {
            var value = value(row, field);
            if (value == null) {
                return new Row.Refused(field, "", "a field of the key is empty");
            }
            key.add(value);
        }
        var account = text(row, source.accountField());
        var user = text(row, source.userField());
        var refused = refused(source.accountField(), account);
        if (refused == null) {
            refused = refused(source.userField(), user);
        }
        if (refused != null) {
            return refused;
        }
        load.add(
                new Fact(
                        occurred,
                        key.isEmpty() ? null : KeyText.joined(key),
                        account,
                        user,
                        row.values()));
        return row;
    }

    private static @Nullable Row refused(@Nullable String field, @Nullable String key) {
        var reason = ImportTarget.refusal(key);
        return field == null || key == null || reason == null
                ? null
                : new Row.Refused(field, key, reason);
    }

    private @Nullable Object value(Row.Typed row, String field) {
        return row.values().get(reader.index(field));
    }

    private @Nullable String text(Row.Typed row, @Nullable String field) {
        var value = field == null ? null : value(row, field);
        return value == null || value.equals("") ? null : KeyText.of(value);
    }

    private @Nullable Instant occurred(@Nullable Object time) {
        return switch (time) {
            case null -> null;
            case LocalDate day -> day.atStartOfDay(source.zone()).toInstant();
            default -> (Instant) time;
        };
    }

    @Override
    public long stored() {
        return load.stored();
    }

    @Override
    public Loaded commit() {
        return load.commit(completeUntil);
    }

    @Override
    public void close() {
        load.close();
    }
}
