package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.inline;

import dev.cairn.adapters.persistence.schema.AttributeTable;
import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.model.EntityRef;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Rows and accounts that links lead to, beside the facts that say their keys: each is there once at most, as a key is of one of them, so no fact is counted
 * twice. A fact whose link leads nowhere stays, without them.
 */
final class LinkedRows {
    /** Of the longest name that PostgreSQL tells from others. */
    private static final int LONGEST = 63;

    private LinkedRows() {}

    /**
     * @param reads with the ways from the facts, along one link or several
     * @param account of the fact
     * @param isKnown of the time of a row: whether it is there
     * @param knownAt rows that were in force then; null: those in force now
     */
    static Table<?> beside(
            Table<?> facts,
            FactTable fact,
            Reads reads,
            Field<Long> account,
            BiFunction<Field<?>, Type.Kind, Condition> isKnown,
            @Nullable Instant knownAt) {
        var from = facts;
        for (var way : reads.ways()) {
            from =
                    joined(
                            from,
                            way,
                            key(way, fact),
                            reads.toAttributes().contains(way),
                            account,
                            isKnown,
                            knownAt);
        }
        return from;
    }

    /**
     * With what the last hop of a way leads to.
     *
     * @param key that it says
     * @param attributes whether those of the member that it leads to are read, as they are known now
     */
    static Table<?> joined(
            Table<?> from,
            List<Expr.Hop> way,
            List<? extends Field<?>> key,
            boolean attributes,
            Field<Long> account,
            BiFunction<Field<?>, Type.Kind, Condition> isKnown,
            @Nullable Instant knownAt) {
        var hop = way.getLast();
        return switch (hop.to()) {
            case Expr.To.Row row -> {
                var parent = table(way);
                yield from.leftJoin(StoreTables.fact(row.source()).as(parent.name()))
                        .on(hasKey(row, key, parent))
                        .and(parent.counted(knownAt))
                        .and(isThere(row, parent, isKnown))
                        .and(
                                Versions.isLast(
                                        row,
                                        parent,
                                        of -> of.counted(knownAt),
                                        day -> isKnown.apply(day, Type.Kind.DATE)))
                        .and(isWithin(hop, parent.accountId(), account));
            }
            case Expr.To.Member(var entity) -> {
                var member = StoreTables.members(entity).as(nameOf(way));
                var joined =
                        from.leftJoin(member)
                                .on(hasKey(member, SqlTypes.typed(key.getFirst())))
                                .and(isWithin(hop, memberId(way), account));
                yield attributes ? withAttributes(joined, entity, way) : joined;
            }
        };
    }

    private static Condition isThere(
            Expr.To.Row row, FactTable parent, BiFunction<Field<?>, Type.Kind, Condition> isKnown) {
        var time = row.time();
        return time == null
                ? DSL.noCondition()
                : isKnown.apply(column(parent, time), time.type().kind());
    }

    /** What the last hop of a way says, where it starts from fields of a row. */
    static List<? extends Field<?>> key(List<Expr.Hop> way, FactTable fact) {
        var child = way.size() == 1 ? fact : table(way.subList(0, way.size() - 1));
        return way.getLast().fields().stream().map(field -> column(child, field)).toList();
    }

    private static Condition hasKey(
            Expr.To.Row row, List<? extends Field<?>> key, FactTable parent) {
        return IntStream.range(0, row.key().size())
                .mapToObj(part -> equal(key.get(part), column(parent, row.key().get(part))))
                .reduce(DSL.noCondition(), Condition::and);
    }

    /** Whether a row is one of the member that a way leads to. */
    static Condition isOfMember(List<Expr.Hop> way, Expr.To.Row row, FactTable version) {
        boolean isOfFields = way.size() > 1 || way.getFirst().isOfFields();
        var last = table(way);
        return hasKey(
                row,
                isOfFields
                        ? key(way, new FactTable(DSL.name("fact")))
                        : row.key().stream().map(part -> column(last, part)).toList(),
                version);
    }

    /** What is deleted is no member, nor is the reserved account. */
    private static Condition hasKey(Table<?> account, Field<String> key) {
        return StoreTables.text(account, StoreTables.keyColumn(EntityRef.ACCOUNT))
                .eq(key)
                .and(StoreTables.id(account, "deletion_id").isNull())
                .and(StoreTables.id(account, "account_id").ne(inline(StoreTables.NO_ACCOUNT)));
    }

    private static Condition isWithin(Expr.Hop hop, Field<Long> reached, Field<Long> account) {
        return hop.withinAccount() ? reached.eq(account) : DSL.noCondition();
    }

    private static Table<?> withAttributes(Table<?> from, EntityRef entity, List<Expr.Hop> way) {
        var attributes = StoreTables.attributes(entity).as(attributesOf(way));
        return from.leftJoin(attributes)
                .on(StoreTables.id(attributes, "account_id").eq(memberId(way)));
    }

    /** The account that a way leads to. */
    static Field<Long> memberId(List<Expr.Hop> way) {
        return StoreTables.id(DSL.table(nameOf(way)), "account_id");
    }

    /** What is read at the end; attributes as they are known now, those as of another time {@link History} brings. */
    static Field<?> field(Expr.Linked linked) {
        var way = linked.hops();
        return switch (linked.end()) {
            case Expr.Field field -> column(table(way), field);
            case Expr.Key(var entity) ->
                    StoreTables.text(DSL.table(nameOf(way)), StoreTables.keyColumn(entity));
            case Expr.Attribute attribute ->
                    StoreTables.column(
                            DSL.table(attributesOf(way)),
                            AttributeTable.columnOf(attribute.name()),
                            attribute.type());
            default -> throw new IllegalArgumentException("no link leads to " + linked.end());
        };
    }

    static Condition equal(Field<?> one, Field<?> other) {
        return SqlTypes.<Object>typed(one).eq(SqlTypes.<Object>typed(other));
    }

    static Field<?> column(FactTable table, Expr.Field field) {
        return StoreTables.column(
                table.table(), DSL.name(DerivedTables.columnOf(field)), field.type());
    }

    /** The table of facts that the last hop of a way leads to. */
    private static FactTable table(List<Expr.Hop> way) {
        return new FactTable(nameOf(way));
    }

    /** The name that what the last hop of a way leads to has beside the facts. */
    private static Name nameOf(List<Expr.Hop> way) {
        return shortened(named(way));
    }

    private static Name attributesOf(List<Expr.Hop> way) {
        return shortened(named(way) + ".attributes of");
    }

    /** Ways that begin at what an attribute was at several times are told apart by these; a scope may see what the question does not. */
    private static String named(List<Expr.Hop> way) {
        var links = way.stream().map(Expr.Hop::link).collect(Collectors.joining(".", "fact.", ""));
        var first = way.getFirst();
        var seen = !first.isOfFields() && isWithinAccount(way) ? links + ".own" : links;
        return FurtherLinks.isAsOf(way)
                ? seen + "." + Integer.toHexString(first.from().toString().hashCode())
                : seen;
    }

    /** Whether any of its hops is, or of the ways that it begins at. */
    private static boolean isWithinAccount(List<Expr.Hop> way) {
        return way.stream().anyMatch(Expr.Hop::withinAccount)
                || way.getFirst().from().stream()
                        .anyMatch(from ->
                                Exprs.any(
                                        from,
                                        part ->
                                                part instanceof Expr.Linked(var hops, _)
                                                        && isWithinAccount(hops)));
    }

    /** A name as long as PostgreSQL tells them apart by. */
    static Name shortened(String name) {
        return DSL.name(
                name.length() <= LONGEST
                        ? name
                        : name.substring(0, LONGEST - 9)
                                + "."
                                + Integer.toHexString(name.hashCode()));
    }
}
