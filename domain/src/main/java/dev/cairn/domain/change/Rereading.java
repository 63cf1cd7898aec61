package dev.cairn.domain.change;

import dev.cairn.domain.expression.Evaluator;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.fact.FieldReader;
import dev.cairn.domain.fact.KeyText;
import dev.cairn.domain.fact.Reading;
import dev.cairn.domain.fact.StartOfDay;
import dev.cairn.domain.lowering.RowFormulas;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Entity.Mark;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.model.Validity;
import dev.cairn.domain.time.PointInTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads stored rows again by a changed declaration, where what they become follows from what is stored ({@link DeclarationChange}). */
public final class Rereading {
    /** What becomes of a row. */
    public sealed interface Row {
        /** @param values one per field, in the order of the declaration */
        record Read(List<@Nullable Object> values) implements Row {
            public Read {
                values = Collections.unmodifiableList(new ArrayList<>(values));
            }
        }

        /**
         * It cannot be stored under the declaration, or would be another row.
         *
         * @param reason a clause without an end: "the key would be another"
         */
        record Impossible(String reason) implements Row {}

        /** The source's condition on rows does not take it in. */
        record LeftOut() implements Row {}
    }

    private record Column(Field field, FieldReader reader, @Nullable Expr formula) {}

    private final ZoneId zone;
    private final List<Column> columns = new ArrayList<>();
    private final Map<String, Integer> order = new HashMap<>();

    /** Fields that say what a row is and whose it is, each with words for that. */
    private final Map<String, String> fixed = new HashMap<>();

    private final Map<Mark, String> marks = new HashMap<>();
    private @Nullable String placedBy;
    private @Nullable Validity validity;
    private @Nullable Expr where;

    private Rereading(List<Field> fields, Map<String, Expr> formulas, ZoneId zone) {
        this.zone = zone;
        for (var field : fields) {
            order.put(field.name(), columns.size());
            columns.add(
                    new Column(field, new FieldReader(field, zone), formulas.get(field.name())));
        }
    }

    public static Rereading of(Source source, RowFormulas formulas) {
        var rereading = new Rereading(source.fieldsAsRead(), formulas.formulas(), source.zone());
        rereading.placedBy = source.placing();
        rereading.validity = source.validity();
        rereading.where = formulas.where();
        var identity =
                source.key().isEmpty()
                        ? source.fields().stream().filter(Field::isRead).map(Field::name)
                        : source.key().stream();
        identity.forEach(
                field -> rereading.fixed.put(field, "%s, which identifies it,".formatted(field)));
        for (var link : new String[] {source.accountField(), source.userField()}) {
            if (link != null) {
                rereading.fixed.put(link, "%s, which says whose it is,".formatted(link));
            }
        }
        return rereading;
    }

    public static Rereading of(Entity entity) {
        var rereading = new Rereading(entity.fieldsAsRead(), Map.of(), ZoneOffset.UTC);
        Stream.of(Mark.START, Mark.REMOVED)
                .forEach(mark ->
                        entity.marked(mark)
                                .ifPresent(field -> rereading.marks.put(mark, field.name())));
        return rereading;
    }

    /** @param stored one per field of the declaration, as it is stored; null also where nothing is */
    public Row read(List<@Nullable Object> stored) {
        var values = new ArrayList<@Nullable Object>(columns.size());
        for (var column : columns) {
            var name = column.field().name();
            switch (read(column, stored.get(values.size()), values)) {
                case Reading.Value(var value) -> values.add(value);
                case Reading.OutOfRange() -> values.add(null);
                case Reading.Wrong(var reason) -> {
                    return new Row.Impossible("%s: %s".formatted(name, reason));
                }
            }
        }
        if (where != null) {
            try {
                if (!Boolean.TRUE.equals(evaluate(where, values))) {
                    return new Row.LeftOut();
                }
            } catch (ArithmeticException failed) {
                return new Row.Impossible(
                        "the condition on rows cannot be computed: " + failed.getMessage());
            }
        }
        var reason = reasonAgainst(stored, values);
        return reason == null ? new Row.Read(values) : new Row.Impossible(reason);
    }

    private Reading read(
            Column column, @Nullable Object stored, List<@Nullable Object> valuesBefore) {
        if (column.formula() == null) {
            return column.reader().again(stored);
        }
        try {
            return column.reader().fit(evaluate(column.formula(), valuesBefore));
        } catch (ArithmeticException failed) {
            return new Reading.Wrong("cannot be computed: " + failed.getMessage());
        }
    }

    private @Nullable Object evaluate(Expr formula, List<@Nullable Object> values) {
        return Evaluator.evaluate(formula, name -> values.get(index(name)));
    }

    private int index(String field) {
        return order.getOrDefault(field, -1);
    }

    private @Nullable String reasonAgainst(
            List<@Nullable Object> stored, List<@Nullable Object> values) {
        if (placedBy != null && values.get(index(placedBy)) == null) {
            return "%s, which says when it happened, would be empty".formatted(placedBy);
        }
        if (validity != null) {
            var from = StartOfDay.instant(values.get(index(validity.from())), zone);
            var until = StartOfDay.instant(values.get(index(validity.until())), zone);
            if (from == null) {
                return "%s, which says from when it holds, would be empty"
                        .formatted(validity.from());
            }
            if (until != null && until.isBefore(from)) {
                return "it would end before it begins";
            }
        }
        for (var field : fixed.entrySet()) {
            int at = index(field.getKey());
            if (at >= 0 && !same(stored.get(at), values.get(at))) {
                return field.getValue() + " would be another";
            }
        }
        var start = marked(Mark.START, values);
        var removed = marked(Mark.REMOVED, values);
        return start != null && removed != null && removed.isBeforeEverywhere(start)
                ? "it would be removed before it starts"
                : null;
    }

    private static boolean same(@Nullable Object one, @Nullable Object other) {
        return (one == null || other == null)
                ? Objects.equals(one, other)
                : KeyText.of(one).equals(KeyText.of(other));
    }

    /** The instant that the time field says; null where nothing is a time field. */
    public @Nullable Instant occurred(List<@Nullable Object> values) {
        return placedBy == null ? null : StartOfDay.instant(values.get(index(placedBy)), zone);
    }

    /** From or until when a member exists, as the marked attribute says; null where it does not. */
    public @Nullable PointInTime marked(Mark mark, List<@Nullable Object> values) {
        var field = marks.get(mark);
        return switch (field == null ? null : values.get(index(field))) {
            case null -> null;
            case LocalDate day -> PointInTime.on(day);
            case Object instant -> PointInTime.at((Instant) instant);
        };
    }
}
