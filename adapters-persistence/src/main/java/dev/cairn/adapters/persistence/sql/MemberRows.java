package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.asterisk;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.with;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.model.EntityKind;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Scan;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** The members whose existence overlaps the stretch of time that is read for a bucket, each with what was read for it, facts or none. */
final class MemberRows {
    private final Relation.Members relation;
    private final Frame frame;
    private final Field<Long> account;
    private final Field<Long> user;
    private final Field<Integer> bucket;

    private MemberRows(Relation.Members relation, Frame frame) {
        this.relation = relation;
        this.frame = frame;
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
        return relation.entity() == EntityKind.USER;
    }

    private Table<?> from(Reads reads) {
        Table<?> from = MemberTables.of(relation.entity(), reads);
        if (!frame.isSingle()) {
            from =
                    from.join(frame.table().table())
                            .on(bucket.ge(inline(frame.first())).and(overlaps()));
        }
        for (int scan = 0; scan < relation.own().scans().size(); scan++) {
            from = withScan(from, scan);
        }
        return from;
    }

    private Condition exists() {
        var known = MemberTables.isMember(relation.entity());
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

    /** What a scan reads for each member is aggregated before it meets the members. */
    private Table<?> withScan(Table<?> from, int index) {
        Scan scan = relation.own().scans().get(index);
        var leaves = ScanCompiler.leavesOf(relation.own().leaves(), index, _ -> true);
        if (leaves.isEmpty()) {
            return from;
        }
        var grouped = ScanCompiler.group(scan, leaves, frame.reading(scan.reach()), new ByMember());
        var columns = new ArrayList<>(grouped.groups());
        grouped.leaves()
                .forEach((leaf, parts) ->
                        columns.addAll(
                                LeafColumns.named(leaf, relation.own().leaves().get(leaf), parts)));
        var read =
                once(alias(index), select(columns).from(grouped.rows()).groupBy(grouped.groups()));
        var on = StoreTables.id(read, "account_id").eq(account);
        if (isOfUsers()) {
            on = on.and(StoreTables.id(read, "user_id").eq(user));
        }
        if (!frame.isSingle()) {
            on = on.and(BucketTable.ordinal(read).eq(bucket));
        }
        return from.leftJoin(read).on(on);
    }

    /** Where PostgreSQL expects fewer members than there are, it would aggregate all facts again for each of them: minutes. */
    private static Table<Record> once(String name, Select<Record> rows) {
        var aggregated = name(name).asMaterialized(rows);
        return with(aggregated).select(asterisk()).from(aggregated).asTable(name);
    }

    /** Rows of an inner scan are grouped by the member that they belong to. */
    private final class ByMember implements ScanCompiler.Grouping {
        @Override
        public List<Expr> reads() {
            return List.of();
        }

        @Override
        public List<Field<?>> columns(RowSet rows, ExprCompiler exprs) {
            var group = new ArrayList<Field<?>>();
            group.add(rows.account().as("account_id"));
            if (isOfUsers()) {
                group.add(rows.user().as("user_id"));
            }
            if (!frame.isSingle()) {
                group.add(rows.bucket().as(BucketTable.ORDINAL));
            }
            return group;
        }
    }

    private static String alias(int scan) {
        return "s" + scan;
    }

    /** Of one member in a bucket. */
    private final class Columns implements RowColumns {
        private final MemberTables.Columns member = new MemberTables.Columns(relation.entity());

        @Override
        public Field<?> attribute(Expr.Attribute attribute) {
            return member.attribute(attribute);
        }

        @Override
        public Field<String> key(EntityKind entity) {
            return member.key(entity);
        }

        @Override
        public Condition lacks(EntityKind entity) {
            return member.lacks(entity);
        }

        /** Over nothing as the leaf says; whether that may be said is for the leaf above. */
        @Override
        public Field<?> leaf(Expr.LeafValue value) {
            Leaf leaf = relation.own().leaves().get(value.leaf());
            var scan = DSL.table(name(alias(leaf.scan())));
            var read =
                    LeafColumns.value(
                            leaf,
                            LeafColumns.parts(value.leaf(), leaf).stream()
                                    .<Field<?>>map(part -> SqlTypes.of(scan, part))
                                    .toList());
            return LeafColumns.overNothing(leaf)
                    .<Field<?>>map(nothing -> coalesce(read, nothing))
                    .orElse(read);
        }

        @Override
        public Field<?> edge(Expr.TimeEdge edge) {
            return frame.isSingle() ? frame.edge(bucket, edge) : frame.table().edge(edge);
        }
    }
}
