package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.inline;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.plan.Pairs;
import dev.cairn.domain.plan.Relation;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** The members whose existence overlaps the stretch of time that is read for a bucket, each with what was read for it, facts or none; split by values, with those that there are facts of. */
final class MemberRows {
    private final Relation.Members relation;
    private final Frame frame;
    private final OwnTables own;
    private final Field<Long> account;
    private final Field<Long> user;
    private final Field<Integer> bucket;

    private MemberRows(Relation.Members relation, Frame frame) {
        this.relation = relation;
        this.frame = frame;
        this.own = new OwnTables(relation.own(), frame);
        this.account = MemberTables.account(relation.entity());
        this.user =
                isOfUsers()
                        ? StoreTables.id(MemberTables.USER, "user_id")
                        : DSL.castNull(SQLDataType.BIGINT);
        this.bucket = frame.isSingle() ? inline(frame.first()) : frame.table().ordinal();
    }

    static RowSet of(Relation.Members relation, Frame frame, Reads reads) {
        var rows = new MemberRows(relation, frame);
        return new RowSet(
                rows.from(reads),
                rows.exists(),
                rows.bucket,
                rows.account,
                rows.user,
                rows.isOfUsers(),
                rows.new Columns());
    }

    private boolean isOfUsers() {
        return relation.entity().isUser();
    }

    private Table<?> from(Reads reads) {
        Table<?> from = MemberTables.of(relation.entity(), reads, frame);
        if (relation.pairs() != null) {
            return own.beside(
                    withPairs(from, relation.pairs()), account, user, bucket, new Columns()::field);
        }
        if (!frame.isSingle()) {
            from =
                    from.join(frame.table().table())
                            .on(bucket.ge(inline(frame.first())).and(overlaps()));
        }
        return own.beside(from, account, user, bucket, new Columns()::field);
    }

    private Table<?> withPairs(Table<?> members, Pairs pairs) {
        var from =
                members.join(PairTables.of(pairs, relation.entity(), frame))
                        .on(PairTables.isOf(account, user, relation.entity()));
        return frame.isSingle()
                ? from
                : from.join(frame.table().table()).on(bucket.eq(PairTables.bucket()));
    }

    /** Of a pair that there is a fact of it, whether the member exists then or not. */
    private Condition exists() {
        var known = MemberTables.isMember(relation.entity());
        if (relation.pairs() != null) {
            return known;
        }
        return frame.isSingle() ? known.and(overlaps()) : known;
    }

    private Condition overlaps() {
        var ends =
                isOfUsers()
                        ? List.of(
                                Existence.end(MemberTables.USER),
                                Existence.end(MemberTables.ACCOUNT))
                        : List.of(Existence.end(MemberTables.ACCOUNT));
        return new Existence(StoreTables.members(relation.entity()), ends).overlaps(frame);
    }

    /** Of one member in a bucket. */
    private final class Columns implements RowColumns {
        private final MemberTables.Columns member = new MemberTables.Columns(relation.entity());

        @Override
        public Field<?> field(Expr.Field field) {
            return PairTables.field(field);
        }

        @Override
        public Field<?> attribute(Expr.Attribute attribute) {
            return member.attribute(attribute);
        }

        @Override
        public Field<?> linked(Expr.Linked linked) {
            return member.linked(linked);
        }

        @Override
        public Field<String> key(EntityRef entity) {
            return member.key(entity);
        }

        @Override
        public Condition lacks(EntityRef entity) {
            return member.lacks(entity);
        }

        @Override
        public Field<?> leaf(Expr.LeafValue value) {
            return own.leaf(value);
        }

        @Override
        public Field<String> gaps(Expr.LeafValue value) {
            return own.gaps(value);
        }

        @Override
        public Field<?> edge(Expr.TimeEdge edge) {
            return edge.isHere() && !frame.isSingle()
                    ? frame.table().edge(edge)
                    : frame.edge(bucket, edge);
        }
    }
}
