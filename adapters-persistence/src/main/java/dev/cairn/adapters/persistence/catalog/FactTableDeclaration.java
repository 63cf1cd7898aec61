package dev.cairn.adapters.persistence.catalog;

import dev.cairn.adapters.persistence.schema.ColumnType;
import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.adapters.persistence.schema.FactTables;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Notation;
import dev.cairn.domain.model.Source;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Makes the table of a source as declared. Facts that are in it stay as they were read; a declaration that would make them mean something
 * else, or count again when they are imported again, is refused.
 */
final class FactTableDeclaration implements TableDeclaration {
    private final DSLContext transaction;
    private final @Nullable Source before;
    private final Source after;
    private final FactTable facts;
    private final ExistingColumns existing;
    private final boolean empty;

    /** @param before the declaration that the table was made for, in force or retired; null where there is none */
    FactTableDeclaration(DSLContext transaction, @Nullable Source before, Source after) {
        this.transaction = transaction;
        this.before = before;
        this.after = after;
        this.facts = new FactTable(after.name());
        this.existing = ExistingColumns.of(transaction, facts.name());
        this.empty =
                existing.none() || !transaction.fetchExists(DSL.selectOne().from(facts.table()));
    }

    @Override
    public Optional<String> refusal() {
        if (empty || before == null) {
            return Optional.empty();
        }
        return changedReading(before)
                .or(this::changedType)
                .map(change ->
                        change
                                + ", and there are facts already. Declare it under another name and import the facts again.");
    }

    private Optional<String> changedReading(Source old) {
        if (!old.key().equals(after.key())) {
            return Optional.of("The key is now %s and was %s".formatted(after.key(), old.key()));
        }
        if (!old.timeField().equals(after.timeField())) {
            return Optional.of(
                    "The time field is now %s and was %s"
                            .formatted(after.timeField(), old.timeField()));
        }
        if (!old.zone().equals(after.zone())) {
            return Optional.of("The zone is now %s and was %s".formatted(after.zone(), old.zone()));
        }
        if (!Objects.equals(old.accountField(), after.accountField())) {
            return Optional.of(
                    "The account is now in field %s and was in %s"
                            .formatted(after.accountField(), old.accountField()));
        }
        if (!Objects.equals(old.userField(), after.userField())) {
            return Optional.of(
                    "The user is now in field %s and was in %s"
                            .formatted(after.userField(), old.userField()));
        }
        return changedNotation(old).or(() -> changedIdentity(old));
    }

    /** What is stored was read by the old one, and the texts it was read from are not stored. */
    private Optional<String> changedNotation(Source old) {
        var before =
                old.fieldsAsRead().stream()
                        .collect(Collectors.toMap(Field::name, Field::notation, (one, _) -> one));
        return after.fieldsAsRead().stream()
                .filter(field -> {
                    var notation = before.get(field.name());
                    return notation != null && !notation.equals(field.notation());
                })
                .map(field ->
                        "Field %s is now read in another way (column, format or separators)"
                                .formatted(field.name()))
                .findFirst();
    }

    /** A fact imported again is recognized by these; read in another way it would be taken for a new one. */
    private Optional<String> changedIdentity(Source old) {
        Set<Reading> changed = symmetricDifference(identity(old), identity(after));
        if (changed.isEmpty()) {
            return Optional.empty();
        }
        String names =
                changed.stream()
                        .map(Reading::name)
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining(", "));
        return Optional.of(
                after.key().isEmpty()
                        ? "Facts without a key are recognized by all they hold, and %s changed"
                                .formatted(names)
                        : "How the key is read changed (%s)".formatted(names));
    }

    private static Set<Reading> symmetricDifference(Set<Reading> left, Set<Reading> right) {
        return java.util.stream.Stream.concat(left.stream(), right.stream())
                .filter(reading -> !(left.contains(reading) && right.contains(reading)))
                .collect(Collectors.toSet());
    }

    private static Set<Reading> identity(Source source) {
        return source.fieldsAsRead().stream()
                .filter(field ->
                        source.key().isEmpty()
                                ? field.isRead()
                                : source.key().contains(field.name()))
                .map(Reading::of)
                .collect(Collectors.toSet());
    }

    /** What decides the value that is read for a field. */
    private record Reading(
            String name,
            String type,
            @Nullable String compute,
            List<String> missing,
            @Nullable BigDecimal min,
            @Nullable BigDecimal max,
            Notation notation) {
        static Reading of(Field field) {
            return new Reading(
                    field.name(),
                    ColumnType.catalogName(field.type()),
                    field.compute(),
                    field.missing(),
                    field.min(),
                    field.max(),
                    field.notation());
        }
    }

    private Optional<String> changedType() {
        return after.fields().stream()
                .filter(field -> existing.differs(facts.column(field), field.type()))
                .filter(field -> existing.anyValue(facts.column(field)))
                .map(field ->
                        "Field %s is now of type %s and has values of another"
                                .formatted(field.name(), field.type()))
                .findFirst();
    }

    @Override
    public void carryOut() {
        if (empty) {
            transaction.dropTableIfExists(facts.name()).execute();
            FactTables.create(transaction, facts, after);
            FactTables.index(transaction, facts, after);
        } else {
            after.fields().forEach(field -> existing.add(facts.column(field), field.type()));
        }
    }
}
