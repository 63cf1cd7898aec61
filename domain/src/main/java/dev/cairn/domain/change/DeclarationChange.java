package dev.cairn.domain.change;

import dev.cairn.domain.fact.FieldReader;
import dev.cairn.domain.fact.Reading;
import dev.cairn.domain.lowering.RowFormulas;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Entity.Mark;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.History;
import dev.cairn.domain.model.Mapping;
import dev.cairn.domain.model.Notation;
import dev.cairn.domain.model.Rates;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.model.Validity;
import dev.cairn.domain.problem.Place;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of stored rows where a declaration changes, so that every row means what it would if it had been read by the new one. Each
 * property of a declaration is looked at here: what is not stored in rows changes nothing; what follows exactly from what is stored is done
 * again; anything else is refused as soon as there is a row that could have been read otherwise.
 *
 * @param obstacles rows that stand against the change
 * @param again whether the rows are to be read again, by {@link Rereading}, which may leave some out
 * @param unread columns of the file that stored rows were read without
 */
public record DeclarationChange(List<Obstacle> obstacles, boolean again, List<String> unread) {
    public DeclarationChange {
        obstacles = List.copyOf(obstacles);
        unread = List.copyOf(unread);
    }

    /**
     * A reason against the change, if there are such rows.
     *
     * @param reason a clause without an end: "the zone is now X and was Y"
     */
    public record Obstacle(StoredRows rows, String reason) {}

    /**
     * @param earlier fields that older declarations had and {@code before} does not, as they were read last: what was read for them may still be stored
     */
    public static DeclarationChange of(Source before, Map<String, Field> earlier, Source after) {
        var change = new Comparison(before.zone());
        // Coverage is kept beside the rows, and follows the
        // declaration. What links lead to is
        // found as a question is asked.
        switch (after) {
            case Source(
                            _,
                            _,
                            _,
                            _,
                            var zone,
                            _,
                            _,
                            var key,
                            var fields,
                            _,
                            _,
                            var validity,
                            _,
                            var accountVia,
                            _,
                            _,
                            _,
                            var mapping,
                            _) -> {
                change.refuse("table", tableOf(before.mapping()), tableOf(mapping));
                change.refuse("time field", before.placing(), after.placing());
                change.refuse("kind (source or entity)", before.isEntity(), after.isEntity());
                change.refuse("zone", before.zone(), zone);
                change.refuse(
                        "account's field",
                        said(before.accountFields()),
                        said(after.accountFields()));
                change.refuse("account's link", before.accountVia(), accountVia);
                if (accountVia != null) {
                    change.refuse("account's link", before.accountLink(), after.accountLink());
                }
                change.refuse("user's field", before.userField(), after.userField());
                change.rates(before.rates(), after.rates());
                change.refuse("key", before.key(), key);
                change.fields(before.fieldsAsRead(), earlier, after.fieldsAsRead());
                change.condition(before, after);
                change.validity(before.validity(), validity);
                if (key.isEmpty()) {
                    change.content(before.fields(), fields);
                }
            }
        }
        return change.result();
    }

    /** Rows of a source in a table of its own are not stored. */
    private static String tableOf(@Nullable Mapping mapping) {
        return mapping == null ? "one of Cairn's" : mapping.text();
    }

    private static String said(List<String> columns) {
        return columns.isEmpty() ? "none" : String.join(", ", columns);
    }

    /** As for a source. Computed attributes are not stored: nothing stands against a change of theirs. */
    public static DeclarationChange of(Entity before, Map<String, Field> earlier, Entity after) {
        return ofStored(before.stored(), earlier, after.stored());
    }

    private static DeclarationChange ofStored(
            Entity before, Map<String, Field> earlier, Entity after) {
        var change = new Comparison(ZoneOffset.UTC);
        switch (after) {
            case Entity(_, _, _, var key, _, var notation, var history, _, var mapping) -> {
                // Accounts that facts brought are found in a table by whatever column says their
                // key.
                if (mapping == null) {
                    change.refuse("key's column", said(before.key()), said(key));
                    if (!sameText(notation, before.notation())) {
                        change.readOtherwise("the key");
                    }
                }
                change.fields(before.fieldsAsRead(), earlier, after.fieldsAsRead());
                change.history(before.history(), history);
                // Test accounts and names are looked up when a question is asked; these two are
                // stored.
                for (var mark : List.of(Mark.START, Mark.REMOVED)) {
                    change.again |= !marked(before, mark).equals(marked(after, mark));
                }
            }
        }
        return change.result();
    }

    private static boolean sameText(Notation one, Notation other) {
        return one.bearingOn(DataType.TEXT).equals(other.bearingOn(DataType.TEXT));
    }

    private static Optional<String> marked(Entity entity, Mark mark) {
        return entity.marked(mark).map(Field::name);
    }

    private static final class Comparison {
        private final ZoneId zone;
        private final List<Obstacle> obstacles = new ArrayList<>();
        private final List<String> unread = new ArrayList<>();
        private boolean again;

        Comparison(ZoneId zone) {
            this.zone = zone;
        }

        DeclarationChange result() {
            return new DeclarationChange(obstacles, again, unread);
        }

        void refuse(String what, @Nullable Object before, @Nullable Object after) {
            if (!Objects.equals(before, after)) {
                against(new StoredRows.All(), "the %s is now %s and was %s", what, after, before);
            }
        }

        /** Rows that are stored and not taken in any more are left out; rows that were left out are not stored. */
        void condition(Source before, Source after) {
            var was = before.where();
            if (was != null && !was.equals(after.where())) {
                against(
                        new StoredRows.All(),
                        "rows that were left out, as '%s' was not true of them, are not stored, and the condition on rows is now %s",
                        was,
                        after.where() == null ? "none" : "'%s'".formatted(after.where()));
                return;
            }
            if (after.where() == null) {
                return;
            }
            again |= was == null;
            var earlier = byName(before.fieldsAsRead());
            var later = byName(after.fieldsAsRead());
            RowFormulas.of(after, Map.of(), Place.NOWHERE).fieldsOfWhere().stream()
                    .sorted()
                    .forEach(name -> {
                        if (was == null && unread.contains(name)) {
                            against(
                                    new StoredRows.All(),
                                    "the condition on rows reads %s, which they were read without",
                                    name);
                        } else if (was != null
                                && isReadOtherwise(earlier.get(name), later.get(name))) {
                            against(
                                    new StoredRows.All(),
                                    "the condition on rows reads %s, which is read or computed otherwise now, and rows that it left out are not stored",
                                    name);
                        }
                    });
        }

        /** Rows are looked at again: each must begin, and end no earlier. */
        void validity(@Nullable Validity before, @Nullable Validity after) {
            if (after == null || after.readsAs(before)) {
                return;
            }
            again = true;
            if (unread.contains(after.until())) {
                against(
                        new StoredRows.All(),
                        "the validity reads %s, which they were read without",
                        after.until());
            }
        }

        private static boolean isReadOtherwise(@Nullable Field before, @Nullable Field after) {
            return before == null
                    || after == null
                    || !sameValues(before.type(), after.type())
                    || !Objects.equals(before.compute(), after.compute())
                    || !Set.copyOf(before.missing()).equals(Set.copyOf(after.missing()))
                    || !sameBound(before.min(), after.min())
                    || !sameBound(before.max(), after.max())
                    || !before.notation().equals(after.notation());
        }

        private void against(StoredRows rows, String reason, @Nullable Object... arguments) {
            obstacles.add(new Obstacle(rows, reason.formatted(arguments)));
        }

        /** Rates are numbers: what one leads to is said by the declaration alone. */
        void rates(@Nullable Rates before, @Nullable Rates after) {
            if (before != null && after != null) {
                refuse("currency that rates lead to", before.to(), after.to());
            }
        }

        /** How files say it does not matter for what is stored; what is stored when a history begins holds from ever. */
        void history(@Nullable History before, @Nullable History after) {
            if (before != null && after == null) {
                against(
                        new StoredRows.All(),
                        "what they were on earlier days is stored, and would be read no more");
            }
        }

        /** The texts it was read from are not stored. */
        void readOtherwise(String what) {
            against(
                    new StoredRows.All(),
                    "%s is now read in another way (column, format or separators)",
                    what);
        }

        void fields(List<Field> before, Map<String, Field> earlier, List<Field> after) {
            var known = byName(before);
            for (var field : after) {
                var last = known.get(field.name());
                if (last != null) {
                    field(last, field);
                } else {
                    Optional.ofNullable(earlier.get(field.name()))
                            .ifPresent(old -> field(old, field));
                    added(field);
                }
            }
        }

        /** Rows were read without it, at least those of the last declaration. */
        private void added(Field field) {
            if (field.isRead()) {
                unread.add(field.name());
            } else {
                again = true;
            }
        }

        private void field(Field before, Field after) {
            if (!after.isRead()) {
                again |= before.isRead() || !samelyComputed(before, after);
            } else if (before.isRead()) {
                read(before, after);
            } else {
                against(
                        new StoredRows.Filled(before),
                        "%s was computed and is now read",
                        before.name());
                unread.add(after.name());
            }
        }

        /** Not the label; nor the currency, which is the declaration's alone: amounts stay as they are. */
        private static boolean samelyComputed(Field before, Field after) {
            return switch (after) {
                case Field(_, _, var type, _, var compute, _, var min, var max, _, _) ->
                        sameValues(type, before.type())
                                && Objects.equals(compute, before.compute())
                                && sameBound(min, before.min())
                                && sameBound(max, before.max());
            };
        }

        private void read(Field before, Field after) {
            switch (after) {
                case Field(
                                var name,
                                _,
                                var type,
                                _,
                                _,
                                var missing,
                                var min,
                                var max,
                                var notation,
                                _) -> {
                    notation(before, after, notation);
                    if (!sameValues(type, before.type())) {
                        against(
                                new StoredRows.Filled(before),
                                "%s is now of type %s and was of type %s",
                                name,
                                word(type),
                                word(before.type()));
                    }
                    removedCodes(before, Set.copyOf(missing));
                    addedCodes(before, Set.copyOf(missing));
                    bounds(before, min, max);
                }
            }
        }

        private void notation(Field before, Field after, Notation notation) {
            var is = notation.bearingOn(after.type());
            if (!is.equals(before.notation().bearingOn(after.type()))) {
                if (followsFromText(before, after)) {
                    again = true;
                } else {
                    readOtherwise(after.name());
                }
            }
        }

        /** A text is now trimmed, or in one case, and was not: that follows from what is stored. With codes it would matter how the file writes them. */
        private static boolean followsFromText(Field before, Field after) {
            var was = before.notation();
            var is = after.notation();
            return before.type() == DataType.TEXT
                    && after.type() == DataType.TEXT
                    && before.column().equals(after.column())
                    && (is.isTrimmed() || !was.isTrimmed())
                    && (was.letterCase() == null || was.letterCase() == is.letterCase())
                    && after.missing().isEmpty();
        }

        /** An empty value may have been such a code, or something else that is empty. */
        private void removedCodes(Field before, Set<String> codes) {
            var removed = without(before.missing(), codes);
            if (!removed.isEmpty()) {
                against(
                        new StoredRows.Empty(before),
                        "%s is empty there, and might have been %s in the file, which is a value now",
                        before.name(),
                        quoted(removed));
            }
        }

        /** Text that is kept as it was written says what is missing now. Another value may have been written in several ways. */
        private void addedCodes(Field before, Set<String> codes) {
            var added = without(codes, Set.copyOf(before.missing()));
            var reader = new FieldReader(before, zone);
            if (reader.keepsRaw()) {
                again |= !added.isEmpty();
                return;
            }
            for (var code : added) {
                if (reader.read(code) instanceof Reading.Value(var value) && value != null) {
                    against(
                            new StoredRows.Holding(before, value),
                            "%s is %s there, and it is not known whether the file says '%s', which is missing now, or writes it in another way",
                            before.name(),
                            value,
                            code);
                }
            }
        }

        private void bounds(Field before, @Nullable BigDecimal min, @Nullable BigDecimal max) {
            boolean wider =
                    (before.min() != null && (min == null || min.compareTo(before.min()) < 0))
                            || (before.max() != null
                                    && (max == null || max.compareTo(before.max()) > 0));
            if (wider) {
                against(
                        new StoredRows.Empty(before),
                        "%s is empty there, and might have been a number in the file that was out of range and is not now",
                        before.name());
            }
            again |= !sameBound(min, before.min()) || !sameBound(max, before.max());
        }

        /** A fact without a key is recognized by all that is read of it: with another field it would be a new one when it is imported again. */
        void content(List<Field> before, List<Field> after) {
            var was = read(before);
            var is = read(after);
            is.keySet().stream()
                    .filter(name -> !was.containsKey(name))
                    .forEach(name ->
                            against(
                                    new StoredRows.All(),
                                    "facts without a key are recognized by all that is read of them, and %s was not read",
                                    name));
            was.forEach((name, field) -> {
                if (!is.containsKey(name)) {
                    against(
                            new StoredRows.Filled(field),
                            "facts without a key are recognized by all that is read of them, and %s is not read any more",
                            name);
                }
            });
        }

        private static Map<String, Field> read(List<Field> fields) {
            return byName(fields.stream().filter(Field::isRead).toList());
        }

        private static Map<String, Field> byName(List<Field> fields) {
            return fields.stream().collect(Collectors.toMap(Field::name, Function.identity()));
        }

        private static boolean sameValues(DataType one, DataType other) {
            return one == other || (isDecimal(one) && isDecimal(other));
        }

        private static boolean isDecimal(DataType type) {
            return switch (type) {
                case DECIMAL, MONEY -> true;
                case TEXT, INTEGER, BOOLEAN, DATE, TIMESTAMP -> false;
            };
        }

        private static boolean sameBound(@Nullable BigDecimal one, @Nullable BigDecimal other) {
            return one == null ? other == null : other != null && one.compareTo(other) == 0;
        }

        private static Set<String> without(Iterable<String> codes, Set<String> others) {
            var left = new HashSet<String>();
            codes.forEach(code -> {
                if (!others.contains(code)) {
                    left.add(code);
                }
            });
            return left;
        }

        private static String quoted(Set<String> codes) {
            return codes.stream()
                    .sorted()
                    .map(code -> "'" + code + "'")
                    .collect(Collectors.joining(" or "));
        }

        private static String word(DataType type) {
            return type.name().toLowerCase(Locale.ROOT);
        }
    }
}
