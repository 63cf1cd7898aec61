package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type.Kind;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.plan.Aggregation;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Scan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.SelectHavingStep;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** A scan, read once and aggregated for all of its leaves. */
final class ScanCompiler {
    private static final Table<?> ROW = DSL.table(name("r"));

    private ScanCompiler() {}

    /**
     * A scan ready to be aggregated.
     *
     * @param rows a derived table: one row per row that some leaf takes
     * @param groups its columns to group by
     * @param leaves aggregates of the parts of each leaf, by index
     * @param having what rows must have to make a group
     * @param areGroups whether each row is a group already, with the parts of the leaves in place of aggregates
     */
    record Grouped(
            Table<?> rows,
            List<Field<?>> groups,
            Map<Integer, List<Field<?>>> leaves,
            Condition having,
            boolean areGroups) {
        /** @param groups columns of the rows */
        static Grouped of(
                Select<?> rows, List<Field<?>> groups, Map<Integer, List<Field<?>>> leaves) {
            return new Grouped(
                    rows.asTable(ROW.getUnqualifiedName()),
                    groups.stream().<Field<?>>map(ScanCompiler::ofRow).toList(),
                    leaves,
                    DSL.noCondition(),
                    false);
        }

        /** The same, where no two rows are of one group. */
        Grouped ofEach(Map<Integer, List<Field<?>>> parts) {
            return new Grouped(rows, groups, parts, having, true);
        }

        Grouped having(Condition other) {
            return new Grouped(rows, groups, leaves, other, areGroups);
        }

        SelectHavingStep<Record> select(List<Field<?>> columns) {
            var selected = DSL.select(columns).from(rows);
            return areGroups ? selected : selected.groupBy(groups);
        }
    }

    /** What rows are grouped by. */
    interface Grouping {
        /** What of it is read from each row, beside ids and bucket. */
        List<Expr> reads();

        /** Named columns. */
        List<Field<?>> columns(RowSet rows, ExprCompiler exprs);

        /** The columns without the bucket, by their names. */
        default List<Field<?>> keys() {
            throw new IllegalStateException("no units are read here");
        }

        /** The same, of what is read in units of time; there its buckets are the units. */
        default Grouping beneath(Scan scan) {
            throw new IllegalStateException("no units are read here: " + scan);
        }

        /** Whether rows are of no group of the question: what keys read decides nothing there. */
        default boolean isOfTotal() {
            return false;
        }

        /** Whether rows count alone of which all is known that decides about them. */
        default boolean isOfCertainRows() {
            return false;
        }

        /** The columns of the groups, some of which are shown alone and all others as one; empty where each is one. */
        default Optional<Layout> someAreShown() {
            return Optional.empty();
        }

        default FactsByAccount.Groups groups() {
            return FactsByAccount.Groups.OTHER;
        }

        /** Whether rows are grouped by ids alone, if by anything beside the bucket: PostgreSQL knows how many there are. */
        default boolean isByIds() {
            return false;
        }
    }

    /** @param wanted leaves of the scan to compute, by index */
    static Grouped group(Scan scan, Map<Integer, Leaf> wanted, Frame frame, Grouping grouping) {
        if (scan.inUnits() != null) {
            return AgedRows.group(scan, scan.inUnits(), wanted, frame, grouping);
        }
        if (scan.relation().areUnits()) {
            return UnitRows.group(scan, wanted, frame, grouping);
        }
        if (AttemptRows.suits(scan)) {
            return AttemptRows.group(scan, wanted, frame, grouping);
        }
        if (FactsByAccount.suits(scan, wanted, frame, grouping)) {
            return FactsByAccount.group(scan, wanted, frame, grouping);
        }
        if (FactsByRun.suits(scan, wanted, frame)) {
            return FactsByRun.group(scan, wanted, frame, grouping);
        }
        var leaves = List.copyOf(wanted.values());
        var rows = rows(scan, leaves, Reads.of(scan, leaves, grouping.reads()), frame);
        return group(scan, wanted, withHistory(scan, leaves, grouping, rows, frame), grouping);
    }

    /** With the attributes that are read as they were at some time, and the rates. */
    static RowSet withHistory(
            Scan scan, List<Leaf> leaves, Grouping grouping, RowSet rows, Frame frame) {
        var read = read(scan, leaves, grouping);
        var beside = RateTables.beside(History.beside(rows, read, frame), read, frame.asOfDate());
        return new OwnTables(scan.relation().own(), frame).ofGroups(beside);
    }

    private static List<Expr> read(Scan scan, List<Leaf> leaves, Grouping grouping) {
        return Stream.concat(grouping.reads().stream(), Reads.expressions(scan, leaves))
                .distinct()
                .toList();
    }

    /** @param rows of the scan */
    static Grouped group(Scan scan, Map<Integer, Leaf> wanted, RowSet rows, Grouping grouping) {
        var leaves = List.copyOf(wanted.values());
        var read = read(scan, leaves, grouping);
        var common = CommonValues.beside(rows.from(), rows.columns(), read);
        var exprs = common.exprs();
        var groups = grouping.columns(rows, exprs);
        var parts = new Parts(rows, exprs, scan, leaves, grouping);
        var columns = new ArrayList<>(groups);
        columns.addAll(parts.projected());
        var derived = select(columns).from(common.from()).where(rows.where(), parts.taken());
        var aggregates = new LinkedHashMap<Integer, List<Field<?>>>();
        wanted.forEach((index, leaf) -> aggregates.put(index, parts.aggregates(leaf)));
        var grouped = Grouped.of(derived, groups, aggregates).having(parts.having());
        return rows.isOfOneBucket() && grouping.isByIds() && DistinctGroups.suit(leaves)
                ? DistinctGroups.of(grouped, wanted, parts::value, parts::rowsOf)
                : grouped;
    }

    /** The leaves of a scan that are wanted, by index. */
    static Map<Integer, Leaf> leavesOf(List<Leaf> all, int scan, IntPredicate wanted) {
        var leaves = new LinkedHashMap<Integer, Leaf>();
        for (int index = 0; index < all.size(); index++) {
            if (all.get(index).scan() == scan && wanted.test(index)) {
                leaves.put(index, all.get(index));
            }
        }
        return leaves;
    }

    static RowSet rows(Scan scan, List<Leaf> leaves, Reads reads, Frame frame) {
        return switch (scan.relation()) {
            case Relation.Facts(var source, var placing, _, var derived) ->
                    FactRows.of(
                            new Relation.Facts(
                                    source,
                                    placing,
                                    MemberConditions.narrowed(scan, leaves),
                                    derived),
                            frame,
                            reads);
            case Relation.Ticks _ -> throw new IllegalStateException("grouped by themselves");
            case Relation.Members(var entity, var pairs, _) ->
                    MemberRows.of(
                            new Relation.Members(
                                    entity, pairs, MemberConditions.narrowed(scan, leaves)),
                            frame,
                            reads);
        };
    }

    private static Field<?> ofRow(Field<?> projected) {
        return SqlTypes.of(ROW, projected);
    }

    /** Conditions and values of the leaves, each computed once per row. */
    private static final class Parts {
        private final RowSet rows;
        private final ExprCompiler exprs;
        private static final Field<Boolean> IS_TAKEN =
                DSL.field(name("taken"), SQLDataType.BOOLEAN);

        private final Map<Value, Field<?>> values = new LinkedHashMap<>();
        private final Map<Expr, Field<?>> terms = new LinkedHashMap<>();
        private final Map<Taken, Field<?>> conditions = new LinkedHashMap<>();
        private final Map<Leaf, Field<String>> gaps = new LinkedHashMap<>();
        private final Map<Leaf, Field<String>> outside = new LinkedHashMap<>();
        private final List<Expr> shared;
        private final Scan scan;
        private final RateGaps rateGaps;
        private final boolean isOfCertainRows;
        private final List<Expr> keys;
        private final Condition anyLeaf;

        /** Of rows of which it is not known whether a leaf takes them, for want of a rate. */
        private Condition mayBeTaken = DSL.noCondition();

        Parts(RowSet rows, ExprCompiler exprs, Scan scan, List<Leaf> leaves, Grouping grouping) {
            this.isOfCertainRows = grouping.isOfCertainRows();
            this.keys = grouping.reads();
            this.rows = rows;
            this.exprs = exprs;
            this.scan = scan;
            this.rateGaps = new RateGaps(exprs, rows.columns());
            boolean areOfUnits = leaves.stream().anyMatch(this::isOfUnits);
            this.shared = areOfUnits ? List.of() : Reads.sharedConditions(leaves);
            var all = leaves.stream().map(this::taken).distinct().toList();
            if (all.size() > 1 || areOfUnits) {
                all.stream().filter(taken -> !taken.isAll()).forEach(this::addCondition);
            }
            var any =
                    all.stream().anyMatch(Taken::isAll)
                            ? DSL.noCondition()
                            : all.stream()
                                    .map(this::condition)
                                    .reduce(Condition::or)
                                    .orElse(DSL.noCondition());
            anyLeaf =
                    shared.stream()
                            .map(exprs::condition)
                            .reduce(DSL.noCondition(), Condition::and)
                            .and(any);
            leaves.stream().filter(leaf -> !countsRows(leaf)).forEach(this::addValue);
            leaves.stream().filter(Leaf::mayLackRate).forEach(this::addGaps);
            leaves.stream().filter(this::isOfUnits).forEach(this::addOutside);
        }

        /** Whether rows are there that the leaf does not take, since nothing is known of their units. */
        private boolean isOfUnits(Leaf leaf) {
            return leaf.inUnits() && rows.columns().outside(leaf) != RowColumns.INSIDE;
        }

        private void addOutside(Leaf leaf) {
            var why = rows.columns().outside(leaf);
            outside.put(leaf, DSL.coalesce(why, AgedRows.KNOWN).as("y" + outside.size()));
            mayBeTaken = mayBeTaken.or(why.isNotNull());
        }

        /** For want of which rates the leaf has no value: those that decide whether it takes a row, and where it does those of its values and of its group. */
        private void addGaps(Leaf leaf) {
            var where = Expr.and(scan.where(), leaf.where());
            var ofWhere = rateGaps.ofCondition(where);
            var ofValue =
                    RateGaps.all(
                            Stream.concat(
                                            Stream.of(leaf.aggregation().value()),
                                            leaf.aggregation().besides().stream())
                                    .map(rateGaps::of)
                                    .toList());
            var taken =
                    ofValue == RateGaps.NONE
                            ? RateGaps.NONE
                            : DSL.when(exprs.condition(where), ofValue);
            var isKnown = rows.columns().isKnownTo(leaf);
            var ofKeys = RateGaps.all(keys.stream().map(rateGaps::of).toList());
            var grouped =
                    ofKeys == RateGaps.NONE
                            ? RateGaps.NONE
                            : DSL.when(exprs.condition(where).or(ofWhere.isNotNull()), ofKeys);
            var all = RateGaps.all(List.of(ofWhere, taken, grouped));
            gaps.put(leaf, DSL.when(isKnown.and(DSL.trueCondition()), all).as("x" + gaps.size()));
            if (ofWhere != RateGaps.NONE && !isOfCertainRows) {
                mayBeTaken = mayBeTaken.or(isKnown.and(ofWhere.isNotNull()));
            }
        }

        /** What the leaf asks of its rows and not every leaf does, and whether all is known that it reads. */
        private record Taken(Expr where, Condition isKnown) {
            boolean isAll() {
                return where.equals(Expr.TRUE) && isKnown.equals(DSL.noCondition());
            }
        }

        private Taken taken(Leaf leaf) {
            var where =
                    Exprs.conjuncts(leaf.where()).stream()
                            .filter(condition -> !shared.contains(condition))
                            .reduce(Expr.TRUE, Expr::and);
            return new Taken(where, rows.columns().isKnownTo(leaf));
        }

        private Condition condition(Taken taken) {
            return exprs.condition(taken.where()).and(taken.isKnown());
        }

        private void addCondition(Taken taken) {
            conditions.put(taken, DSL.field(condition(taken)).as("w" + conditions.size()));
        }

        /** Distinct members are counted by their ids, whatever else is made of their keys. */
        private record Value(Expr expr, Expr account, boolean isId) {
            static Value of(Leaf leaf) {
                return new Value(
                        leaf.aggregation().value(), Reads.account(leaf), Reads.countsMembers(leaf));
            }
        }

        private void addValue(Leaf leaf) {
            var value = Value.of(leaf);
            if (!values.containsKey(value)) {
                values.put(value, value(leaf, value.expr()).as("v" + values.size()));
            }
            orderOf(leaf).forEach(this::addTerm);
        }

        private static List<Expr> orderOf(Leaf leaf) {
            return orderOf(leaf.aggregation());
        }

        private static List<Expr> orderOf(Aggregation aggregation) {
            return switch (aggregation) {
                case Aggregation.IntervalEnd(var of, _) -> orderOf(of);
                case Aggregation.First(_, var order) -> order;
                case Aggregation.Last(_, var order) -> order;
                case Aggregation.Weighted(var of, var weight) ->
                        Stream.concat(Stream.of(weight), orderOf(of).stream()).toList();
                case Aggregation.ClusteredError(_, var weight, var cluster) ->
                        List.of(weight, cluster);
                case Aggregation.Survival(_, var ended, _) -> List.of(ended);
                case Aggregation.LifeTable(_, var ended) -> List.of(ended);
                case Aggregation.Count _,
                        Aggregation.Exists _,
                        Aggregation.Distinct _,
                        Aggregation.Sum _,
                        Aggregation.Average _,
                        Aggregation.Minimum _,
                        Aggregation.Maximum _,
                        Aggregation.Percentile _,
                        Aggregation.OfWindow _,
                        Aggregation.StandardDeviation _ ->
                        List.of();
            };
        }

        private void addTerm(Expr term) {
            if (!terms.containsKey(term)) {
                terms.put(term, exprs.as(term.type().kind(), term).as("o" + terms.size()));
            }
        }

        private Field<?> value(Leaf leaf, Expr value) {
            if (Reads.countsMembers(leaf) && value instanceof Expr.Key(var entity)) {
                return id(entity);
            }
            var account = Reads.account(leaf);
            return account.equals(Expr.NONE)
                    ? exprs.stored(LeafColumns.valueKind(leaf), value)
                    : withAccount(exprs.as(Kind.TEXT, value), exprs.as(Kind.TEXT, account));
        }

        /** Two texts as one value; empty where the first is. */
        private static Field<?> withAccount(Field<?> text, Field<?> account) {
            return DSL.when(text.isNotNull(), DSL.array(text, account));
        }

        private Field<Long> id(EntityRef entity) {
            if (entity.isUser()) {
                return rows.user();
            }
            return rows.mayLackAccount()
                    ? DSL.nullif(rows.account(), DSL.inline(StoreTables.NO_ACCOUNT))
                    : rows.account();
        }

        private static boolean countsRows(Leaf leaf) {
            return leaf.aggregation() instanceof Aggregation.Count
                    || leaf.aggregation() instanceof Aggregation.Exists;
        }

        List<Field<?>> projected() {
            var all = new ArrayList<>(conditions.values());
            all.addAll(values.values());
            all.addAll(terms.values());
            all.addAll(gaps.values());
            all.addAll(outside.values());
            if (!outside.isEmpty()) {
                all.add(DSL.field(anyLeaf.or(mayBeTaken)).as(IS_TAKEN));
            }
            return all;
        }

        /** A row that no leaf takes makes no group; in a unit of time it still says that the unit is known. */
        Condition taken() {
            var asked = exprs.condition(scan.where());
            return outside.isEmpty() ? asked.and(anyLeaf).or(mayBeTaken) : asked;
        }

        Condition having() {
            return outside.isEmpty()
                    ? DSL.noCondition()
                    : DSL.condition(DSL.boolOr(SqlTypes.<Boolean>typed(ofRow(IS_TAKEN))));
        }

        List<Field<?>> aggregates(Leaf leaf) {
            var value = value(leaf);
            var order =
                    orderOf(leaf).stream()
                            .<Field<?>>map(term -> ofRow(Objects.requireNonNull(terms.get(term))))
                            .toList();
            var aggregates =
                    new ArrayList<>(LeafColumns.aggregates(leaf, value, order, rowsOf(leaf)));
            if (leaf.inUnits()) {
                var why = outside.get(leaf);
                aggregates.add(why == null ? DSL.castNull(SQLDataType.CLOB) : DSL.min(ofRow(why)));
            }
            if (leaf.mayLackRate()) {
                aggregates.add(RateGaps.ofAll(ofRow(Objects.requireNonNull(gaps.get(leaf)))));
            }
            return aggregates;
        }

        Field<?> value(Leaf leaf) {
            return countsRows(leaf)
                    ? DSL.inline(1)
                    : ofRow(Objects.requireNonNull(values.get(Value.of(leaf))));
        }

        @Nullable Condition rowsOf(Leaf leaf) {
            var condition = conditions.get(taken(leaf));
            var missed = isOfCertainRows ? gaps.get(leaf) : null;
            if (condition == null && missed == null) {
                return null;
            }
            var isTaken =
                    condition == null
                            ? DSL.noCondition()
                            : DSL.condition(SqlTypes.<Boolean>typed(ofRow(condition)));
            return missed == null ? isTaken : isTaken.and(ofRow(missed).isNull());
        }
    }
}
