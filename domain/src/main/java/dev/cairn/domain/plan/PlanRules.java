package dev.cairn.domain.plan;

import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.expression.Type.Kind;
import dev.cairn.domain.model.EntityKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The invariants of a finished plan that no one of its types can see. Every test that plans a question asks for them; a plan that breaks one is a bug of
 * the planner, never of the question.
 */
public final class PlanRules {
    private final AnalysisPlan plan;
    private final List<String> broken = new ArrayList<>();

    /** In which scans at hand have their reach. */
    private Timeline time;

    /** Whose members what is at hand is read for. */
    private Set<EntityKind> members = Set.of();

    private PlanRules(AnalysisPlan plan) {
        this.plan = plan;
        this.time = plan.time();
    }

    /** Each rule that the plan breaks, with the place; empty where it is sound. */
    public static List<String> broken(AnalysisPlan plan) {
        var rules = new PlanRules(plan);
        rules.time();
        rules.keys();
        rules.kinds();
        rules.block("", plan.cells());
        rules.numbersOfKeys("", plan.cells());
        rules.keyTypes();
        plan.outputs().forEach(rules::output);
        rules.cell("having", plan.having());
        rules.condition("having", plan.having());
        rules.order();
        rules.tallies();
        rules.top();
        return List.copyOf(rules.broken);
    }

    /** What is read in units of time is grouped, not the units. */
    private void numbersOfKeys(String place, Block block) {
        for (int at = 0; at < block.scans().size(); at++) {
            var scan = block.scans().get(at);
            boolean ofUnits = scan.relation() instanceof Relation.Ticks;
            int wanted = ofUnits ? 0 : plan.keys().size();
            rule(scan.keys().size() == wanted, "%sscan %d: it has %d keys", place, at, wanted);
            if (ofUnits) {
                numbersOfKeys("%sscan %d, ".formatted(place, at), scan.relation().own());
            }
        }
    }

    private void rule(boolean holds, String rule, Object... place) {
        if (!holds) {
            broken.add(rule.formatted(place));
        }
    }

    // ---- axes

    private void time() {
        var buckets = plan.time().buckets();
        if (buckets.isEmpty()) {
            broken.add("there is a bucket");
            return;
        }
        rule(plan.time().axis() || buckets.size() == 1, "without a time axis there is one bucket");
        for (int at = 1; at < buckets.size(); at++) {
            rule(
                    buckets.get(at - 1).end().equals(buckets.get(at).start()),
                    "bucket %d begins where the one before ends",
                    at);
        }
        rule(
                buckets.getFirst().start().equals(plan.time().whole().start())
                        && buckets.getLast().end().equals(plan.time().whole().end()),
                "the buckets are the whole range");
    }

    private void top() {
        var top = plan.top();
        if (top != null) {
            rule(!plan.keys().isEmpty(), "top: it is of groups");
            rule(
                    top.output() >= 0 && top.output() < plan.outputs().size(),
                    "top: there is an output %d",
                    top.output());
            rule(
                    plan.scans().stream()
                            .allMatch(scan ->
                                    !(scan.relation() instanceof Relation.Ticks)
                                            && (scan.dropped().isEmpty() || scan.kept().isEmpty())),
                    "top: a scan keeps all keys or none");
        }
    }

    private void keys() {
        for (int at = 1; at < plan.keys().size(); at++) {
            rule(
                    plan.keys().get(at - 1).shown() || !plan.keys().get(at).shown(),
                    "key %d: what is shown stands before what is not",
                    at);
        }
    }

    private void kinds() {
        boolean keyed = !plan.keys().isEmpty();
        rule(plan.kinds().contains(RowKind.CELL), "there are rows of cells");
        rule(
                keyed || !plan.kinds().contains(RowKind.TOTAL_OVER_GROUPS),
                "totals over groups are of keys");
        rule(
                plan.time().axis() || !plan.kinds().contains(RowKind.TOTAL_OVER_TIME),
                "totals over time are of a time axis");
        rule(
                keyed || plan.time().axis() || !plan.kinds().contains(RowKind.GRAND_TOTAL),
                "a grand total is of more than one cell");
    }

    private void keyTypes() {
        for (int key = 0; key < plan.keys().size(); key++) {
            rule(!plan.keys().get(key).type().isBroken(), "key %d: nothing is broken", key);
        }
        for (int at = 0; at < plan.scans().size(); at++) {
            var keys = plan.scans().get(at).keys();
            for (int key = 0; key < Math.min(keys.size(), plan.keys().size()); key++) {
                rule(
                        isSameKind(keys.get(key).type(), plan.keys().get(key).type()),
                        "scan %d: key %d has the type of the plan's key",
                        at,
                        key);
            }
        }
    }

    private static boolean isSameKind(Type one, Type other) {
        return one.kind() == other.kind()
                || one.kind() == Kind.NONE
                || other.kind() == Kind.NONE
                || (one.isNumber() && other.isNumber());
    }

    private void order() {
        var terms = plan.page().order().stream().map(Ordering::by).toList();
        rule(Set.copyOf(terms).size() == terms.size(), "the order has each term once");
        rule(
                !plan.time().axis() || terms.contains(new Ordering.By.Time()),
                "the order is complete: it has the time");
        for (int key = 0; key < plan.keys().size(); key++) {
            rule(
                    terms.contains(new Ordering.By.Key(key)),
                    "the order is complete: it has key %d",
                    key);
        }
        for (var term : terms) {
            switch (term) {
                case Ordering.By.Time _ -> {}
                case Ordering.By.Key(int key) ->
                        rule(key < plan.keys().size(), "order: there is a key %d", key);
                case Ordering.By.Value(int output) ->
                        rule(
                                output < plan.outputs().size(),
                                "order: there is an output %d",
                                output);
            }
        }
        var after = plan.page().after();
        rule(
                after == null || after.values().size() == terms.size(),
                "a page ends at a value for each term of the order");
    }

    // ---- what is read

    private void block(String place, Block block) {
        var scans = block.scans();
        var leaves = block.leaves();
        for (int at = 0; at < scans.size(); at++) {
            scan(place + "scan " + at, scans.get(at));
            int reach = scans.get(at).reach();
            rule(
                    reach >= 0 && reach < time.reaches().size(),
                    "%sscan %d: there is a reach %d",
                    place,
                    at,
                    reach);
            if (scans.get(at).relation() instanceof Relation.Facts(var source, var placing, _)) {
                placing(place + "scan " + at, source, placing, reach);
            }
        }
        for (int at = 0; at < leaves.size(); at++) {
            var leaf = leaves.get(at);
            var where = place + "leaf " + at;
            leaf(where, leaf, scans.get(leaf.scan()), leaves);
            apart(where, leaf, scans.get(leaf.scan()), leaves);
        }
    }

    private void placing(String place, String source, Placing placing, int reach) {
        var times =
                switch (placing) {
                    case Placing.At(var time) -> List.of(time);
                    case Placing.ValidAt(var validity, _) ->
                            List.of(validity.from(), validity.until());
                    case Placing.ValidDuring(var validity) ->
                            List.of(validity.from(), validity.until());
                };
        rule(
                times.stream().allMatch(time -> time.source().equals(source) && isTime(time))
                        && times.stream().map(time -> time.type().kind()).distinct().count() == 1,
                "%s: it is placed by dates or by instants of its facts",
                place);
        boolean readsStart =
                placing instanceof Placing.ValidAt(_, var edge) && edge == Placing.Edge.START;
        rule(
                !readsStart
                        || reach < 0
                        || reach >= time.reaches().size()
                        || !time.reaches().get(reach).ofWhole().isFromBeginning(),
                "%s: what is read from the beginning has no start to be valid at",
                place);
    }

    private static boolean isTime(Expr.Field field) {
        return field.type().kind() == Kind.DATE || field.type().kind() == Kind.TIMESTAMP;
    }

    private void scan(String place, Scan scan) {
        condition(place, scan.where());
        row(place, scan.where(), scan.relation());
        scan.keys().forEach(key -> row(place, key, scan.relation()));
        var outerTime = time;
        var outerMembers = members;
        if (scan.relation() instanceof Relation.Ticks(var units, _)) {
            units(place, units);
            time = units.time();
        } else {
            members =
                    scan.relation() instanceof Relation.Members(var entity, _)
                            ? ofMember(entity)
                            : Set.of(EntityKind.ACCOUNT);
            for (var inner : scan.relation().own().scans()) {
                rule(isOf(inner, scan.relation()), "%s: it is read for a member of the row", place);
                window(place, inner, scan.relation());
            }
        }
        block(place + ", ", scan.relation().own());
        time = outerTime;
        members = outerMembers;
    }

    /** Of the row, by times of the kind that the facts are placed by; other windows do not stand beneath. */
    private void window(String place, Scan inner, Relation of) {
        var window = inner.window();
        if (window == null) {
            return;
        }
        rule(
                inner.relation() instanceof Relation.Facts(_, Placing.At(var time), var own)
                        && own.equals(Block.EMPTY)
                        && window.start().type().kind() == time.type().kind()
                        && window.end().type().kind() == time.type().kind()
                        && window.over().type().kind() == Kind.TIMESTAMP,
                "%s: in the window of a row facts are read at their times",
                place);
        window.edges().forEach(edge -> row(place, edge, of));
    }

    /** A leaf that reads windows of its rows counts those apart that are pending. */
    private void apart(String place, Leaf leaf, Scan scan, List<Leaf> block) {
        var own = scan.relation().own();
        boolean readsWindows =
                exprs(leaf).stream()
                        .flatMap(expr -> Exprs.leavesIn(expr).stream())
                        .filter(inner -> inner < own.leaves().size())
                        .map(inner -> own.leaves().get(inner))
                        .anyMatch(inner ->
                                own.scans().get(inner.scan()).window() != null
                                        && !(inner.aggregation() instanceof Aggregation.OfWindow));
        rule(!readsWindows || leaf.apart() != null, "%s: it counts apart what is pending", place);
        if (leaf.apart() instanceof Leaf.Apart(int settled, int pending, int before, int begins)) {
            rule(
                    IntStream.of(settled, pending, before, begins)
                            .allMatch(index -> counts(index, leaf, block)),
                    "%s: what it counts apart is of its rows",
                    place);
        }
    }

    private static boolean counts(int index, Leaf leaf, List<Leaf> block) {
        return index < block.size()
                && block.get(index).scan() == leaf.scan()
                && block.get(index).aggregation() instanceof Aggregation.Count;
    }

    private void units(String place, Units units) {
        rule(
                units.ofBuckets().size() == time.buckets().size(),
                "%s: there are units for each bucket",
                place);
        rule(
                units.pairs().stream()
                        .allMatch(pair -> pair.unit() < units.time().buckets().size()),
                "%s: there are the units of each bucket",
                place);
    }

    private static Set<EntityKind> ofMember(EntityKind entity) {
        return entity == EntityKind.USER ? Set.of(EntityKind.values()) : Set.of(EntityKind.ACCOUNT);
    }

    /** Whether what is read for the rows of a relation is grouped by their account, or for users by the user, to whom it belongs. */
    private static boolean isOf(Scan inner, Relation relation) {
        if (inner.keys().equals(List.of(new Expr.Key(EntityKind.ACCOUNT)))) {
            return true;
        }
        boolean isUsers =
                relation instanceof Relation.Members(var entity, _) && entity == EntityKind.USER;
        boolean ofUsers =
                switch (inner.relation()) {
                    case Relation.Facts _, Relation.Ticks _ -> true;
                    case Relation.Members(var entity, _) -> entity == EntityKind.USER;
                };
        return isUsers && ofUsers && inner.keys().equals(List.of(new Expr.Key(EntityKind.USER)));
    }

    private void leaf(String place, Leaf leaf, Scan scan, List<Leaf> block) {
        condition(place, leaf.where());
        exprs(leaf).forEach(expr -> row(place, expr, scan.relation()));
        rule(
                fits(leaf.aggregation(), leaf.type()),
                "%s: its type is that of its aggregation",
                place);
        rule(
                leaf.mayLackRate() == readsRates(leaf, scan),
                "%s: it may lack a rate where it reads one",
                place);
        switch (scan.relation()) {
            case Relation.Facts(var source, var placing, Block(_, var inner)) -> {
                var read =
                        new HashSet<>(
                                Set.of(
                                        new Read(
                                                source,
                                                placing,
                                                scan.reach(),
                                                scan.window() != null)));
                exprs(leaf, scan).forEach(expr -> read.addAll(readsOf(expr, inner)));
                if (scan.window() != null) {
                    scan.window().edges().forEach(edge -> read.addAll(readsOf(edge, block)));
                }
                rule(leaf.reads().equals(read), "%s: it reads what its scan reads", place);
            }
            case Relation.Members(_, Block(_, var inner)) -> {
                var read = new HashSet<Read>();
                exprs(leaf, scan).forEach(expr -> read.addAll(readsOf(expr, inner)));
                var readable = new HashSet<Read>();
                inner.forEach(one -> readable.addAll(one.reads()));
                rule(
                        leaf.reads().containsAll(read) && readable.containsAll(leaf.reads()),
                        "%s: it reads what it reads for each member",
                        place);
            }
            case Relation.Ticks(_, Block(_, var inner)) -> {
                var read = new HashSet<Read>();
                exprs(leaf, scan).forEach(expr -> read.addAll(readsOf(expr, inner)));
                rule(
                        sources(leaf.reads()).containsAll(sources(read)),
                        "%s: it reads what it reads in each unit",
                        place);
            }
        }
    }

    private static boolean readsRates(Leaf leaf, Scan scan) {
        var inner = scan.relation().own().leaves();
        return Stream.concat(exprs(leaf).stream(), Stream.of(scan.where()))
                .anyMatch(expr ->
                        Exprs.readsRates(expr)
                                || Exprs.leavesIn(expr).stream()
                                        .filter(one -> one < inner.size())
                                        .anyMatch(one -> inner.get(one).mayLackRate()));
    }

    private static Set<String> sources(Set<Read> reads) {
        return reads.stream().map(Read::source).collect(Collectors.toUnmodifiableSet());
    }

    /** With what is asked of every row of the scan. */
    private static List<Expr> exprs(Leaf leaf, Scan scan) {
        var exprs = new ArrayList<>(exprs(leaf));
        exprs.add(scan.where());
        exprs.addAll(scan.kept());
        return exprs;
    }

    private static List<Expr> exprs(Leaf leaf) {
        var exprs = new ArrayList<>(List.of(leaf.where(), leaf.aggregation().value()));
        exprs.addAll(leaf.aggregation().besides());
        return exprs;
    }

    private static Set<Read> readsOf(Expr expr, List<Leaf> leaves) {
        var reads = new HashSet<Read>();
        Exprs.leavesIn(expr).stream()
                .filter(leaf -> leaf < leaves.size())
                .forEach(leaf -> reads.addAll(leaves.get(leaf).reads()));
        return reads;
    }

    private static boolean fits(Aggregation aggregation, Type type) {
        var value = aggregation.value().type();
        return switch (aggregation) {
            case Aggregation.Count _, Aggregation.Distinct _ -> type.kind() == Kind.INTEGER;
            case Aggregation.Exists _, Aggregation.OfWindow _ -> type.kind() == Kind.BOOLEAN;
            case Aggregation.Average _, Aggregation.StandardDeviation _ ->
                    type.kind() == Kind.DOUBLE && value.isNumber();
            case Aggregation.Sum _ ->
                    value.isNumber() && (value.isWild() || type.kind() == value.kind());
            case Aggregation.Minimum _, Aggregation.Maximum _ -> isOrdered(value, type);
            case Aggregation.First _, Aggregation.Last _ ->
                    value.isWild() || type.kind() == value.kind();
            case Aggregation.Percentile(_, _, boolean discrete) ->
                    discrete
                            ? isOrdered(value, type)
                            : type.kind() == Kind.DOUBLE && value.isNumber();
        };
    }

    private static boolean isOrdered(Type value, Type type) {
        return value.kind() != Kind.BOOLEAN && (value.isWild() || type.kind() == value.kind());
    }

    private void tallies() {
        var tallies = plan.tallies();
        block("tallies, ", tallies.counts());
        var columns = plan.outputs().stream().map(Output::column).toList();
        for (var undecided : tallies.undecided()) {
            rule(
                    columns.contains(undecided.column()),
                    "undecided: there is a column '%s'",
                    undecided.column());
            rule(
                    undecided.leaf() < tallies.counts().leaves().size(),
                    "undecided: there is a leaf %d",
                    undecided.leaf());
        }
    }

    // ---- outputs

    private void output(Output output) {
        var place = "output '" + output.column() + "'";
        cell(place, output.value());
        ratio(place, output.numerator());
        ratio(place, output.denominator());
        for (var part : output.parts()) {
            cell(place, part.contribution());
            rule(part.contribution().type().isNumber(), "%s: its parts are numbers", place);
            rule(
                    output.reads().containsAll(readsOf(part.contribution(), plan.leaves())),
                    "%s: its parts read what it reads",
                    place);
        }
        var sample = output.sampleSize();
        if (sample != null) {
            cell(place, sample);
            rule(
                    sample.leaf() >= plan.leaves().size()
                            || plan.leaves().get(sample.leaf()).aggregation()
                                    instanceof Aggregation.Count,
                    "%s: its sample is counted",
                    place);
        }
        rule(
                output.reads().equals(readsOf(output.value(), plan.leaves())),
                "%s: it reads what its leaves read",
                place);
    }

    private void ratio(String place, @Nullable Expr part) {
        if (part != null) {
            cell(place, part);
            rule(part.type().isNumber(), "%s: a division is of numbers", place);
        }
    }

    // ---- expressions

    private void condition(String place, Expr condition) {
        rule(condition.type().isBoolean(), "%s: a condition is true or false", place);
    }

    private void row(String place, Expr expr, Relation relation) {
        switch (relation) {
            case Relation.Facts(var source, _, Block(_, var leaves)) ->
                    parts(
                            place,
                            expr,
                            leaves,
                            field -> field.source().equals(source),
                            Set.of(EntityKind.values()));
            case Relation.Members(var entity, Block(_, var leaves)) ->
                    parts(place, expr, leaves, _ -> false, ofMember(entity));
            case Relation.Ticks(_, Block(_, var leaves)) ->
                    parts(place, expr, leaves, _ -> false, members);
        }
    }

    private void cell(String place, Expr expr) {
        parts(place, expr, plan.leaves(), _ -> false, Set.of());
    }

    /**
     * @param leaves whose values there are
     * @param fields which there are
     * @param entities whose keys and attributes there are
     */
    private void parts(
            String place,
            Expr expr,
            List<Leaf> leaves,
            Predicate<Expr.Field> fields,
            Set<EntityKind> entities) {
        Exprs.any(
                expr,
                part -> {
                    rule(!part.type().isBroken(), "%s: nothing is broken", place);
                    switch (part) {
                        case Expr.Field field ->
                                rule(
                                        fields.test(field),
                                        "%s: there is a field %s.%s",
                                        place,
                                        field.source(),
                                        field.name());
                        case Expr.Linked linked -> linked(place, linked);
                        case Expr.Attribute(var entity, var name, _, _) ->
                                rule(
                                        entities.contains(entity),
                                        "%s: there is an attribute %s.%s",
                                        place,
                                        entity.word(),
                                        name);
                        case Expr.Key(var entity) ->
                                rule(
                                        entities.contains(entity),
                                        "%s: there is a key of %s",
                                        place,
                                        entity.word());
                        case Expr.LeafValue(int leaf, var type) ->
                                rule(
                                        leaf < leaves.size()
                                                && leaves.get(leaf).type().equals(type),
                                        "%s: there is a leaf %d of its type",
                                        place,
                                        leaf);
                        case Expr.And(var left, var right) -> both(place, left, right);
                        case Expr.Or(var left, var right) -> both(place, left, right);
                        case Expr.Rank _ ->
                                rule(entities.isEmpty(), "%s: what is ranked is a cell", place);
                        case Expr.Not(var operand) -> condition(place, operand);
                        case Expr.Case(var arms, _, _) ->
                                arms.forEach(arm -> condition(place, arm.condition()));
                        case Expr.TimeEdge(var of, _, _) ->
                                rule(of != Expr.TimeEdge.Of.AS_OF, "%s: as-of is a literal", place);
                        case Expr.Literal _,
                                Expr.Arithmetic _,
                                Expr.Negate _,
                                Expr.Compare _,
                                Expr.Is _,
                                Expr.In _,
                                Expr.Call _,
                                Expr.Convert _,
                                Expr.Share _,
                                Expr.Common _ -> {}
                    }
                    return false;
                });
    }

    /** That the row at hand has the fields of the first hop is asked of these. */
    private void linked(String place, Expr.Linked linked) {
        var hops = linked.hops();
        for (int at = 0; at < hops.size(); at++) {
            var hop = hops.get(at);
            var next = at + 1 < hops.size() ? hops.get(at + 1).from() : List.of(linked.field());
            rule(
                    next.stream().allMatch(field -> field.source().equals(hop.source())),
                    "%s: what is read beyond the link %s is of a row of %s",
                    place,
                    hop.link(),
                    hop.source());
            rule(
                    hop.time().source().equals(hop.source()),
                    "%s: the time of the link %s is of a row of %s",
                    place,
                    hop.link(),
                    hop.source());
            for (int part = 0; part < hop.key().size(); part++) {
                rule(
                        hop.from()
                                .get(part)
                                .type()
                                .kind()
                                .equals(hop.key().get(part).type().kind()),
                        "%s: the link %s says a key of its types",
                        place,
                        hop.link());
            }
        }
    }

    private void both(String place, Expr left, Expr right) {
        condition(place, left);
        condition(place, right);
    }
}
