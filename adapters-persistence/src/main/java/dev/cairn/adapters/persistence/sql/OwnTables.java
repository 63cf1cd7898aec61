package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.asterisk;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.with;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.plan.Block;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Scan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * What is read for each row of a relation: a table for each scan, aggregated by member and bucket before it meets the rows.
 *
 * @param of facts, or rows that are made of them; null: members
 */
record OwnTables(Block own, Frame frame, Relation.@Nullable Facts of) {
    /** Of members, or where no row has a window of its own. */
    OwnTables(Block own, Frame frame) {
        this(own, frame, null);
    }

    OwnTables(Relation.Facts of, Frame frame) {
        this(of.own(), frame, of);
    }

    /** With the tables beside the rows; of rows without any there is none, and all columns are null. */
    Table<?> beside(
            Table<?> rows,
            Field<Long> account,
            Field<Long> user,
            Field<Integer> bucket,
            Function<Expr.Field, Field<?>> row) {
        var from =
                beside(
                        rows,
                        account,
                        user,
                        bucket,
                        row,
                        index ->
                                own.scans().get(index).window() == null
                                        && !own.scans().get(index).isOfGroup());
        for (int index = 0; index < own.scans().size(); index++) {
            var scan = own.scans().get(index);
            var leaves = ScanCompiler.leavesOf(own.leaves(), index, _ -> true);
            if (scan.window() != null && !leaves.isEmpty()) {
                var windows = new SubjectTables(this, scan, leaves);
                var read = windows.aggregated(alias(index));
                from = from.leftJoin(read).on(windows.isOf(read, account, user, bucket));
            }
        }
        return from;
    }

    /**
     * @param row the fields of a row that others point at
     * @param wanted which scans are read, in no window of the rows' own
     */
    Table<?> beside(
            Table<?> rows,
            Field<Long> account,
            Field<Long> user,
            Field<Integer> bucket,
            Function<Expr.Field, Field<?>> row,
            IntPredicate wanted) {
        var from = rows;
        for (int index = 0; index < own.scans().size(); index++) {
            if (!wanted.test(index)) {
                continue;
            }
            var leaves = ScanCompiler.leavesOf(own.leaves(), index, _ -> true);
            if (!leaves.isEmpty()) {
                var scan = own.scans().get(index);
                var of = isConstant(index) ? frame.ofWhole() : frame;
                var read = aggregated(alias(index), scan, leaves, of);
                from = from.leftJoin(read).on(isOf(read, scan, of, account, user, bucket, row));
                if (scan.relation().areUnits()) {
                    var nothing = UnitRows.nothing(index, own, frame.reading(scan.reach()));
                    from = from.leftJoin(nothing).on(BucketTable.ordinal(nothing).eq(bucket));
                }
            }
        }
        return from;
    }

    /**
     * Whether what was aggregated is of a row. Member and bucket are compared as one number: with two comparisons, and no idea how many rows there are,
     * PostgreSQL may sort by the bucket alone and go through all members of it for each of them.
     */
    private static Condition isOf(
            Table<?> read,
            Scan scan,
            Frame frame,
            Field<Long> account,
            Field<Long> user,
            Field<Integer> bucket,
            Function<Expr.Field, Field<?>> row) {
        var bucketOf = BucketTable.ordinal(read);
        if (scan.isOfAll()) {
            return frame.isSingle() ? DSL.trueCondition() : bucketOf.eq(bucket);
        }
        if (scan.toRow().isPresent()) {
            var isSame = new RowKey(scan.toRow().get()).isOf(read, row, account);
            return frame.isSingle() ? isSame : isSame.and(bucketOf.eq(bucket));
        }
        return PairTables.isOf(read, scan.ofPair(), row)
                .and(isOfMember(read, scan, frame, account, user, bucket));
    }

    private static Condition isOfMember(
            Table<?> read,
            Scan scan,
            Frame frame,
            Field<Long> account,
            Field<Long> user,
            Field<Integer> bucket) {
        var bucketOf = BucketTable.ordinal(read);
        boolean ofUsers = isOfUsers(scan);
        var accountOf = StoreTables.id(read, "account_id");
        var userOf = StoreTables.id(read, "user_id");
        if (frame.isSingle()) {
            return ofUsers ? accountOf.eq(account).and(userOf.eq(user)) : accountOf.eq(account);
        }
        var buckets = inline((long) frame.time().buckets().size());
        return ofUsers
                ? accountOf
                        .eq(account)
                        .and(userOf.mul(buckets).add(bucketOf).eq(user.mul(buckets).add(bucket)))
                : accountOf.mul(buckets).add(bucketOf).eq(account.mul(buckets).add(bucket));
    }

    /** Whether all that is read for a row is the same in every bucket, as what is read over ever is. */
    boolean areConstant() {
        return IntStream.range(0, own.scans().size()).allMatch(this::isConstant);
    }

    private boolean isConstant(int index) {
        var scan = own.scans().get(index);
        var leaves = ScanCompiler.leavesOf(own.leaves(), index, _ -> true);
        return scan.window() == null
                && !scan.isOfAll()
                && !scan.isOfGroup()
                && scan.relation() instanceof Relation.Facts(_, _, var beneath, _)
                && frame.reading(scan.reach()).isConstant()
                && !Reads.readsTimeEdge(scan, List.copyOf(leaves.values()))
                && new OwnTables(beneath, frame).areConstant();
    }

    /** With what is read for the group of each row, which what else is read beside it says. */
    RowSet ofGroups(RowSet rows) {
        var result = rows;
        for (int index = 0; index < own.scans().size(); index++) {
            var scan = own.scans().get(index);
            var leaves = ScanCompiler.leavesOf(own.leaves(), index, _ -> true);
            if (scan.isOfGroup() && !leaves.isEmpty()) {
                var groups = new GroupsOfRows(scan, frame.isSingle());
                var read = aggregated(alias(index), scan, leaves, frame, groups);
                result = groups.beside(read, result);
            }
        }
        return result;
    }

    /** The value of a row; over nothing as the leaf says: whether that may be said is for the leaf above. */
    Field<?> leaf(Expr.LeafValue value) {
        Leaf leaf = own.leaves().get(value.leaf());
        var scan = DSL.table(name(alias(leaf.scan())));
        var of = own.scans().get(leaf.scan());
        if (of.relation().areUnits() && of.window() == null) {
            return UnitCounts.value(value.leaf(), own, scan, UnitRows.nothingOf(leaf.scan()));
        }
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

    /** For want of which rates a leaf of a row has no value. */
    Field<String> gaps(Expr.LeafValue value) {
        var leaf = own.leaves().get(value.leaf());
        return leaf.mayLackRate()
                ? LeafColumns.gaps(DSL.table(name(alias(leaf.scan()))), value.leaf())
                : RateGaps.NONE;
    }

    private Table<Record> aggregated(String alias, Scan scan, Map<Integer, Leaf> leaves, Frame of) {
        var grouping =
                scan.isOfAll()
                        ? new OfAll(of.isSingle())
                        : scan.toRow()
                                .<ScanCompiler.Grouping>map(
                                        hop -> new RowKey(hop).grouping(of.isSingle()))
                                .orElseGet(() ->
                                        new ByMember(
                                                isOfUsers(scan), scan.ofPair(), of.isSingle()));
        return aggregated(alias, scan, leaves, of, grouping);
    }

    private Table<Record> aggregated(
            String alias,
            Scan scan,
            Map<Integer, Leaf> leaves,
            Frame of,
            ScanCompiler.Grouping grouping) {
        var grouped = ScanCompiler.group(scan, leaves, of.reading(scan.reach()), grouping);
        var columns = new ArrayList<>(grouped.groups());
        grouped.leaves()
                .forEach((leaf, parts) ->
                        columns.addAll(LeafColumns.named(leaf, own.leaves().get(leaf), parts)));
        return once(alias, grouped.select(columns));
    }

    static boolean isOfUsers(Scan scan) {
        return scan.keys().contains(new Expr.Key(EntityRef.USER));
    }

    /** Where PostgreSQL expects fewer rows than there are, it would aggregate all facts again for each of them: minutes. */
    static Table<Record> once(String name, Select<Record> rows) {
        var aggregated = name(name).asMaterialized(rows);
        return with(aggregated).select(asterisk()).from(aggregated).asTable(name);
    }

    private static String alias(int scan) {
        return "s" + scan;
    }

    /** Rows of all members are taken together. */
    private record OfAll(boolean isSingle) implements ScanCompiler.Grouping {
        @Override
        public List<Expr> reads() {
            return List.of();
        }

        @Override
        public List<Field<?>> columns(RowSet rows, ExprCompiler exprs) {
            return isSingle ? List.of() : List.of(rows.bucket().as(BucketTable.ORDINAL));
        }
    }

    /**
     * Rows are grouped by the member that they belong to.
     *
     * @param values by which they are grouped besides, where they are read for a pair of it
     */
    record ByMember(boolean ofUsers, List<Expr> values, boolean isSingle)
            implements ScanCompiler.Grouping {
        @Override
        public List<Field<?>> keys() {
            var account = DSL.field(name("account_id"), SQLDataType.BIGINT);
            return ofUsers
                    ? List.of(account, DSL.field(name("user_id"), SQLDataType.BIGINT))
                    : List.of(account);
        }

        @Override
        public ScanCompiler.Grouping beneath(Scan scan) {
            return new ByMember(ofUsers, values, false);
        }

        @Override
        public boolean isByIds() {
            return values.isEmpty();
        }

        @Override
        public List<Expr> reads() {
            return values;
        }

        @Override
        public List<Field<?>> columns(RowSet rows, ExprCompiler exprs) {
            var group = new ArrayList<Field<?>>();
            group.add(rows.account().as("account_id"));
            if (ofUsers) {
                group.add(rows.user().as("user_id"));
            }
            group.addAll(PairTables.columns(values, exprs));
            if (!isSingle) {
                group.add(rows.bucket().as(BucketTable.ORDINAL));
            }
            return group;
        }
    }
}
