package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.inline;

import dev.cairn.domain.model.EntityKind;
import dev.cairn.domain.plan.Expr;
import dev.cairn.domain.plan.Relation;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/** The facts of a source in force, within the buckets and before as-of. */
final class FactRows {
    private static final Table<?> ACCOUNT = StoreTables.members(EntityKind.ACCOUNT);
    private static final Table<?> USER = StoreTables.members(EntityKind.USER);
    private static final Table<?> OF_ACCOUNT = StoreTables.attributes(EntityKind.ACCOUNT);
    private static final Table<?> OF_USER = StoreTables.attributes(EntityKind.USER);

    private FactRows() {}

    static RowSet of(Relation.Facts relation, Frame frame, Reads reads) {
        var fact = StoreTables.fact(relation.source()).as("fact");
        var account = StoreTables.id(fact, "account_id");
        var user = StoreTables.id(fact, "user_id");
        var kind = relation.time().type().kind();
        var time =
                StoreTables.column(
                        fact,
                        StoreTables.fieldColumn(relation.time().name()),
                        relation.time().type());
        var bucket = frame.ordinal(time, kind);
        return new RowSet(
                joined(fact, account, user, reads),
                inForce(fact).and(frame.contains(time, kind)),
                bucket,
                account,
                user,
                true,
                new Columns(relation.source(), fact, frame, bucket));
    }

    static org.jooq.Condition inForce(Table<?> fact) {
        return StoreTables.instant(fact, "superseded")
                .eq(inline(StoreTables.IN_FORCE).cast(SQLDataType.INSTANT));
    }

    /** With what is read of the account and the user; each is there once at most, so no fact is counted twice. */
    static Table<?> joined(Table<?> fact, Field<Long> account, Field<Long> user, Reads reads) {
        Table<?> from = fact;
        if (reads.keys().contains(EntityKind.ACCOUNT)) {
            var id = StoreTables.id(ACCOUNT, "account_id");
            from =
                    from.leftJoin(ACCOUNT)
                            .on(id.eq(account))
                            .and(id.ne(inline(StoreTables.NO_ACCOUNT)));
        }
        if (reads.attributes().contains(EntityKind.ACCOUNT)) {
            from =
                    from.leftJoin(OF_ACCOUNT)
                            .on(StoreTables.id(OF_ACCOUNT, "account_id").eq(account));
        }
        if (reads.keys().contains(EntityKind.USER)) {
            from = joinedByUser(from, USER, account, user);
        }
        if (reads.attributes().contains(EntityKind.USER)) {
            from = joinedByUser(from, OF_USER, account, user);
        }
        return from;
    }

    private static Table<?> joinedByUser(
            Table<?> from, Table<?> other, Field<Long> account, Field<Long> user) {
        return from.leftJoin(other)
                .on(StoreTables.id(other, "account_id").eq(account))
                .and(StoreTables.id(other, "user_id").eq(user));
    }

    /** Of one fact; the tables beside it go by their own names. */
    record Columns(String source, Table<?> fact, Frame frame, Field<Integer> bucket)
            implements RowColumns {
        @Override
        public Field<?> field(Expr.Field field) {
            if (!field.source().equals(source)) {
                throw new IllegalArgumentException(
                        "no fact of %s at hand, but of %s".formatted(field.source(), source));
            }
            return StoreTables.column(fact, StoreTables.fieldColumn(field.name()), field.type());
        }

        @Override
        public Field<?> attribute(Expr.Attribute attribute) {
            return StoreTables.column(
                    StoreTables.attributes(attribute.entity()),
                    StoreTables.attributeColumn(attribute.name()),
                    attribute.type());
        }

        @Override
        public Field<String> key(EntityKind entity) {
            return StoreTables.text(StoreTables.members(entity), StoreTables.keyColumn(entity));
        }

        @Override
        public Field<?> leaf(Expr.LeafValue leaf) {
            throw new IllegalArgumentException("a fact has no leaf " + leaf.leaf());
        }

        @Override
        public Field<?> edge(Expr.BucketEdge edge) {
            return frame.edge(bucket, edge);
        }
    }
}
