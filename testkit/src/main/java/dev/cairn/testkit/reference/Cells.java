package dev.cairn.testkit.reference;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.MissingRate;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Scan;
import dev.cairn.domain.plan.Timeline;
import dev.cairn.testkit.data.World;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Computes the cells of a plan and its totals, each from the rows beneath it and never from other cells. */
final class Cells {
    private static final int WHOLE = -1;
    private static final Cell.Groups NO_GROUPS = new Cell.Groups();

    private final AnalysisPlan plan;
    private final Rules rules;
    private final Evaluation evaluation;
    private final Aggregates aggregates;
    private final Reading reading;
    private final Knowledge knowledge;
    private final @Nullable Set<List<GroupValue>> shown;
    private final @Nullable Cells ofAllGroups;

    /** @param shown the keys of the groups that are shown; null: all */
    Cells(
            World world,
            AnalysisPlan plan,
            Rules rules,
            Evaluation evaluation,
            @Nullable Set<List<GroupValue>> shown) {
        this.shown = shown;
        this.plan = plan;
        this.rules = rules;
        this.evaluation = evaluation;
        this.aggregates = new Aggregates(rules, evaluation);
        this.knowledge = new Knowledge(world, plan, rules);
        this.reading = new Reading(world, plan, rules, evaluation, aggregates, knowledge);
        this.ofAllGroups =
                plan.top() == null
                        ? null
                        : new Cells(world, plan.ofAllGroups(), rules, evaluation, null);
    }

    /**
     * The leaf rows of each group in one bucket; a group without any is not in it.
     *
     * @param together rows of leaves whose scans drop keys, by the keys that stay
     * @param unknown why something is not known of units of time that rows are read in
     * @param known leaves of which rows are in units of time that are known, whether taken or not
     */
    private record Groups(
            int index,
            boolean grouped,
            Map<List<GroupValue>, List<List<Row>>> rows,
            Map<List<GroupValue>, List<List<Row>>> together,
            Map<OfLeaf, Set<Unknown>> unknown,
            Set<OfLeaf> known) {}

    /**
     * Why nothing is known of a unit of time.
     *
     * @param ahead whether it has not begun by as-of, whatever is known of a source
     */
    private record Unknown(Absence why, boolean ahead) {}

    /** A leaf in the cell of a group. */
    private record OfLeaf(int leaf, List<GroupValue> keys) {}

    List<Cell> of(RowKind kind) {
        var level = new ArrayList<Groups>();
        if (kind.hasTime()) {
            for (int i = 0; i < plan.time().buckets().size(); i++) {
                level.add(groups(i, kind.hasGroups()));
            }
        } else {
            level.add(groups(WHOLE, kind.hasGroups()));
        }
        boolean oneGroup = !kind.hasGroups() || plan.keys().isEmpty();
        var all = new LinkedHashSet<List<GroupValue>>();
        if (oneGroup && rules.hasEmptyGroup()) {
            all.add(plan.keys().stream().map(_ -> GroupValue.TOTAL).toList());
        }
        level.forEach(groups -> all.addAll(groups.rows().keySet()));
        if (plan.top() != null && !plan.top().other()) {
            all.removeIf(keys -> keys.contains(GroupValue.OTHER));
        }
        boolean dense = !kind.hasTime() || rules.isDense(plan);
        var cells = cells(kind, level, rules.groups(List.copyOf(all)), dense);
        var known =
                kind == RowKind.CELL && plan.time().ages() != null
                        ? reached(cells, plan.time().ages())
                        : cells;
        var among = Cell.Groups.of(all(kind).orElse(known));
        return known.stream()
                .map(cell -> cell.among(Objects.requireNonNull(among.get(cell.index()))))
                .toList();
    }

    /** The cells of all groups, where some of them are shown and places are asked for; empty where these are. */
    private Optional<List<Cell>> all(RowKind kind) {
        boolean ranks =
                plan.outputs().stream()
                        .anyMatch(output -> Exprs.any(output.value(), Expr.Rank.class::isInstance));
        return ofAllGroups == null || !kind.hasGroups() || !ranks || !rules.ranksAmongAllGroups()
                ? Optional.empty()
                : Optional.of(ofAllGroups.of(kind));
    }

    /** Without values where time has not reached the age of the group. */
    private List<Cell> reached(List<Cell> cells, Timeline.Ages ages) {
        var firstDays = new HashMap<List<GroupValue>, LocalDate>();
        for (Cell cell : cells) {
            ages.firstDays().stream()
                    .map(leaf -> (LocalDate) cell.leaves().get(leaf).value())
                    .filter(Objects::nonNull)
                    .forEach(day ->
                            firstDays.merge(
                                    cell.keys(),
                                    day,
                                    (one, other) -> one.isBefore(other) ? one : other));
        }
        return cells.stream()
                .map(cell ->
                        cell.with(
                                IntStream.range(0, plan.leaves().size())
                                        .mapToObj(leaf ->
                                                isReached(leaf, cell, firstDays.get(cell.keys()))
                                                        ? cell.leaves().get(leaf)
                                                        : new LeafResult(null, Absence.NOT_YET))
                                        .toList()))
                .toList();
    }

    private boolean isReached(int leaf, Cell cell, @Nullable LocalDate firstDay) {
        // Of rows that lack a rate it is not known which the leaf takes; they are read there.
        return isTakenTogether(scanOf(leaf))
                || cell.leaves().get(leaf).absence() == Absence.NO_RATE
                || (firstDay != null && rules.isReached(firstDay, plan, leaf, cell.index()));
    }

    private Scan scanOf(int leaf) {
        return plan.scans().get(plan.leaves().get(leaf).scan());
    }

    /** What is counted beside the cells, in the whole range. */
    List<Long> tallies() {
        var tallies = plan.tallies();
        return tallies.counts().leaves().stream()
                .map(leaf -> {
                    var scan = tallies.counts().scans().get(leaf.scan());
                    var rows =
                            reading.chosen(
                                    scan, reading.rows(scan, plan.time(), WHOLE), _ -> List.of());
                    var count =
                            aggregates.overSomething(
                                    leaf.aggregation(), reading.certain(leaf, scan, rows));
                    return count == null ? 0L : ((BigDecimal) count).longValueExact();
                })
                .toList();
    }

    private List<Cell> cells(
            RowKind kind, List<Groups> level, List<List<GroupValue>> all, boolean dense) {
        var cells = new ArrayList<Cell>();
        for (Groups groups : level) {
            for (List<GroupValue> keys : all) {
                if (dense || groups.rows().containsKey(keys)) {
                    var rows = rows(kind, groups, keys);
                    cells.add(
                            new Cell(
                                    kind,
                                    groups.index(),
                                    plan.time(),
                                    keys,
                                    leaves(rows, groups, keys, kind),
                                    NO_GROUPS));
                }
            }
        }
        return cells;
    }

    /** In a total all groups are one, with the rows of leaves that drop keys. */
    private List<List<Row>> rows(RowKind kind, Groups groups, List<GroupValue> keys) {
        var own = groups.rows().getOrDefault(keys, nothing());
        var rows = new ArrayList<List<Row>>();
        for (int i = 0; i < plan.leaves().size(); i++) {
            var leaf = plan.leaves().get(i);
            var scan = plan.scans().get(leaf.scan());
            rows.add(
                    scan.relation().areUnits()
                            ? reading.taken(
                                    leaf,
                                    plan.cells(),
                                    plan.time(),
                                    groups.index(),
                                    ofGroup(keys, groups.grouped(), rules.isDecidedByKeys(kind)))
                            : kind.hasGroups() && isTakenTogether(scan)
                                    ? groups.together()
                                            .getOrDefault(rules.together(keys, scan), nothing())
                                            .get(i)
                                    : own.get(i));
        }
        return rows;
    }

    private Reading.Of ofGroup(List<GroupValue> keys, boolean grouped, boolean byKeys) {
        return new Reading.Of(
                (scan, row) -> keys(scan, row, grouped).equals(keys), null, null, byKeys);
    }

    private static boolean isTakenTogether(Scan scan) {
        return !scan.dropped().isEmpty();
    }

    private List<List<Row>> nothing() {
        return plan.leaves().stream().map(_ -> List.<Row>of()).toList();
    }

    private Groups groups(int index, boolean grouped) {
        var byScan =
                plan.scans().stream().map(scan -> reading.rows(scan, plan.time(), index)).toList();
        var groups = new LinkedHashMap<List<GroupValue>, List<List<Row>>>();
        var together = new LinkedHashMap<List<GroupValue>, List<List<Row>>>();
        var unknown = new HashMap<OfLeaf, Set<Unknown>>();
        var known = new HashSet<OfLeaf>();
        for (int i = 0; i < plan.leaves().size(); i++) {
            var leaf = plan.leaves().get(i);
            var scan = plan.scans().get(leaf.scan());
            boolean isTogether = grouped && isTakenTogether(scan);
            for (var read : read(leaf, byScan.get(leaf.scan()), index, grouped)) {
                var chosen =
                        reading.chosen(
                                scan, read.rows(), row -> kept(scan, row, grouped, isTogether));
                var rows = read.outside().isPresent() ? chosen : reading.taken(leaf, chosen);
                if (leaf.inUnits() && read.outside().isEmpty()) {
                    for (Row row : chosen) {
                        known.add(new OfLeaf(i, kept(scan, row, grouped, isTogether)));
                    }
                }
                for (Row row : rows) {
                    var kept = kept(scan, row, grouped, isTogether);
                    var ofGroup =
                            (isTogether ? together : groups)
                                    .computeIfAbsent(kept, _ -> emptyLists());
                    if (read.outside().isPresent()) {
                        unknown.computeIfAbsent(new OfLeaf(i, kept), _ -> new HashSet<>())
                                .add(read.outside().get());
                    } else {
                        ofGroup.get(i).add(row);
                    }
                }
            }
        }
        for (var scan : plan.scans()) {
            if (scan.relation() instanceof Relation.Ticks ticks) {
                seen(ticks, index, grouped)
                        .forEach(keys -> groups.computeIfAbsent(keys, _ -> emptyLists()));
            }
        }
        return new Groups(index, grouped, groups, together, unknown, known);
    }

    private List<GroupValue> kept(Scan scan, Row row, boolean grouped, boolean isTogether) {
        var keys = keys(scan, row, grouped);
        return isTogether ? rules.together(keys, scan) : keys;
    }

    /**
     * Rows of a leaf in a bucket, or in one of its units of time.
     *
     * @param outside why nothing is known of the unit
     */
    private record Read(List<Row> rows, Optional<Unknown> outside) {}

    /** A row that is in several units has an age in each. */
    private List<Read> read(Leaf leaf, List<Row> ofBucket, int bucket, boolean grouped) {
        var scan = plan.scans().get(leaf.scan());
        var in = scan.inUnits();
        if (in == null || !grouped) {
            return List.of(new Read(ofBucket, Optional.empty()));
        }
        return in.units().of(bucket).stream()
                .map(unit ->
                        new Read(
                                reading.rows(scan.ofUnit(in), in.units().time(), unit),
                                unknown(leaf, in, unit)))
                .toList();
    }

    private Optional<Unknown> unknown(Leaf leaf, Scan.InUnits in, int unit) {
        return rules.isNotYet(in.units().time().stretch(0, unit), false, plan)
                ? Optional.of(new Unknown(Absence.NOT_YET, true))
                : knowledge
                        .outsideOfUnit(leaf, scansOfUnits(), in.units(), unit)
                        .map(why -> new Unknown(why, false));
    }

    private List<Scan> scansOfUnits() {
        return plan.scans().stream()
                .map(scan -> scan.inUnits() == null ? scan : scan.ofUnit(scan.inUnits()))
                .toList();
    }

    /** The groups for which anything is read in some unit of a bucket. */
    private Set<List<GroupValue>> seen(Relation.Ticks ticks, int bucket, boolean grouped) {
        var seen = new LinkedHashSet<List<GroupValue>>();
        for (int unit : ticks.units().of(bucket)) {
            for (var leaf : ticks.own().leaves()) {
                var scan = ticks.own().scans().get(leaf.scan());
                if (scan.relation() instanceof Relation.Ticks inner) {
                    seen.addAll(seen(inner, unit, grouped));
                } else {
                    var rows =
                            reading.chosen(
                                    scan,
                                    reading.rows(scan, ticks.units().time(), unit),
                                    row -> keys(scan, row, grouped));
                    reading.taken(leaf, rows).forEach(row -> seen.add(keys(scan, row, grouped)));
                }
            }
        }
        return seen;
    }

    private List<List<Row>> emptyLists() {
        var lists = new ArrayList<List<Row>>();
        plan.leaves().forEach(_ -> lists.add(new ArrayList<>()));
        return lists;
    }

    private List<GroupValue> keys(Scan scan, Row row, boolean grouped) {
        var keys = new ArrayList<GroupValue>();
        for (int i = 0; i < plan.keys().size(); i++) {
            boolean ofNoAccount =
                    row.key(EntityRef.ACCOUNT) == null
                            && rules.isOfAccount(plan.keys().get(i), scan.keys().get(i));
            keys.add(grouped ? key(scan.keys().get(i), row, ofNoAccount) : GroupValue.TOTAL);
        }
        return shown == null || !grouped || isTakenTogether(scan) || shown.contains(keys)
                ? keys
                : keys.stream().map(_ -> GroupValue.OTHER).toList();
    }

    private GroupValue key(Expr expr, Row row, boolean ofNoAccount) {
        var value = reading.lacksRate(expr, row) ? null : evaluation.value(expr, row);
        return rules.group(
                value instanceof BigDecimal number ? Values.plain(number) : value, ofNoAccount);
    }

    private List<LeafResult> leaves(
            List<List<Row>> rows, Groups groups, List<GroupValue> keys, RowKind kind) {
        var results = new ArrayList<LeafResult>();
        for (int i = 0; i < plan.leaves().size(); i++) {
            var leaf = plan.leaves().get(i);
            boolean isAhead =
                    kind.hasGroups() && !isTakenTogether(scanOf(i)) && isOfUnitsAhead(groups, keys);
            boolean isUnread = aggregates.overSomething(leaf.aggregation(), rows.get(i)) == null;
            results.add(
                    leaf.inUnits() && kind.hasGroups()
                            ? inUnits(
                                    leaf,
                                    rows.get(i),
                                    groups.index(),
                                    unknown(i, groups, keys),
                                    lackingOfKeys(i, groups, keys, kind))
                            : isUnread && isAhead
                                    ? new LeafResult(null, Absence.NOT_YET)
                                    : leaf(
                                            leaf,
                                            rows.get(i),
                                            groups.index(),
                                            kind,
                                            lackingOfKeys(i, groups, keys, kind)));
        }
        return IntStream.range(0, results.size())
                .mapToObj(i -> apart(plan.leaves().get(i), results.get(i), results))
                .toList();
    }

    /** Without a value where the windows of its rows are before the data, or none of them is over. */
    private LeafResult apart(Leaf leaf, LeafResult result, List<LeafResult> all) {
        var apart = leaf.apart();
        if (apart == null || result.absence() == Absence.BEFORE_DATA) {
            return result;
        }
        if (count(all.get(apart.beforeData())).signum() > 0) {
            return new LeafResult(null, Absence.BEFORE_DATA);
        }
        return rules.isNotYet(atLeast(all.get(apart.settled())), atLeast(all.get(apart.pending())))
                ? new LeafResult(null, Absence.NOT_YET)
                : result;
    }

    /** Those of which it is not known whether they are of the group may be. */
    private static BigDecimal atLeast(LeafResult counted) {
        return counted.absence() == Absence.NO_RATE ? BigDecimal.ONE : count(counted);
    }

    static BigDecimal count(LeafResult counted) {
        return counted.value() == null ? BigDecimal.ZERO : (BigDecimal) counted.value();
    }

    /** Whether a group's rows are in units of time that have not begun, and in no others. */
    private boolean isOfUnitsAhead(Groups groups, List<GroupValue> keys) {
        var all = new HashSet<Unknown>();
        var read = groups.rows().getOrDefault(keys, nothing());
        for (int i = 0; i < plan.leaves().size(); i++) {
            var leaf = plan.leaves().get(i);
            if (leaf.inUnits() && !isTakenTogether(scanOf(i))) {
                if (groups.known().contains(ofLeaf(i, keys))
                        || aggregates.overSomething(leaf.aggregation(), read.get(i)) != null) {
                    return false;
                }
                all.addAll(unknown(i, groups, keys));
            }
        }
        return !all.isEmpty() && all.stream().allMatch(Unknown::ahead);
    }

    /** Nothing, where a unit is known: what is not known of the others is none of its rows. */
    private Set<Unknown> unknown(int leaf, Groups groups, List<GroupValue> keys) {
        var ofLeaf = ofLeaf(leaf, keys);
        return groups.known().contains(ofLeaf) && rules.isKnownWhereSomeUnitIs()
                ? Set.of()
                : groups.unknown().getOrDefault(ofLeaf, Set.of());
    }

    private OfLeaf ofLeaf(int leaf, List<GroupValue> keys) {
        var scan = scanOf(leaf);
        return new OfLeaf(leaf, isTakenTogether(scan) ? rules.together(keys, scan) : keys);
    }

    /** Of what is known of the units of a group. */
    private LeafResult inUnits(
            Leaf leaf, List<Row> rows, int bucket, Set<Unknown> unknown, Set<MissingRate> ofKeys) {
        var scan = plan.scans().get(leaf.scan());
        boolean isNotOver =
                plan.time().stretch(scan.reach(), bucket).mustBeOver()
                        && knowledge
                                .outside(
                                        scan,
                                        Reads.of(leaf, plan.scans(), true),
                                        plan.time(),
                                        bucket)
                                .equals(Optional.of(Absence.NOT_YET));
        if (isNotOver) {
            return new LeafResult(null, Absence.NOT_YET);
        }
        var missing = new TreeSet<>(reading.lacking(leaf, scan, rows));
        missing.addAll(ofKeys);
        if (!missing.isEmpty()) {
            return LeafResult.lacking(missing);
        }
        var value = aggregates.overSomething(leaf.aggregation(), rows);
        if (value != null) {
            return LeafResult.of(value, Absence.NO_DATA);
        }
        if (!unknown.isEmpty()) {
            return new LeafResult(
                    null,
                    Knowledge.first(unknown.stream().map(Unknown::why).toList()).orElseThrow());
        }
        return rules.isNotYet(plan.time().stretch(0, bucket), false, plan)
                ? new LeafResult(null, Absence.NOT_YET)
                : LeafResult.of(aggregates.overNothing(leaf), Absence.NO_DATA);
    }

    /** The rates that rows lack which may be of this group or of another, as their keys are not known for want of them. */
    private Set<MissingRate> lackingOfKeys(
            int index, Groups groups, List<GroupValue> keys, RowKind kind) {
        var leaf = plan.leaves().get(index);
        var scan = scanOf(index);
        if (!kind.hasGroups() || scan.converted().isEmpty()) {
            return Set.of();
        }
        var missing = new TreeSet<MissingRate>();
        var read = isTakenTogether(scan) ? groups.together() : groups.rows();
        var wanted = rules.alike(rules.together(keys, scan), scan);
        read.forEach((of, rows) -> {
            if (rules.alike(rules.together(of, scan), scan).equals(wanted)) {
                missing.addAll(reading.lacking(leaf, scan, rows.get(index)));
                missing.addAll(reading.lackingOfKeys(scan, rows.get(index)));
            }
        });
        return missing;
    }

    private LeafResult leaf(
            Leaf leaf, List<Row> rows, int bucket, RowKind kind, Set<MissingRate> ofKeys) {
        boolean grouped = rules.isDecidedByKeys(kind);
        var scan = plan.scans().get(leaf.scan());
        var time = plan.time();
        var outside =
                knowledge
                        .outside(scan, Reads.of(leaf, plan.scans(), grouped), time, bucket)
                        .or(() -> knowledge.outsideWithoutUnits(leaf, scan, grouped, bucket));
        boolean ofMembers = Knowledge.isOfMembersOrUnits(scan);
        var ofEachRow = knowledge.outside(scan, Reads.ofEachRow(leaf, scan, grouped), time, bucket);
        var stretch = plan.time().stretch(scan.reach(), bucket);
        boolean takesPrecedence =
                stretch.mustBeOver()
                        || rules.isNotYet(stretch, false, plan)
                        || ((ofMembers || ofEachRow.isPresent()) && rules.looksAtCoverageInside())
                        || (isOfValidity(scan) && rules.knowsValidityInCoverageOnly());
        if (takesPrecedence && outside.isPresent()) {
            return new LeafResult(null, outside.get());
        }
        var missing = new TreeSet<>(reading.lacking(leaf, scan, rows));
        missing.addAll(ofKeys);
        if (!missing.isEmpty()) {
            return LeafResult.lacking(missing);
        }
        var value = aggregates.overSomething(leaf.aggregation(), rows);
        if (value != null) {
            return LeafResult.of(value, Absence.NO_DATA);
        }
        return outside.map(absence -> new LeafResult(null, absence))
                .orElseGet(() -> LeafResult.of(aggregates.overNothing(leaf), Absence.NO_DATA));
    }

    private static boolean isOfValidity(Scan scan) {
        return scan.relation() instanceof Relation.Facts facts
                && !(facts.placing() instanceof Placing.At);
    }
}
