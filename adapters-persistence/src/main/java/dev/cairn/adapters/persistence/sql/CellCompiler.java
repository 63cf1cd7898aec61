package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.castNull;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.when;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type.Kind;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Output;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Timeline;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** From collapsed leaves to outputs: over nothing, reasons, expressions, having. */
final class CellCompiler {
    private final AnalysisPlan plan;
    private final Layout layout;
    private final CoverageTables coverage;
    private final RankColumns ranks;

    CellCompiler(AnalysisPlan plan, Layout layout, CoverageTables coverage) {
        this.plan = plan;
        this.layout = layout;
        this.coverage = coverage;
        this.ranks = RankColumns.in(read());
    }

    boolean ranksGroups() {
        return ranks.areNeeded();
    }

    /** With the places of the cells, which are among all: none is left out yet. */
    Select<?> ranked(Table<?> known) {
        return ranks.beside(known, new CellColumns());
    }

    /** With the places that the cells have among all groups, whether shown or not. */
    Select<?> placed(Table<?> known, Table<?> places) {
        return ranks.placed(known, places, new CellColumns(), layout);
    }

    /** The leaves as they are to be said, and why not: within the coverage 0 over nothing, outside of it no value. */
    Select<?> known(Table<?> collapsed) {
        Table<?> from =
                collapsed
                        .join(BucketTable.TABLE)
                        .on(BucketTable.ORDINAL.eq(BucketTable.ordinal(collapsed)));
        var columns = new ArrayList<Field<?>>();
        columns.add(SqlTypes.of(collapsed, Layout.KIND));
        columns.add(SqlTypes.of(collapsed, Layout.BUCKET));
        for (GroupColumns key : layout.keys()) {
            key.known()
                    .forEach(column ->
                            columns.add(
                                    column == key.value()
                                            ? value(key, collapsed)
                                            : SqlTypes.of(collapsed, column)));
            if (key.member().isPresent()) {
                from = withMember(from, key, collapsed);
            }
        }
        from = withNothing(from);
        for (int index = 0; index < plan.leaves().size(); index++) {
            columns.addAll(leaf(index, plan.leaves().get(index), collapsed));
        }
        if (readsTimeEdge()) {
            columns.addAll(
                    List.of(
                            BucketTable.START,
                            BucketTable.END,
                            BucketTable.START_DATE,
                            BucketTable.END_DATE));
        }
        return select(columns).from(from).where(isShown());
    }

    /** Lines of groups that were taken together have given their values to the groups, those of all others are in totals. */
    private Condition isShown() {
        var ofGroup =
                plan.scans().stream().allMatch(scan -> scan.dropped().isEmpty())
                        ? DSL.noCondition()
                        : layout.isOfGroup();
        return plan.top() == null || plan.top().other()
                ? ofGroup
                : ofGroup.and(DSL.not(layout.isOfOthers()));
    }

    /** With what units of time are where nothing is read in any. */
    private Table<?> withNothing(Table<?> from) {
        var joined = from;
        for (int scan = 0; scan < plan.scans().size(); scan++) {
            if (plan.scans().get(scan).relation().areUnits()) {
                var frame = Frame.of(RowKind.CELL, plan, plan.scans().get(scan).reach());
                var nothing = UnitRows.nothing(scan, plan.cells(), frame);
                joined =
                        joined.leftJoin(nothing)
                                .on(BucketTable.ordinal(nothing).eq(BucketTable.ORDINAL));
                if (hasNothingOfTotal(scan)) {
                    var ofTotal = UnitRows.nothingOfTotal(scan, plan.cells(), frame);
                    joined =
                            joined.leftJoin(ofTotal)
                                    .on(BucketTable.ordinal(ofTotal).eq(BucketTable.ORDINAL));
                }
            }
        }
        return joined;
    }

    /** Whether other units are known in rows of no group. */
    private boolean hasNothingOfTotal(int scan) {
        return plan.kinds().stream().anyMatch(kind -> !kind.hasGroups())
                && isOfKeys(plan.scans().get(scan).relation());
    }

    private static boolean isOfKeys(Relation relation) {
        return relation instanceof Relation.Ticks(_, var own)
                && own.leaves().stream()
                        .anyMatch(leaf -> !leaf.reads().equals(leaf.readsOfTotal()));
    }

    private Field<Object> ofUnits(int index, int scan, Table<?> collapsed) {
        var ofGroups = UnitCounts.value(index, plan.cells(), collapsed, UnitRows.nothingOf(scan));
        return hasNothingOfTotal(scan)
                ? when(Layout.HAS_GROUP, ofGroups)
                        .otherwise(
                                UnitCounts.value(
                                        index,
                                        plan.cells(),
                                        collapsed,
                                        UnitRows.nothingOfTotal(scan)))
                : ofGroups;
    }

    private static Field<?> value(GroupColumns key, Table<?> collapsed) {
        return key.member()
                .<Field<?>>map(entity ->
                        StoreTables.text(members(key), StoreTables.keyColumn(entity))
                                .as(key.value()))
                .orElseGet(() -> SqlTypes.of(collapsed, key.value()));
    }

    /** The table of members under a name of its own for each key. */
    private static Table<?> members(GroupColumns key) {
        return StoreTables.members(key.member().orElseThrow()).as("of_" + key.value().getName());
    }

    private static Table<?> withMember(Table<?> from, GroupColumns key, Table<?> collapsed) {
        var members = members(key);
        var joined =
                from.leftJoin(members)
                        .on(
                                StoreTables.id(members, "account_id")
                                        .eq(id(collapsed, key.ids().getFirst())));
        return key.member().orElseThrow().isAccount()
                ? joined
                : joined.and(
                        StoreTables.id(members, "user_id").eq(id(collapsed, key.ids().getLast())));
    }

    private static Field<Long> id(Table<?> table, Field<Long> column) {
        return StoreTables.id(table, column.getName());
    }

    /** A value, and the reason where there is none. */
    private record Known(Field<?> value, Field<String> reason) {
        Known except(Condition lacks, Absence why) {
            return new Known(
                    when(DSL.not(lacks), SqlTypes.<Object>typed(value)),
                    when(lacks, CoverageTables.text(why)).otherwise(reason));
        }
    }

    /** A leaf's value and the reason for none. */
    private List<Field<?>> leaf(int index, Leaf leaf, Table<?> collapsed) {
        var parts =
                LeafColumns.parts(index, leaf).stream()
                        .<Field<?>>map(part -> SqlTypes.of(collapsed, part))
                        .toList();
        var read =
                plan.scans().get(leaf.scan()).relation().areUnits()
                        ? ofUnits(index, leaf.scan(), collapsed)
                        : LeafColumns.value(leaf, parts);
        var known = known(index, leaf, read, collapsed);
        var value = known.value();
        var reason = known.reason();
        Condition isUndecided = DSL.noCondition();
        if (leaf.apart() != null) {
            var isBefore = isBeforeData(leaf.apart(), collapsed);
            var isNotYet = isNotYet(leaf.apart(), collapsed);
            var before = CoverageTables.text(Absence.BEFORE_DATA);
            reason =
                    when(isBefore.or(reason.eq(before)), before)
                            .when(isNotYet, CoverageTables.text(Absence.NOT_YET))
                            .otherwise(reason);
            isUndecided = isBefore.or(isNotYet);
            value = when(DSL.not(isUndecided), SqlTypes.<Object>typed(value));
        }
        if (leaf.mayLackRate()) {
            var inside = gapsInside(leaf, LeafColumns.gaps(collapsed, index));
            var gaps = leaf.apart() == null ? inside : when(DSL.not(isUndecided), inside);
            return List.of(
                    when(gaps.isNull(), value).as(LeafColumns.of(index, leaf)),
                    when(gaps.isNotNull(), CoverageTables.text(Absence.NO_RATE))
                            .when(value.isNull(), reason)
                            .as(reasonOf(index)),
                    gaps.as(LeafColumns.gaps(index)));
        }
        return List.of(
                value.as(LeafColumns.of(index, leaf)),
                when(value.isNull(), reason).as(reasonOf(index)));
    }

    /** What is known in time of what was read: of groups in their own units and ages, too. */
    private Known known(int index, Leaf leaf, Field<Object> read, Table<?> collapsed) {
        var known =
                new Known(
                        value(leaf, read),
                        coalesce(coverage.outside(leaf), CoverageTables.text(Absence.NO_DATA)));
        if (leaf.inUnits()) {
            known = inUnits(index, leaf, read, known, collapsed);
        } else if (isOfGroups(index) && plan.leaves().stream().anyMatch(Leaf::inUnits)) {
            known =
                    known.except(
                            Layout.HAS_GROUP.and(read.isNull()).and(isOfUnitsAhead(collapsed)),
                            Absence.NOT_YET);
        }
        var ages = plan.time().ages();
        return ages != null && isOfGroups(index)
                ? known.except(isAheadOfAge(ages, index, collapsed), Absence.NOT_YET)
                : known;
    }

    private Known inUnits(
            int index, Leaf leaf, Field<Object> read, Known ofBuckets, Table<?> collapsed) {
        var notOver = notOver(leaf);
        var ofUnit = outside(index, collapsed);
        var outside =
                coalesce(
                        notOver,
                        when(ofUnit.eq(AgedRows.NOT_BEGUN), CoverageTables.text(Absence.NOT_YET))
                                .when(ofUnit.ne(AgedRows.KNOWN), ofUnit),
                        coverage.outsideOfTime());
        return new Known(
                when(Layout.HAS_GROUP, when(notOver.isNull(), inUnits(leaf, read, outside)))
                        .otherwise(SqlTypes.<Object>typed(ofBuckets.value())),
                when(Layout.HAS_GROUP, coalesce(outside, CoverageTables.text(Absence.NO_DATA)))
                        .otherwise(ofBuckets.reason()));
    }

    /** Whether the windows of some of its rows are before the data. */
    private Condition isBeforeData(Leaf.Apart apart, Table<?> collapsed) {
        return count(apart.beforeData(), collapsed).gt(DSL.inline(0L));
    }

    /** Whether none of the windows of its rows is over. */
    private Condition isNotYet(Leaf.Apart apart, Table<?> collapsed) {
        return DSL.not(areSome(apart.settled(), collapsed))
                .and(areSome(apart.pending(), collapsed));
    }

    /** Those of which it is not known whether they are of the group may be. */
    private Condition areSome(int index, Table<?> collapsed) {
        var areCounted = count(index, collapsed).gt(DSL.inline(0L));
        return plan.leaves().get(index).mayLackRate()
                ? areCounted.or(LeafColumns.gaps(collapsed, index).isNotNull())
                : areCounted;
    }

    /** Why nothing is known of a bucket that must be over, whichever of its units are. */
    private Field<String> notOver(Leaf leaf) {
        int reach = plan.scans().get(leaf.scan()).reach();
        return plan.time().reaches().get(reach).ofWhole().mustBeOver()
                ? when(
                        coverage.outside(leaf).eq(CoverageTables.text(Absence.NOT_YET)),
                        CoverageTables.text(Absence.NOT_YET))
                : DSL.castNull(SQLDataType.CLOB);
    }

    /** A group has a value of what is known of its units, and of nothing in them where that is known. */
    private static Field<Object> inUnits(Leaf leaf, Field<Object> read, Field<String> outside) {
        return LeafColumns.overNothing(leaf)
                .<Field<Object>>map(zero -> coalesce(read, when(outside.isNull(), zero)))
                .orElse(read);
    }

    /** Whether a group's rows are in units of time that have not begun, and in no others. */
    private Condition isOfUnitsAhead(Table<?> collapsed) {
        Condition isAhead = DSL.falseCondition();
        Condition isElsewhere = DSL.falseCondition();
        for (int index = 0; index < plan.leaves().size(); index++) {
            var leaf = plan.leaves().get(index);
            if (leaf.inUnits() && isOfGroups(index)) {
                var outside = outside(index, collapsed);
                isAhead = isAhead.or(outside.isNotDistinctFrom(AgedRows.NOT_BEGUN));
                isElsewhere =
                        isElsewhere
                                .or(outside.isNotNull().and(outside.ne(AgedRows.NOT_BEGUN)))
                                .or(
                                        SqlTypes.of(
                                                        collapsed,
                                                        LeafColumns.parts(index, leaf).getFirst())
                                                .isNotNull());
            }
        }
        return isAhead.and(DSL.not(isElsewhere));
    }

    private static Field<String> outside(int index, Table<?> collapsed) {
        return SqlTypes.typed(SqlTypes.of(collapsed, LeafColumns.outside(index)));
    }

    private boolean isOfGroups(int leaf) {
        return plan.scans().get(plan.leaves().get(leaf).scan()).dropped().isEmpty();
    }

    /** Whether what is read for a cell's bucket ends before the period in which anything is read of its group first. */
    private Condition isAheadOfAge(Timeline.Ages ages, int index, Table<?> collapsed) {
        var days =
                ages.firstDays().stream()
                        .map(leaf ->
                                SqlTypes.<LocalDate>typed(
                                        SqlTypes.of(
                                                collapsed,
                                                LeafColumns.of(leaf, plan.leaves().get(leaf)))))
                        .toList();
        var keys = new ArrayList<Field<?>>();
        keys.add(SqlTypes.of(collapsed, Layout.KIND));
        layout.stackedKeys().forEach(key -> keys.add(SqlTypes.of(collapsed, key)));
        var firstDay =
                DSL.min(DSL.least(days.getFirst(), days.stream().skip(1).toArray(Field<?>[]::new)))
                        .over(DSL.partitionBy(keys));
        var bucket = SqlTypes.<Integer>typed(SqlTypes.of(collapsed, Layout.BUCKET));
        var notReached =
                DSL.arrayGet(
                        SqlTypes.dates(ages.notReached().get(index)), bucket.add(DSL.inline(1)));
        return SqlTypes.of(collapsed, Layout.KIND)
                .eq(SqlTypes.typed(Codes.field(RowKind.CELL)))
                .and(coalesce(firstDay.ge(notReached), DSL.inline(true)));
    }

    /** As it is to be said: none where it is not known. */
    private Field<Long> count(int index, Table<?> collapsed) {
        var leaf = plan.leaves().get(index);
        var read = SqlTypes.of(collapsed, LeafColumns.of(index, leaf));
        if (leaf.inUnits()) {
            return coalesce(SqlTypes.<Long>typed(read), DSL.inline(0L));
        }
        return coalesce(SqlTypes.<Long>typed(value(leaf, SqlTypes.typed(read))), DSL.inline(0L));
    }

    /** Where nothing is known of what a leaf reads, no rate is missed. */
    private Field<String> gapsInside(Leaf leaf, Field<String> gaps) {
        return leaf.inUnits()
                ? when(Layout.HAS_GROUP, gaps).otherwise(gapsInsideBucket(leaf, gaps))
                : gapsInsideBucket(leaf, gaps);
    }

    private Field<String> gapsInsideBucket(Leaf leaf, Field<String> gaps) {
        return switch (plan.scans().get(leaf.scan()).relation()) {
            case Relation.Facts _ -> {
                var isOutside =
                        coverage.areNoValue(leaf)
                                .orElse(DSL.falseCondition())
                                .or(
                                        coverage.outsideOfEachRow(leaf)
                                                .map(Field::isNotNull)
                                                .orElse(DSL.falseCondition()));
                yield when(DSL.not(isOutside), gaps);
            }
            case Relation.Members _, Relation.Ticks _ ->
                    when(coverage.outside(leaf).isNull(), gaps);
        };
    }

    private Field<?> value(Leaf leaf, Field<Object> read) {
        return switch (plan.scans().get(leaf.scan()).relation()) {
            case Relation.Facts _ -> ofFacts(leaf, read);
            case Relation.Members _, Relation.Ticks _ -> ofMembers(leaf, read);
        };
    }

    /** Over members there is none outside the coverage, whatever the rows. */
    private Field<?> ofMembers(Leaf leaf, Field<Object> read) {
        return when(
                coverage.outside(leaf).isNull(),
                LeafColumns.overNothing(leaf)
                        .<Field<Object>>map(zero -> coalesce(read, zero))
                        .orElse(read));
    }

    private Field<?> ofFacts(Leaf leaf, Field<Object> read) {
        var isInside = coverage.outside(leaf).isNull();
        var value =
                LeafColumns.overNothing(leaf)
                        .<Field<Object>>map(zero -> coalesce(read, when(isInside, zero)))
                        .orElse(read);
        var early = coverage.areNoValue(leaf);
        var inTime = early.isPresent() ? when(DSL.not(early.get()), value) : value;
        var outside = coverage.outsideOfEachRow(leaf);
        return outside.isPresent() ? when(outside.get().isNull(), inTime) : inTime;
    }

    /** The outputs; cells that having does not let through are left out. */
    Select<?> answer(Table<?> known) {
        var common =
                CommonValues.withReasons(known, new CellColumns(), read(), CellCompiler::reasons);
        var exprs = common.exprs();
        var reasons = reasons(exprs, common);
        var rates = new RateGaps(exprs, new CellColumns());
        var columns = new ArrayList<>(layout.knownCell());
        for (int index = 0; index < plan.outputs().size(); index++) {
            columns.addAll(output(index, exprs, reasons, rates));
        }
        return select(columns).from(common.from()).where(having(exprs, rates));
    }

    private List<Field<?>> output(
            int index, ExprCompiler exprs, ReasonCompiler reasons, RateGaps rates) {
        var output = plan.outputs().get(index);
        var columns = new ArrayList<Field<?>>();
        columns.add(
                unlessMissed(
                                exprs.as(output.value().type().kind(), output.value()),
                                output.value(),
                                rates)
                        .as(OutputColumns.value(index, output)));
        columns.add(
                unlessMissed(number(exprs, output.numerator()), output.numerator(), rates)
                        .as(OutputColumns.numerator(index, output)));
        columns.add(
                unlessMissed(number(exprs, output.denominator()), output.denominator(), rates)
                        .as(OutputColumns.denominator(index, output)));
        columns.add(sampleSize(exprs, output).as(OutputColumns.sampleSize(index)));
        columns.add(reason(output.value(), reasons, rates).as(OutputColumns.reason(index)));
        for (int part = 0; part < output.parts().size(); part++) {
            columns.add(
                    unlessMissed(
                                    exprs.as(Kind.DOUBLE, output.parts().get(part).contribution()),
                                    output.value(),
                                    rates)
                            .as(OutputColumns.part(index, part)));
        }
        var ofSample = OutputColumns.ofSample(index, output);
        for (int at = 0; at < ofSample.size(); at++) {
            columns.add(
                    unlessMissed(
                                    number(exprs, output.computedOfSample().get(at)),
                                    output.value(),
                                    rates)
                            .as(ofSample.get(at)));
        }
        if (output.lifeTable() != null) {
            columns.add(exprs.as(Kind.TEXT, output.lifeTable()).as(OutputColumns.lifeTable(index)));
        }
        if (OutputColumns.mayLackRate(output, plan)) {
            columns.add(rates.of(output.value()).as(OutputColumns.gaps(index)));
        }
        if (OutputColumns.readsWindows(output, plan)) {
            columns.add(most(output, Leaf.Apart::pending).as(OutputColumns.pending(index)));
            columns.add(
                    most(output, Leaf.Apart::beginsBeforeData)
                            .as(OutputColumns.beginsBeforeData(index)));
        }
        if (OutputColumns.readsAttempts(output, plan)) {
            columns.add(
                    most(output, Leaf.Apart::completed).as(OutputColumns.pendingCompleted(index)));
        }
        return columns;
    }

    private Condition having(ExprCompiler exprs, RateGaps rates) {
        if (plan.having().equals(Expr.TRUE)) {
            return DSL.noCondition();
        }
        return Layout.KIND
                .ne(Codes.field(RowKind.CELL))
                .or(DSL.condition(holds(plan.having(), exprs, rates)));
    }

    /** A value that has no rate is none, whatever would stand in for it. */
    private static Field<Boolean> holds(Expr condition, ExprCompiler exprs, RateGaps rates) {
        var missed = rates.of(condition);
        if (missed == RateGaps.NONE) {
            return DSL.field(exprs.condition(condition));
        }
        return switch (condition) {
            case Expr.And(var left, var right) ->
                    DSL.field(
                            DSL.condition(holds(left, exprs, rates))
                                    .and(holds(right, exprs, rates)));
            case Expr.Or(var left, var right) ->
                    DSL.field(
                            DSL.condition(holds(left, exprs, rates))
                                    .or(holds(right, exprs, rates)));
            case Expr.Not(var operand) ->
                    DSL.field(DSL.not(DSL.condition(holds(operand, exprs, rates))));
            case Expr.Is(var _, var other) when other.equals(Expr.NONE) ->
                    DSL.field(missed.isNotNull().or(exprs.condition(condition)));
            default -> DSL.field(when(missed.isNull(), DSL.field(exprs.condition(condition))));
        };
    }

    /** What would be made of something without its rate is no value, whatever stands in for it. */
    private static Field<?> unlessMissed(Field<?> value, @Nullable Expr expr, RateGaps rates) {
        var missed = expr == null ? RateGaps.NONE : rates.of(expr);
        return missed == RateGaps.NONE ? value : when(missed.isNull(), value);
    }

    private static Field<String> reason(Expr expr, ReasonCompiler reasons, RateGaps rates) {
        var missed = rates.of(expr);
        var reason = reasons.reason(expr);
        return missed == RateGaps.NONE
                ? reason
                : when(missed.isNotNull(), CoverageTables.text(Absence.NO_RATE)).otherwise(reason);
    }

    /** The most of it that is counted beside a leaf, where it is beside any. */
    private Field<Long> most(Output output, Function<Leaf.Apart, @Nullable Integer> counted) {
        return Exprs.leavesIn(output.value()).stream()
                .map(leaf -> plan.leaves().get(leaf).apart())
                .filter(Objects::nonNull)
                .flatMap(apart -> Stream.ofNullable(counted.apply(apart)))
                .distinct()
                .sorted()
                .<Field<Long>>map(
                        leaf -> SqlTypes.typed(LeafColumns.of(leaf, plan.leaves().get(leaf))))
                .reduce((one, other) -> DSL.greatest(one, other))
                .orElseThrow();
    }

    private static ReasonCompiler reasons(ExprCompiler exprs, CommonValues common) {
        return new ReasonCompiler(exprs, common, CellCompiler::reasonOf);
    }

    /** All expressions of a cell. */
    private List<Expr> read() {
        return Stream.concat(
                        plan.outputs().stream()
                                .flatMap(output ->
                                        Stream.of(
                                                        Stream.of(
                                                                output.value(),
                                                                output.numerator(),
                                                                output.denominator()),
                                                        output.parts().stream()
                                                                .map(Output.Part::contribution),
                                                        output.computedOfSample().stream(),
                                                        Stream.ofNullable(output.lifeTable()))
                                                .flatMap(exprs -> exprs)),
                        Stream.of(plan.having()))
                .filter(Objects::nonNull)
                .toList();
    }

    private static Field<?> number(ExprCompiler exprs, @Nullable Expr expr) {
        return expr == null
                ? castNull(SQLDataType.NUMERIC)
                : exprs.number(expr, expr.type().kind());
    }

    private static Field<?> sampleSize(ExprCompiler exprs, Output output) {
        return output.sampleSize() == null
                ? castNull(SQLDataType.BIGINT)
                : exprs.field(output.sampleSize());
    }

    private boolean readsTimeEdge() {
        return read().stream().anyMatch(expr -> Exprs.any(expr, Expr.TimeEdge.class::isInstance));
    }

    private static Field<String> reasonOf(int leaf) {
        return DSL.field(name("r" + leaf), SQLDataType.CLOB);
    }

    /** Of one cell. */
    private final class CellColumns implements RowColumns {
        @Override
        public Field<?> leaf(Expr.LeafValue leaf) {
            return LeafColumns.of(leaf.leaf(), plan.leaves().get(leaf.leaf()));
        }

        @Override
        public Field<?> rank(Expr.Rank rank) {
            return ranks.of(rank);
        }

        @Override
        public Field<String> gaps(Expr.LeafValue leaf) {
            return plan.leaves().get(leaf.leaf()).mayLackRate()
                    ? LeafColumns.gaps(leaf.leaf())
                    : RateGaps.NONE;
        }

        @Override
        public Field<String> gaps(Expr.Rank rank) {
            return ranks.gapsOf(rank);
        }

        @Override
        public Field<?> edge(Expr.TimeEdge edge) {
            if (edge.reach() == 0) {
                var column = BucketTable.edge(edge);
                return DSL.field(column.getUnqualifiedName(), column.getDataType());
            }
            var bucket = DSL.field(Layout.BUCKET.getUnqualifiedName(), SQLDataType.INTEGER);
            var ofWhole = Frame.of(RowKind.GRAND_TOTAL, plan, edge.reach());
            var ofBuckets = Frame.of(RowKind.CELL, plan, edge.reach());
            return when(
                            bucket.eq(DSL.inline(Frame.WHOLE)),
                            SqlTypes.typed(ofWhole.edge(bucket, edge)))
                    .otherwise(SqlTypes.typed(ofBuckets.edge(bucket, edge)));
        }
    }
}
