package dev.cairn.adapters.persistence.sql;

import dev.cairn.adapters.persistence.schema.AttributeTable;
import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.formula.Function;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Block;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Merge;
import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Scan;
import dev.cairn.domain.plan.Timeline;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jooq.Table;

/**
 * How many rows a statement is expected to read and make: good enough to tell a count from a report, and no more. Every relation is read whole, whatever
 * the range and the filter; once more for each leaf that has to sort its rows, and again for each kind of total then; a fact counts once for each
 * bucket whose window it is in, a member once for each bucket.
 * Made is a row for each group and bucket, of as many groups as the values of the keys allow, and no more than there are rows.
 */
final class CostEstimate {
    private final TableSizes sizes;
    private final AnalysisPlan plan;
    private final Map<Expr.Common, Double> valuesOfCommon = new HashMap<>();

    /** The buckets at hand, or the units of time in their place. */
    private Timeline time;

    private boolean areUnits;

    /** For how many members what is at hand is read. */
    private double members = 1;

    /** Of each scan that was looked at, by what it is: two that are equal are each on their own. */
    private final IdentityHashMap<Scan, Long> ofScans = new IdentityHashMap<>();

    /** Rows for units of time that were found so far. */
    private double inUnits;

    private CostEstimate(TableSizes sizes, AnalysisPlan plan) {
        this.sizes = sizes;
        this.plan = plan;
        this.time = plan.time();
    }

    static long of(AnalysisPlan plan, TableSizes sizes) {
        var estimate = new CostEstimate(sizes, plan);
        return (long) (estimate.read(plan.cells()) + estimate.made());
    }

    /** Rows for units of time: one for each unit and each group or member, with facts or without. */
    static long inUnits(AnalysisPlan plan, TableSizes sizes) {
        var estimate = new CostEstimate(sizes, plan);
        estimate.read(plan.cells());
        return (long) estimate.inUnits;
    }

    /** The rows that each scan reads, those of its own not counted: a fact once for each bucket whose window it is in. */
    static Map<Scan, Long> ofScans(AnalysisPlan plan, TableSizes sizes) {
        var estimate = new CostEstimate(sizes, plan);
        estimate.read(plan.cells());
        return Collections.unmodifiableMap(estimate.ofScans);
    }

    /** Of all values of a field, an attribute or a key: the rows that it is read from. */
    static long ofValues(Expr dimension, TableSizes sizes) {
        return (long)
                switch (dimension) {
                    case Expr.Field(var source, var _, var _) ->
                            sizes.rows(StoreTables.fact(source));
                    case Expr.Attribute(var entity, var _, var _, var _) ->
                            sizes.rows(StoreTables.members(entity));
                    case Expr.Key(var entity) -> sizes.rows(StoreTables.members(entity));
                    default ->
                            JooqDimensionValues.sourceOf(dimension)
                                    .map(source -> sizes.rows(StoreTables.fact(source)))
                                    .orElse(0.0);
                };
    }

    private double read(Block block) {
        double cost = 0;
        var scans = block.scans();
        for (int index = 0; index < scans.size(); index++) {
            var read =
                    List.copyOf(ScanCompiler.leavesOf(block.leaves(), index, _ -> true).values());
            cost += (read(scans.get(index)) + linked(scans.get(index), read)) * times(read);
        }
        return cost;
    }

    /** The rows that links lead to. */
    private double linked(Scan scan, List<Leaf> leaves) {
        return Reads.of(scan, leaves, scan.keys()).ways().stream()
                .mapToDouble(way -> sizes.rows(reached(way.getLast().to())))
                .sum();
    }

    /** A fact once for each bucket whose window it is in; one that is valid for long, in each bucket. */
    private double read(Scan scan) {
        if (scan.inUnits() != null) {
            var outer = time;
            time = scan.inUnits().units().time();
            double cost = read(scan.ofUnit(scan.inUnits()));
            time = outer;
            ofScans.merge(scan, (long) cost, Long::sum);
            return cost + read(scan.ofBuckets());
        }
        double placed =
                switch (scan.relation()) {
                    case Relation.Facts facts when scan.window() != null ->
                            (rows(facts) + members)
                                    * (SubjectTables.isSameInAllBuckets(scan)
                                            ? 1
                                            : time.buckets().size());
                    case Relation.Facts facts -> rows(facts) * buckets(facts, scan.reach());
                    case Relation.Members members -> rows(members) * time.buckets().size();
                    case Relation.Ticks(var units, var own) ->
                            units.pairs().size() * Math.max(members, groups(own));
                };
        boolean isInUnits =
                switch (scan.relation()) {
                    case Relation.Facts _ -> false;
                    case Relation.Members _ -> areUnits;
                    case Relation.Ticks _ -> true;
                };
        inUnits += isInUnits ? placed : 0;
        ofScans.merge(scan, (long) placed, Long::sum);
        return placed + readIn(scan.relation());
    }

    private double readIn(Relation relation) {
        var outerTime = time;
        double outerMembers = members;
        boolean wereUnits = areUnits;
        switch (relation) {
            case Relation.Facts _ -> {}
            case Relation.Members of -> members = rows(of);
            case Relation.Ticks ticks -> {
                time = ticks.units().time();
                areUnits = true;
            }
        }
        double cost = read(relation.own());
        time = outerTime;
        members = outerMembers;
        areUnits = wereUnits;
        return cost;
    }

    /** Of what is read in units of time: each has a row in every unit. */
    private double groups(Block own) {
        return own.scans().stream().mapToDouble(this::groups).max().orElse(1);
    }

    private double groups(Scan scan) {
        return scan.relation() instanceof Relation.Ticks ticks
                ? groups(ticks.own())
                : Math.min(rows(scan.relation()), values(notImplied(scan.keys())));
    }

    private int buckets(Relation.Facts facts, int reach) {
        return switch (facts.placing()) {
            case Placing.At _ -> time.reaches().get(reach).largestOverlap();
            case Placing.ValidAt _, Placing.ValidDuring _ -> time.buckets().size();
        };
    }

    private double rows(Relation relation) {
        return switch (relation) {
            case Relation.Facts(var source, _, _, var derived) ->
                    derived == null
                            ? sizes.rows(StoreTables.fact(source))
                            : derived.inputs().stream()
                                    .mapToDouble(
                                            input -> sizes.rows(StoreTables.fact(input.source())))
                                    .sum();
            case Relation.Members(var entity, var pairs, _) ->
                    sizes.rows(
                            pairs == null
                                    ? StoreTables.members(entity)
                                    : StoreTables.fact(pairs.source()));
            case Relation.Ticks(_, var own) ->
                    own.scans().stream().mapToDouble(scan -> rows(scan.relation())).sum();
        };
    }

    private long times(List<Leaf> read) {
        long sorted =
                read.stream().filter(leaf -> leaf.aggregation().merge() == Merge.WHOLE).count();
        long totals = plan.kinds().stream().filter(kind -> kind != RowKind.CELL).count();
        return sorted == 0 ? 1 : (1 + sorted) * (1 + totals);
    }

    /** Where gaps are not filled, a row read makes at most one. */
    private double made() {
        return plan.scans().stream().mapToDouble(this::made).max().orElse(0);
    }

    private double made(Scan scan) {
        double rows = rows(scan.relation());
        double groups = groups(scan);
        double cells = groups * plan.time().buckets().size();
        return plan.fillGaps() ? cells : Math.min(rows, cells);
    }

    /** Keys without those that another one has one value for: a user has one account, and both have one of each attribute. */
    private static List<Expr> notImplied(List<Expr> keys) {
        for (var member : List.of(EntityRef.USER, EntityRef.ACCOUNT)) {
            var key = new Expr.Key(member);
            if (keys.contains(key)) {
                return Stream.concat(
                                Stream.of(key), keys.stream().filter(other -> !isOf(member, other)))
                        .toList();
            }
        }
        return keys;
    }

    private static Table<?> reached(Expr.To to) {
        return switch (to) {
            case Expr.To.Row row -> StoreTables.fact(row.source());
            case Expr.To.Member(var entity) -> StoreTables.members(entity);
        };
    }

    private static boolean isOf(EntityRef member, Expr key) {
        return !Exprs.any(
                key,
                part ->
                        switch (part) {
                            case Expr.Field _,
                                    Expr.Linked _,
                                    Expr.LeafValue _,
                                    Expr.Share _,
                                    Expr.Rank _ ->
                                    true;
                            case Expr.Attribute(var entity, var _, var _, var _) ->
                                    !isSameOrAccount(member, entity);
                            case Expr.Key(var entity) -> !isSameOrAccount(member, entity);
                            case Expr.Start(var entity, _) -> !isSameOrAccount(member, entity);
                            case Expr.Literal _,
                                    Expr.TimeEdge _,
                                    Expr.Arithmetic _,
                                    Expr.Negate _,
                                    Expr.Compare _,
                                    Expr.Is _,
                                    Expr.And _,
                                    Expr.Or _,
                                    Expr.Not _,
                                    Expr.In _,
                                    Expr.Case _,
                                    Expr.Call _,
                                    Expr.InPeriods _,
                                    Expr.Convert _,
                                    Expr.Common _ ->
                                    false;
                        });
    }

    private static boolean isSameOrAccount(EntityRef member, EntityRef other) {
        return other.equals(member) || other.isAccount();
    }

    /** Of several together. */
    private double values(List<Expr> parts) {
        return parts.stream().mapToDouble(this::values).reduce(1, (one, other) -> one * other);
    }

    private double values(Expr expr) {
        return switch (expr) {
            case Expr.Literal _, Expr.TimeEdge _ -> 1;
            case Expr.Field(var source, var name, var _) ->
                    atLeastOne(sizes.values(StoreTables.fact(source), FactTable.columnOf(name)));
            case Expr.Linked(_, var end) -> values(end);
            case Expr.Attribute(var entity, var name, var _, var _) ->
                    atLeastOne(
                            sizes.values(
                                    StoreTables.attributes(entity), AttributeTable.columnOf(name)));
            case Expr.Key(var entity) -> atLeastOne(sizes.rows(StoreTables.members(entity)));
            case Expr.Start(var entity, _) -> atLeastOne(sizes.rows(StoreTables.members(entity)));
            case Expr.InPeriods(var date, _, _) -> values(date);
            case Expr.Compare _, Expr.Is _, Expr.And _, Expr.Or _, Expr.Not _, Expr.In _ -> 2;
            case Expr.Case(var arms, var otherwise, var _) ->
                    arms.stream().mapToDouble(arm -> values(arm.result())).sum()
                            + values(otherwise);
            case Expr.Call(var function, var arguments, var _) ->
                    Math.min(results(function), values(arguments));
            case Expr.Arithmetic _, Expr.Negate _, Expr.Convert _ -> values(Exprs.operands(expr));
            case Expr.LeafValue _, Expr.Share _, Expr.Rank _ -> Double.MAX_VALUE;
            case Expr.Common common -> valuesOfCommon(common);
        };
    }

    /** Empty is one too. */
    private static double atLeastOne(double values) {
        return Math.max(1, values);
    }

    private double valuesOfCommon(Expr.Common common) {
        var known = valuesOfCommon.get(common);
        if (known != null) {
            return known;
        }
        double values = values(common.value());
        valuesOfCommon.put(common, values);
        return values;
    }

    /** The most that a function has. */
    private static double results(Function function) {
        return switch (function) {
            case CONTAINS, STARTS, MATCHES, HAS_WEIGHT -> 2;
            case HOUR_OF_DAY -> 24;
            case WEEKDAY -> 7;
            case DAY_OF_MONTH -> 31;
            case DAY_OF_YEAR -> 366;
            case MONTH_OF_YEAR -> 12;
            case QUARTER_OF_YEAR -> 4;
            case COALESCE,
                    LEAST,
                    GREATEST,
                    ABS,
                    ROUND,
                    SQRT,
                    POWER,
                    LN,
                    LOWER,
                    HOURS,
                    DAYS,
                    MINUTES,
                    CONCAT,
                    KEY,
                    KEY_PART,
                    TRIM,
                    DATE,
                    TRUNC,
                    CALENDAR_YEAR,
                    LOCAL_DATE,
                    HOUR_START,
                    DAY_START,
                    IF_ENOUGH,
                    MOVED ->
                    Double.MAX_VALUE;
        };
    }
}
