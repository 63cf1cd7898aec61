package dev.cairn.domain.plan;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.expression.Type.Kind;
import dev.cairn.domain.model.EntityRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the scans and leaves of a block have in common.
 *
 * @param time in which scans at hand have their reach
 * @param members whose rows what is at hand is read for
 */
record BlockRules(
        BrokenRules broken, ExpressionRules expressions, Timeline time, Set<EntityRef> members) {
    void check(String place, Block block) {
        var scans = block.scans();
        var leaves = block.leaves();
        for (int at = 0; at < scans.size(); at++) {
            scan(place + "scan " + at, scans.get(at));
            int reach = scans.get(at).reach();
            broken.rule(
                    reach >= 0 && reach < time.reaches().size(),
                    "%sscan %d: there is a reach %d",
                    place,
                    at,
                    reach);
            if (scans.get(at).relation()
                            instanceof Relation.Facts(var source, var placing, _, var derived)
                    && !(derived instanceof Changes)) {
                placing(place + "scan " + at, source, placing, reach);
            }
            if (scans.get(at).relation() instanceof Relation.Facts facts) {
                derived(place + "scan " + at, facts);
            }
            if (scans.get(at).relation() instanceof Relation.Members(_, var pairs, _)
                    && pairs != null) {
                placing(place + "scan " + at, pairs.source(), pairs.placing(), reach);
                var facts = place + "scan " + at + ", facts of pairs";
                expressions.condition(facts, pairs.where());
                pairs.expressions().forEach(expr -> expressions.fact(facts, expr, pairs.source()));
            }
        }
        for (int at = 0; at < leaves.size(); at++) {
            var leaf = leaves.get(at);
            var where = place + "leaf " + at;
            leaf(where, leaf, scans.get(leaf.scan()), leaves);
            apart(where, at, block);
            broken.rule(
                    leaf.inUnits() == (scans.get(leaf.scan()).inUnits() != null),
                    "%s: it is in units of time where its scan is",
                    where);
        }
    }

    private void derived(String place, Relation.Facts facts) {
        switch (facts.derived()) {
            case null -> {}
            case Attempts attempts ->
                    new AttemptRules(broken, expressions).check(place, facts, attempts);
            case Touches touches ->
                    new TouchRules(broken, expressions)
                            .check(place, facts, touches, time.reaches().size());
            case Changes changes ->
                    new ChangeRules(broken, expressions)
                            .check(place, facts, changes, time.reaches().size());
        }
    }

    private void placing(String place, String source, Placing placing, int reach) {
        var times =
                switch (placing) {
                    case Placing.At(var time) -> List.of(time);
                    case Placing.ValidAt(var validity, _) ->
                            List.of(validity.from(), validity.until());
                    case Placing.ValidDuring(var validity, _) ->
                            List.of(validity.from(), validity.until());
                };
        broken.rule(
                times.stream().allMatch(time -> time.source().equals(source) && isTime(time))
                        && times.stream().map(time -> time.type().kind()).distinct().count() == 1,
                "%s: it is placed by dates or by instants of its facts",
                place);
        boolean readsStart =
                placing instanceof Placing.ValidAt(_, var edge) && edge == Placing.Edge.START;
        broken.rule(
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

    /** What is read for the rows of a relation. */
    private BlockRules beneath(Relation relation) {
        return switch (relation) {
            case Relation.Ticks(var units, _) ->
                    new BlockRules(broken, expressions, units.time(), members);
            case Relation.Members(var entity, _, _) ->
                    new BlockRules(broken, expressions, time, ExpressionRules.ofMember(entity));
            case Relation.Facts _ ->
                    new BlockRules(broken, expressions, time, Set.copyOf(EntityRef.BUILT_IN));
        };
    }

    private void scan(String place, Scan scan) {
        expressions.condition(place, scan.where());
        expressions.row(place, scan.where(), scan.relation(), members);
        scan.keys().forEach(key -> expressions.row(place, key, scan.relation(), members));
        if (scan.relation() instanceof Relation.Ticks(var units, _)) {
            units(place, units);
        } else {
            for (var inner : scan.relation().own().scans()) {
                broken.rule(
                        isOf(inner, scan.relation()),
                        "%s: it is read for a member of the row",
                        place);
                inner.group().forEach(key -> expressions.row(place, key, scan.relation(), members));
                window(place, inner, scan.relation());
            }
        }
        beneath(scan.relation()).check(place + ", ", scan.relation().own());
        if (scan.inUnits() != null) {
            inUnits(place + " in units", scan, scan.inUnits());
        }
    }

    private void inUnits(String place, Scan scan, Scan.InUnits in) {
        units(place, in.units());
        broken.rule(
                in.units().time().reaches().size() <= time.reaches().size(),
                "%s: a reach is the same in the bucket and in its units",
                place);
        new BlockRules(broken, expressions, in.units().time(), members)
                .scan(place, scan.ofUnit(in));
    }

    /** Of the row, by times of the kind that the facts are placed by. */
    private void window(String place, Scan inner, Relation of) {
        var window = inner.window();
        if (window == null) {
            return;
        }
        var kind =
                switch (inner.relation()) {
                    case Relation.Facts(_, var placing, _, _) -> placing.time().type().kind();
                    case Relation.Ticks _ -> Kind.TIMESTAMP;
                    case Relation.Members _ -> null;
                };
        broken.rule(
                isOf(window.start(), kind) && isOf(window.end(), kind),
                "%s: in the window of a row facts are read by times of the kind of theirs",
                place);
        broken.rule(
                window.cuts().isEmpty() || inner.relation().areUnits(),
                "%s: only units of time are tiles of a window",
                place);
        window.edges().forEach(edge -> expressions.row(place, edge, of, members));
    }

    private static boolean isOf(SubjectWindow.Edge edge, @Nullable Kind kind) {
        return edge.at().type().kind() == kind
                && edge.instant().type().kind() == Kind.TIMESTAMP
                && edge.day().type().kind() == Kind.DATE;
    }

    /** A leaf that reads windows of its rows counts those apart that are pending. */
    private void apart(String place, int at, Block block) {
        var leaf = block.leaves().get(at);
        var scan = block.scans().get(leaf.scan());
        boolean isCounted =
                block.leaves().stream()
                        .map(Leaf::apart)
                        .anyMatch(apart -> apart != null && apart.settled() == at);
        boolean readsWindows =
                exprs(leaf).stream().anyMatch(expr -> readsWindow(expr, scan))
                        || (!isCounted
                                && scan.kept().stream().anyMatch(key -> readsWindow(key, scan)));
        broken.rule(
                !readsWindows || leaf.apart() != null || isWhen(leaf),
                "%s: it counts apart what is pending",
                place);
        var apart = leaf.apart();
        boolean isCountedElsewhere =
                apart != null && block.leaves().get(apart.pending()).scan() != leaf.scan();
        broken.rule(
                !readsWindow(scan.where(), scan) || isCounted || isCountedElsewhere,
                "%s: its scan leaves out none that is pending",
                place);
        if (apart != null) {
            broken.rule(
                    counts(apart.settled(), leaf, block)
                            && block.leaves().get(apart.settled()).scan() == leaf.scan()
                            && apart.indexes().stream()
                                    .skip(1)
                                    .allMatch(index -> countsInAnyGroup(index, leaf, block)),
                    "%s: what it counts apart is of its rows",
                    place);
        }
    }

    private static boolean readsWindow(Expr expr, Scan scan) {
        var own = scan.relation().own();
        return Exprs.leavesIn(expr).stream()
                .filter(inner -> inner < own.leaves().size())
                .filter(inner -> !isCountedApart(inner, own))
                .map(inner -> own.leaves().get(inner))
                .anyMatch(inner ->
                        inner.apart() != null
                                || (own.scans().get(inner.scan()).window() != null
                                        && !(inner.aggregation() instanceof Aggregation.OfWindow)));
    }

    private static boolean isCountedApart(int index, Block block) {
        return block.leaves().stream()
                .map(Leaf::apart)
                .anyMatch(apart -> apart != null && apart.indexes().contains(index));
    }

    private static boolean counts(int index, Leaf leaf, Block block) {
        return index < block.leaves().size()
                && isOfCounts(block.leaves().get(index).aggregation())
                && isSameRelation(
                        block.scans().get(leaf.scan()),
                        block.scans().get(block.leaves().get(index).scan()));
    }

    /** A count, or of rows that are made of others the counts of those. */
    private static boolean isOfCounts(Aggregation aggregation) {
        return switch (aggregation) {
            case Aggregation.Count _,
                    Aggregation.Sum _,
                    Aggregation.Minimum _,
                    Aggregation.Maximum _ ->
                    true;
            case Aggregation.Distinct _,
                    Aggregation.Average _,
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

    /** Whoever is pending may be of any group of a key that reads the window. */
    private static boolean countsInAnyGroup(int index, Leaf leaf, Block block) {
        if (!counts(index, leaf, block)) {
            return false;
        }
        var scan = block.scans().get(block.leaves().get(index).scan());
        return scan.kept().stream().noneMatch(key -> readsWindow(key, scan));
    }

    private static boolean isSameRelation(Scan one, Scan other) {
        return one.reach() == other.reach()
                && switch (one.relation()) {
                    case Relation.Facts(var source, var placing, _, var attempts) ->
                            other.relation()
                                            instanceof
                                            Relation.Facts(var name, var where, _, var tried)
                                    && name.equals(source)
                                    && where.equals(placing)
                                    && Objects.equals(attempts, tried);
                    case Relation.Members(var entity, var pairs, _) ->
                            other.relation() instanceof Relation.Members(var of, var others, _)
                                    && of.equals(entity)
                                    && Objects.equals(pairs, others);
                    case Relation.Ticks(var units, _) ->
                            other.relation() instanceof Relation.Ticks(var others, _)
                                    && others.number() == units.number();
                };
    }

    private void units(String place, Units units) {
        broken.rule(
                units.ofBuckets().size() == time.buckets().size(),
                "%s: there are units for each bucket",
                place);
        broken.rule(
                units.pairs().stream()
                        .allMatch(pair -> pair.unit() < units.time().buckets().size()),
                "%s: there are the units of each bucket",
                place);
    }

    /**
     * Whether what is read for the rows of a relation is grouped by their account, for users by the user, to whom it belongs, or by the row that it points at,
     * or is of all together.
     */
    private static boolean isOf(Scan inner, Relation relation) {
        if (inner.isOfAll() || inner.isOfGroup()) {
            return inner.window() == null && !inner.relation().areUnits();
        }
        if (inner.keys().equals(List.of(new Expr.Key(EntityRef.ACCOUNT)))) {
            return true;
        }
        if (inner.toRow().isPresent()) {
            return pointsAt(inner, relation);
        }
        if (relation instanceof Relation.Members(var entity, var pairs, _) && pairs != null) {
            var values = inner.keys().subList(1, inner.keys().size());
            boolean areOfPair =
                    inner.keys().getFirst().equals(new Expr.Key(entity))
                            && values.stream()
                                    .map(Expr::type)
                                    .toList()
                                    .equals(pairs.values().stream().map(Expr::type).toList());
            if (areOfPair) {
                return inner.relation() instanceof Relation.Facts && inner.window() == null;
            }
        }
        boolean isUsers =
                switch (relation) {
                    case Relation.Facts _ -> true;
                    case Relation.Members(var entity, _, _) -> entity.isUser();
                    case Relation.Ticks _ -> false;
                };
        boolean ofUsers =
                switch (inner.relation()) {
                    case Relation.Facts _, Relation.Ticks _ -> true;
                    case Relation.Members(var entity, _, _) -> entity.isUser();
                };
        return isUsers && ofUsers && inner.keys().equals(List.of(new Expr.Key(EntityRef.USER)));
    }

    /** Whether its rows say the whole key of a row by a link. */
    private static boolean pointsAt(Scan inner, Relation relation) {
        return inner.relation() instanceof Relation.Facts
                && relation instanceof Relation.Facts(var parent, _, _, _)
                && inner.toRow()
                        .flatMap(hop ->
                                hop.row()
                                        .filter(row -> row.source().equals(parent))
                                        .map(row ->
                                                row.key().stream()
                                                        .map(part ->
                                                                new Expr.Linked(List.of(hop), part))
                                                        .toList()))
                        .filter(inner.keys()::equals)
                        .isPresent();
    }

    private void leaf(String place, Leaf leaf, Scan scan, List<Leaf> block) {
        expressions.condition(place, leaf.where());
        exprs(leaf).forEach(expr -> expressions.row(place, expr, scan.relation(), members));
        broken.rule(
                fits(leaf.aggregation(), leaf.type()),
                "%s: its type is that of its aggregation",
                place);
        broken.rule(
                leaf.mayLackRate() == readsRates(leaf, scan),
                "%s: it may lack a rate where it reads one",
                place);
        switch (scan.relation()) {
            case Relation.Facts(var source, var placing, Block(_, var inner), var derived) -> {
                var read =
                        new HashSet<>(
                                Set.of(
                                        new Read(
                                                source,
                                                placing,
                                                scan.reach(),
                                                scan.window() != null)));
                exprs(leaf, scan).forEach(expr -> read.addAll(readsOf(expr, inner)));
                if (derived != null) {
                    derived.reads(scan.reach()).forEach(read::add);
                }
                if (scan.window() != null) {
                    scan.window().edges().forEach(edge -> read.addAll(readsOf(edge, block)));
                }
                broken.rule(
                        leaf.reads().equals(read) || isWhen(leaf),
                        "%s: it reads what its scan reads",
                        place);
            }
            case Relation.Members(_, var pairs, Block(_, var inner)) -> {
                var read = new HashSet<Read>();
                exprs(leaf, scan).forEach(expr -> read.addAll(readsOf(expr, inner)));
                var readable = new HashSet<Read>();
                inner.forEach(one -> readable.addAll(one.reads()));
                if (pairs != null) {
                    read.add(pairs.read(scan.reach()));
                    readable.add(pairs.read(scan.reach()));
                }
                broken.rule(
                        (leaf.reads().containsAll(read) || isWhen(leaf))
                                && readable.containsAll(leaf.reads()),
                        "%s: it reads what it reads for each member",
                        place);
            }
            case Relation.Ticks(_, Block(_, var inner)) -> {
                var read = new HashSet<Read>();
                exprs(leaf, scan).forEach(expr -> read.addAll(readsOf(expr, inner)));
                broken.rule(
                        sources(leaf.reads()).containsAll(sources(read)) || isWhen(leaf),
                        "%s: it reads what it reads in each unit",
                        place);
            }
        }
    }

    /** Whether it says on which day anything is read first, whatever is known of what is read. */
    private static boolean isWhen(Leaf leaf) {
        return leaf.reads().isEmpty()
                && leaf.aggregation() instanceof Aggregation.Minimum(var day)
                && day.type().kind() == Kind.DATE;
    }

    private static boolean readsRates(Leaf leaf, Scan scan) {
        var inner = scan.relation().own().leaves();
        return Stream.of(exprs(leaf), List.of(scan.where()), scan.kept())
                .flatMap(List::stream)
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

    static Set<Read> readsOf(Expr expr, List<Leaf> leaves) {
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
            case Aggregation.Weighted(var of, var weight) ->
                    fits(of, type) && value.isNumber() && weight.type().isNumber();
            case Aggregation.ClusteredError(_, var weight, _) ->
                    type.kind() == Kind.DOUBLE && value.isNumber() && weight.type().isNumber();
            case Aggregation.Survival(_, var ended, _) ->
                    type.kind() == Kind.DOUBLE
                            && value.isNumber()
                            && ended.type().kind() == Kind.BOOLEAN;
            case Aggregation.LifeTable(_, var ended) ->
                    type.kind() == Kind.TEXT
                            && value.isNumber()
                            && ended.type().kind() == Kind.BOOLEAN;
            case Aggregation.IntervalEnd(Aggregation.Survival of, _) -> fits(of, type);
            case Aggregation.IntervalEnd _ -> value.isNumber() && isOrdered(value, type);
            case Aggregation.Percentile(_, _, boolean discrete) ->
                    discrete
                            ? isOrdered(value, type)
                            : type.kind() == Kind.DOUBLE && value.isNumber();
        };
    }

    private static boolean isOrdered(Type value, Type type) {
        return value.kind() != Kind.BOOLEAN && (value.isWild() || type.kind() == value.kind());
    }
}
