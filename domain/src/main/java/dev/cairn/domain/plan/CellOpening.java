package dev.cairn.domain.plan;

import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.plan.AnalysisPlan.GroupKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One cell of a plan, opened: the leaves of the cell over its rows and its time alone, grouped by other keys. What comes of it is made of the same rows as the
 * cell, and its grand total is the cell.
 */
public final class CellOpening {
    private final AnalysisPlan plan;
    private final RowKind kind;
    private final int bucket;
    private final List<GroupValue> group;
    private final List<List<GroupValue>> greatest;
    private final Function<Scan, List<Expr>> keys;
    private final IdentityHashMap<Expr, Expr> common = new IdentityHashMap<>();

    /** Index of each leaf that is read, and of each of its scans, by that in the plan. */
    private final Map<Integer, Integer> leaves;

    private final Map<Integer, Integer> scans;

    /** The block of the plan, where the bucket of the cell is the only one. */
    private final Block cells;

    private CellOpening(
            AnalysisPlan plan,
            RowKind kind,
            int bucket,
            List<GroupValue> group,
            List<List<GroupValue>> greatest,
            Function<Scan, List<Expr>> keys,
            Set<Integer> read) {
        this.plan = plan;
        this.kind = kind;
        this.bucket = bucket;
        this.group = group;
        this.greatest = greatest;
        this.keys = keys;
        this.cells = plan.cells().ofAlone(bucket);
        this.leaves = numbered(read);
        this.scans =
                numbered(
                        read.stream()
                                .map(leaf -> plan.leaves().get(leaf).scan())
                                .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static Map<Integer, Integer> numbered(Set<Integer> indexes) {
        var numbers = new HashMap<Integer, Integer>();
        indexes.forEach(index -> numbers.put(index, numbers.size()));
        return numbers;
    }

    /** A value of the cell, over leaves of the plan. */
    public record Value(String column, Expr of) {}

    /**
     * What a cell is opened into.
     *
     * @param shown the keys
     * @param ofScan the same as the rows of a scan have them; as many for each
     * @param values one at least
     */
    public record Into(
            List<GroupKey> shown, Function<Scan, List<Expr>> ofScan, List<Value> values) {
        public Into {
            shown = List.copyOf(shown);
            values = List.copyOf(values);
        }
    }

    /**
     * The plan with one leaf more, its last: how many rows the leaves of some values take. Empty where they read several scans, or where more than the row
     * decides which they take.
     */
    public static Optional<AnalysisPlan> counting(AnalysisPlan plan, List<Value> values) {
        var read = read(plan, values).stream().map(plan.leaves()::get).toList();
        boolean isSimple =
                read.stream().map(Leaf::scan).distinct().count() == 1
                        && read.stream().allMatch(CellOpening::isOfRowsAlone);
        if (!isSimple) {
            return Optional.empty();
        }
        var first = read.getFirst();
        var where = read.stream().map(Leaf::where).distinct().reduce(Expr.Or::new).orElseThrow();
        var leaves = new ArrayList<>(plan.leaves());
        leaves.add(
                new Leaf(
                        first.scan(),
                        where,
                        new Aggregation.Count(),
                        true,
                        Type.COUNT,
                        first.reads(),
                        first.readsOfTotal(),
                        false,
                        false,
                        null));
        return Optional.of(
                new AnalysisPlan(
                        plan.time(),
                        plan.keys(),
                        new Block(plan.scans(), leaves),
                        plan.outputs(),
                        plan.kinds(),
                        plan.having(),
                        plan.fillGaps(),
                        plan.page(),
                        plan.tallies(),
                        plan.top(),
                        plan.mapped()));
    }

    private static boolean isOfRowsAlone(Leaf leaf) {
        return leaf.apart() == null
                && !leaf.mayLackRate()
                && Exprs.leavesIn(leaf.where()).isEmpty()
                && Exprs.leavesIn(leaf.aggregation().value()).isEmpty();
    }

    /**
     * @param kind of the row that the cell is in
     * @param bucket index of its bucket; negative: the whole range
     * @param group of the row, one for each key of the plan
     * @param greatest the groups that the plan shows alone, where the row is of all others
     */
    public static AnalysisPlan of(
            AnalysisPlan plan,
            RowKind kind,
            int bucket,
            List<GroupValue> group,
            List<List<GroupValue>> greatest,
            Into into,
            Page page) {
        var read = read(plan, into.values());
        return new CellOpening(
                        plan,
                        kind,
                        bucket,
                        List.copyOf(group),
                        List.copyOf(greatest),
                        into.ofScan(),
                        read)
                .opened(into, page);
    }

    /** The leaves that are read, with those that count their rows apart. */
    private static Set<Integer> read(AnalysisPlan plan, List<Value> values) {
        var read = new TreeSet<Integer>();
        for (var value : values) {
            for (int index : Exprs.leavesIn(value.of())) {
                read.add(index);
                var apart = plan.leaves().get(index).apart();
                if (apart != null) {
                    read.addAll(apart.indexes());
                }
            }
        }
        return read;
    }

    private AnalysisPlan opened(Into into, Page page) {
        var block = block();
        return new AnalysisPlan(
                        plan.time().ofAlone(bucket),
                        into.shown(),
                        block,
                        into.values().stream().map(value -> output(value, block)).toList(),
                        Set.of(RowKind.CELL, RowKind.GRAND_TOTAL),
                        Expr.TRUE,
                        true,
                        page,
                        Tallies.NONE)
                .withMapped(plan.mapped());
    }

    private Output output(Value value, Block block) {
        var over = renumbered(value.of());
        return new Output(
                value.column(), over, null, null, null, BlockRules.readsOf(over, block.leaves()));
    }

    private Block block() {
        return new Block(
                IntStream.range(0, cells.scans().size())
                        .filter(scans::containsKey)
                        .mapToObj(index -> opened(cells.scans().get(index)))
                        .toList(),
                IntStream.range(0, cells.leaves().size())
                        .filter(leaves::containsKey)
                        .mapToObj(index -> opened(cells.leaves().get(index)))
                        .toList());
    }

    private Leaf opened(Leaf leaf) {
        return new Leaf(
                number(scans, leaf.scan()),
                leaf.where(),
                leaf.aggregation(),
                leaf.zeroOverNothing(),
                leaf.type(),
                kind.hasGroups() ? leaf.reads() : leaf.readsOfTotal(),
                leaf.mayLackRate(),
                false,
                opened(leaf.apart()));
    }

    private Block openedInUnits(Block own) {
        return new Block(
                own.scans().stream().map(this::opened).toList(),
                kind.hasGroups()
                        ? own.leaves()
                        : own.leaves().stream()
                                .map(leaf -> leaf.reading(leaf.readsOfTotal()))
                                .toList());
    }

    private Leaf.@Nullable Apart opened(Leaf.@Nullable Apart apart) {
        return apart == null
                ? null
                : new Leaf.Apart(
                        number(leaves, apart.settled()),
                        number(leaves, apart.pending()),
                        number(leaves, apart.beforeData()),
                        number(leaves, apart.beginsBeforeData()),
                        apart.completed() == null ? null : number(leaves, apart.completed()));
    }

    private static int number(Map<Integer, Integer> numbers, int index) {
        var number = numbers.get(index);
        if (number == null) {
            throw new IllegalStateException("not read: " + index);
        }
        return number;
    }

    /** What is the same for all groups is the same for all that the cell is opened into. */
    private Scan opened(Scan scan) {
        if (scan.relation() instanceof Relation.Ticks(var units, var own)) {
            return scan.with(
                    new Relation.Ticks(units, openedInUnits(own)), scan.reach(), scan.where());
        }
        var other = keys.apply(scan);
        return new Scan(
                scan.relation(),
                scan.reach(),
                Expr.and(scan.where(), ofCell(scan)),
                other,
                scan.dropped().isEmpty()
                        ? Set.of()
                        : IntStream.range(0, other.size())
                                .boxed()
                                .collect(Collectors.toUnmodifiableSet()),
                scan.window());
    }

    /** Which rows of a scan are of the cell. */
    private Expr ofCell(Scan scan) {
        if (!kind.hasGroups()) {
            return Expr.TRUE;
        }
        return group.contains(GroupValue.OTHER) ? ofOthers(scan) : ofGroup(scan, group);
    }

    private Expr ofGroup(Scan scan, List<GroupValue> wanted) {
        return IntStream.range(0, wanted.size())
                .filter(at -> !scan.dropped().contains(at))
                .mapToObj(at -> isOf(scan.keys().get(at), plan.keys().get(at), wanted.get(at)))
                .reduce(Expr.TRUE, Expr::and);
    }

    /** What takes groups together takes those that are shown too. */
    private Expr ofOthers(Scan scan) {
        if (!scan.dropped().isEmpty()) {
            return Expr.TRUE;
        }
        boolean isOneKey = plan.keys().size() == 1;
        var values =
                greatest.stream()
                        .filter(shown ->
                                isOneKey && shown.getFirst().kind() == GroupValue.Kind.VALUE)
                        .toList();
        var shown = new ArrayList<Expr>();
        if (!values.isEmpty()) {
            shown.add(isOneOf(scan.keys().getFirst(), plan.keys().getFirst(), values));
        }
        greatest.stream()
                .filter(one -> !values.contains(one))
                .map(one -> ofGroup(scan, one))
                .forEach(shown::add);
        return shown.isEmpty() ? Expr.TRUE : Exprs.not(any(shown));
    }

    /** As one list, which is looked up. */
    private static Expr isOneOf(Expr read, GroupKey key, List<List<GroupValue>> values) {
        var literals =
                values.stream()
                        .map(one -> new Expr.Literal(one.getFirst().value(), key.type()))
                        .toList();
        return new Expr.Is(new Expr.In(read, literals), Expr.TRUE);
    }

    /** By halves: an expression is as deep as it has levels. */
    private static Expr any(List<Expr> conditions) {
        int half = conditions.size() / 2;
        return conditions.size() == 1
                ? conditions.getFirst()
                : new Expr.Or(
                        any(conditions.subList(0, half)),
                        any(conditions.subList(half, conditions.size())));
    }

    private static Expr isOf(Expr read, GroupKey key, GroupValue wanted) {
        var isNone = new Expr.Is(read, Expr.NONE);
        var known = Exprs.isKnown(EntityRef.ACCOUNT);
        boolean isOfAccount = key.ofAccount() && Exprs.isOfAccount(read);
        return switch (wanted.kind()) {
            case VALUE -> new Expr.Is(read, new Expr.Literal(wanted.value(), key.type()));
            case NONE -> isOfAccount ? new Expr.And(known, isNone) : isNone;
            case NO_ACCOUNT -> isOfAccount ? new Expr.And(Exprs.not(known), isNone) : Expr.FALSE;
            case TOTAL, OTHER -> throw new IllegalArgumentException("no group of rows: " + wanted);
        };
    }

    /** Over the leaves that are read. A common value is visited once. */
    private Expr renumbered(Expr expr) {
        if (expr instanceof Expr.LeafValue value) {
            return renumbered(value);
        }
        if (expr instanceof Expr.Share(var matching, var rows)) {
            return new Expr.Share(renumbered(matching), renumbered(rows));
        }
        if (!(expr instanceof Expr.Common shared)) {
            return Exprs.withOperands(expr, this::renumbered);
        }
        var known = common.get(shared);
        if (known == null) {
            known = new Expr.Common(renumbered(shared.value()));
            common.put(shared, known);
        }
        return known;
    }

    private Expr.LeafValue renumbered(Expr.LeafValue value) {
        return new Expr.LeafValue(number(leaves, value.leaf()), value.type());
    }

    /**
     * Whether the values of a cell's parts add up to its own, where each row is of one part.
     *
     * @param apart whose keys, counted without repetition, are each of one part
     */
    public static boolean addsUp(AnalysisPlan plan, Expr value, Set<EntityRef> apart) {
        return addsUp(plan, value, apart, new IdentityHashMap<>());
    }

    /** @param known of common values, each looked at once */
    private static boolean addsUp(
            AnalysisPlan plan, Expr value, Set<EntityRef> apart, Map<Expr.Common, Boolean> known) {
        return switch (value) {
            case Expr.LeafValue(int index, _) -> {
                var leaf = plan.leaves().get(index);
                var scan = plan.scans().get(leaf.scan());
                yield scan.dropped().isEmpty()
                        && !scan.relation().areUnits()
                        && addsUp(leaf.aggregation(), apart);
            }
            case Expr.Common shared -> {
                var found = known.get(shared);
                if (found == null) {
                    found = addsUp(plan, shared.value(), apart, known);
                    known.put(shared, found);
                }
                yield found;
            }
            case Expr.Negate(var operand) -> addsUp(plan, operand, apart, known);
            case Expr.Arithmetic(var operator, var left, var right, _) -> {
                boolean byLeft = Exprs.isConstant(left);
                boolean byRight = Exprs.isConstant(right);
                yield switch (operator) {
                    case ADD, SUBTRACT ->
                            addsUp(plan, left, apart, known) && addsUp(plan, right, apart, known);
                    case MULTIPLY ->
                            (byLeft && addsUp(plan, right, apart, known))
                                    || (byRight && addsUp(plan, left, apart, known));
                    case DIVIDE -> byRight && addsUp(plan, left, apart, known);
                };
            }
            case Expr.Literal _,
                    Expr.Field _,
                    Expr.Linked _,
                    Expr.Attribute _,
                    Expr.Key _,
                    Expr.Start _,
                    Expr.InPeriods _,
                    Expr.TimeEdge _,
                    Expr.Compare _,
                    Expr.Is _,
                    Expr.And _,
                    Expr.Or _,
                    Expr.Not _,
                    Expr.In _,
                    Expr.Convert _,
                    Expr.Case _,
                    Expr.Call _,
                    Expr.Share _,
                    Expr.Rank _ ->
                    false;
        };
    }

    private static boolean addsUp(Aggregation aggregation, Set<EntityRef> apart) {
        return switch (aggregation) {
            case Aggregation.Count _, Aggregation.Sum _ -> true;
            case Aggregation.Distinct(var value, _) ->
                    value instanceof Expr.Key(var entity) && apart.contains(entity);
            case Aggregation.Average _,
                    Aggregation.Minimum _,
                    Aggregation.Maximum _,
                    Aggregation.Percentile _,
                    Aggregation.StandardDeviation _,
                    Aggregation.Weighted _,
                    Aggregation.ClusteredError _,
                    Aggregation.Survival _,
                    Aggregation.LifeTable _,
                    Aggregation.IntervalEnd _,
                    Aggregation.First _,
                    Aggregation.Last _,
                    Aggregation.Exists _,
                    Aggregation.OfWindow _ ->
                    false;
        };
    }
}
