package dev.cairn.domain.planner;

import dev.cairn.domain.expression.Emptiness;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Expr.LeafValue;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.Function;
import dev.cairn.domain.lowering.Bound;
import dev.cairn.domain.lowering.Clock;
import dev.cairn.domain.lowering.Kept;
import dev.cairn.domain.lowering.LeafCopy;
import dev.cairn.domain.lowering.Leaves;
import dev.cairn.domain.lowering.RelationKey;
import dev.cairn.domain.lowering.ScanKey;
import dev.cairn.domain.lowering.Step;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.plan.Aggregation;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Output;
import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.plan.PlanWords;
import dev.cairn.domain.plan.Tallies;
import dev.cairn.domain.planner.TwoValued.Negation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Finds what the conditions of columns leave undecided: rows for which two-valued logic would have held where a condition is empty, and rows whose value
 * it would have computed from other arms. They are counted in scans of their own, which no group key and no formula of the question narrows, so that they
 * make no row of the answer; where nothing can be undecided there is no such scan.
 */
final class UndecidedConditions {
    private final Leaves tallies;
    private final List<Tallies.Undecided> undecided = new ArrayList<>();
    private final List<Tallies.Weightless> weightless = new ArrayList<>();

    /** What was found in a leaf, which several columns may read. */
    private final Map<Integer, List<Found>> byLeaf = new HashMap<>();

    /** Scans of facts that others are made of, which no column reads: the question asks something of those, and nothing of these. What marks test accounts there. */
    private final Map<ScanKey, List<Expr>> ofOthers = new HashMap<>();

    /** @param leaves of the question */
    UndecidedConditions(Leaves leaves) {
        this.tallies =
                leaves.beside((scan, own) ->
                        ofOthers.containsKey(scan) && !leaves.reads(scan)
                                ? new Bound(
                                        Expr.TRUE,
                                        Expr.TRUE,
                                        List.of(),
                                        ofOthers.getOrDefault(scan, List.of()))
                                : new Bound(
                                        leaves.bind(scan, own).given(),
                                        Expr.TRUE,
                                        List.of(),
                                        List.of()));
    }

    static Tallies of(List<Output> outputs, Leaves leaves) {
        var conditions = new UndecidedConditions(leaves);
        for (var output : outputs) {
            Exprs.leavesIn(output.value()).stream()
                    .sorted()
                    .flatMap(leaf ->
                            conditions
                                    .byLeaf
                                    .computeIfAbsent(
                                            leaf,
                                            at ->
                                                    conditions.in(
                                                            leaves, () -> conditions.tallies, at))
                                    .stream())
                    .distinct()
                    .forEach(found -> conditions.add(output.column(), found));
        }
        return new Tallies(
                conditions.tallies.block(Clock.ANY), conditions.undecided, conditions.weightless);
    }

    private void add(String column, Found found) {
        if (found.isWeightless()) {
            weightless.add(
                    new Tallies.Weightless(
                            column, found.count().leaf(), found.row(), found.rows()));
            return;
        }
        undecided.add(
                new Tallies.Undecided(
                        column,
                        found.count().leaf(),
                        found.row(),
                        found.rows(),
                        found.negations().stream()
                                .flatMap(negation -> negation.names().stream())
                                .distinct()
                                .toList(),
                        found.negations().stream().map(Negation::rewrite).distinct().toList()));
    }

    /**
     * Rows that are undecided, and a count of them.
     *
     * @param negations that leave them so; empty for rows without a weight
     */
    private record Found(LeafValue count, String row, String rows, List<Negation> negations) {
        boolean isWeightless() {
            return negations.isEmpty();
        }

        Found at(LeafValue other) {
            return new Found(other, row, rows, negations);
        }
    }

    /** What is undecided in a leaf, and in what it reads for each row; {@code to} is the place of {@code from} among the tallies, where it is needed. */
    private List<Found> in(Leaves from, Supplier<Leaves> to, int index) {
        var leaf = from.leaf(index);
        var scan = from.key(leaf.scan());
        if (scan.relation() instanceof RelationKey.OfTicks(var step)) {
            return inUnits(step, scan, leaf, from.inner(scan), to);
        }
        if (scan.isOfSubjects()) {
            return List.of();
        }
        var where = Expr.and(from.bound(scan).written(), leaf.where());
        var value = leaf.aggregation().value();
        var found = new ArrayList<Found>();
        if (!readsUnits(scan, leaf, from)) {
            ofRows(scan, scan, where, value, from, to).ifPresent(found::add);
            withoutWeight(scan, scan, where, from, to).ifPresent(found::add);
        }
        found.addAll(ofEachRow(scan, where, value, from, to));
        for (var others : RowsOfOthers.of(scan)) {
            ofOthers.put(to.get().grouped(others.scan()), from.bound(scan).testMarks());
            var asked = from.askedBehind(scan, others.scan(), others.input());
            var rows = Expr.and(asked, others.where());
            var twoValued =
                    new TwoValued(
                            others.scan().relation().emptiness(), UndecidedConditions::unread);
            ofRows(others.scan(), rows, Expr.TRUE, twoValued, twoValued, expr -> expr, to)
                    .ifPresent(found::add);
        }
        return found;
    }

    /**
     * What is undecided in any unit of time: rows are looked for in all of the window that the units are of, and so each once. What is read in a unit for
     * each of its rows, or asks for its edges, would be another thing there.
     */
    private List<Found> inUnits(
            Step step, ScanKey ticks, Leaf leaf, Leaves units, Supplier<Leaves> to) {
        var found = new ArrayList<Found>();
        for (int index : read(leaf.where(), leaf.aggregation().value())) {
            var inner = units.leaf(index);
            var scan = units.key(inner.scan());
            var where = Expr.and(units.bound(scan).written(), inner.where());
            var value = inner.aggregation().value();
            boolean isOfUnit =
                    scan.relation() instanceof RelationKey.OfTicks
                            || Stream.of(where, value).anyMatch(UndecidedConditions::isOfUnit);
            if (!isOfUnit) {
                var all =
                        new ScanKey(
                                during(scan.relation()),
                                ticks.time().through(step, scan.time()),
                                scan.of(),
                                Kept.ALL,
                                scan.attributes(),
                                scan.row(),
                                scan.from());
                ofRows(scan, all, where, value, units, to).ifPresent(found::add);
                withoutWeight(scan, all, where, units, to).ifPresent(found::add);
            }
        }
        return found;
    }

    private static boolean isOfUnit(Expr expr) {
        return Exprs.any(expr, part -> part instanceof LeafValue || part instanceof Expr.TimeEdge);
    }

    /** Valid at an edge of some unit is valid at some time of them. */
    private static RelationKey during(RelationKey relation) {
        return relation
                        instanceof
                        RelationKey.OfFacts(var source, Placing.ValidAt(var validity, _), _)
                ? new RelationKey.OfFacts(source, new Placing.ValidDuring(validity))
                : relation;
    }

    private static List<Integer> read(Expr where, Expr value) {
        return Stream.of(where, value)
                .flatMap(expr -> Exprs.leavesIn(expr).stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** Whether an expression of a row reads units of time, which are not counted in. */
    private static boolean readsUnits(ScanKey scan, Leaf leaf, Leaves from) {
        return scan.relation() instanceof RelationKey.OfTicks
                || Stream.of(leaf.where(), leaf.aggregation().value(), from.bound(scan).where())
                        .anyMatch(expr -> readsUnits(expr, from.inner(scan)));
    }

    private static boolean readsUnits(Expr expr, Leaves inner) {
        return Exprs.leavesIn(expr).stream()
                .map(inner::leaf)
                .anyMatch(leaf -> readsUnits(inner.key(leaf.scan()), leaf, inner));
    }

    /** What is undecided in the leaves that are read for each member, for the account of each fact, or of what points at it. */
    private List<Found> ofEachRow(
            ScanKey scan, Expr where, Expr value, Leaves from, Supplier<Leaves> to) {
        var found = new ArrayList<Found>();
        var inner = from.inner(scan);
        var deciding = Exprs.leavesIn(where);
        for (int index : read(where, value)) {
            var kept = deciding.contains(index) ? ofRowItself(where) : where;
            if (readsUnits(kept, inner) || readsUnits(from.bound(scan).given(), inner)) {
                continue;
            }
            var read = inner.key(inner.leaf(index).scan());
            var of = read.of();
            if (of == null && read.row().isEmpty()) {
                // A total: its rows are read once for all.
                found.addAll(in(inner, to, index));
                continue;
            }
            // What is read for a member, or points at a row, is so for one of them alone.
            boolean isOfOne =
                    scan.relation() instanceof RelationKey.OfMembers(var entity, var pairing)
                            && entity.equals(of)
                            && (pairing == null || !read.row().isEmpty());
            for (var one : in(inner, () -> to.get().inner(to.get().grouped(scan)), index)) {
                var rows = copied(kept, scan, from, to.get());
                found.add(
                        of == null || isOfOne
                                ? one.at(count(scan, rows, new Aggregation.Sum(one.count()), to))
                                : ofMembers(of, one, scan, rows, to));
            }
        }
        return found;
    }

    /** Rows of an account, or user, stand in as many rows as it has here, so accounts are counted, each once. */
    private static Found ofMembers(
            EntityRef entity, Found one, ScanKey scan, Expr rows, Supplier<Leaves> to) {
        var nought = new Expr.Literal(BigDecimal.ZERO, Type.COUNT);
        var some = new Expr.Compare(Formula.Comparator.GREATER, one.count(), nought);
        var members = Aggregation.Distinct.of(new Expr.Key(entity));
        var count = count(scan, Expr.and(rows, some), members, to);
        var word = entity.name();
        return one.rows().startsWith(word + "s")
                ? one.at(count)
                : new Found(
                        count,
                        "%s, in %s".formatted(word, one.rows()),
                        "%ss, in %s".formatted(word, one.rows()),
                        one.negations());
    }

    private static LeafValue count(ScanKey scan, Expr rows, Aggregation how, Supplier<Leaves> to) {
        return to.get().add(to.get().grouped(scan), rows, how, true, Type.COUNT);
    }

    /** Where what is read for a row decides about it, that much is decided already: of which rows all else would have been kept. */
    private static Expr ofRowItself(Expr where) {
        return Exprs.conjuncts(where).stream()
                .filter(part -> Exprs.leavesIn(part).isEmpty())
                .reduce(Expr.TRUE, Expr::and);
    }

    /**
     * Those that all else would keep and that have no weight above zero.
     *
     * @param counted the scan that they are counted in
     */
    private static Optional<Found> withoutWeight(
            ScanKey scan, ScanKey counted, Expr where, Leaves from, Supplier<Leaves> to) {
        var conditions = Exprs.conjuncts(where);
        var weights = conditions.stream().filter(UndecidedConditions::isOfWeight).toList();
        if (weights.isEmpty()) {
            return Optional.empty();
        }
        var others =
                conditions.stream()
                        .filter(condition -> !weights.contains(condition))
                        .reduce(Expr.TRUE, Expr::and);
        var lack =
                weights.stream()
                        .<Expr>map(weight -> new Expr.Not(Exprs.orFalse(weight)))
                        .reduce(Expr.Or::new)
                        .orElseThrow();
        var rows = Expr.and(others, lack);
        return Optional.of(
                new Found(
                        count(
                                counted,
                                counted.equals(scan) ? copied(rows, scan, from, to.get()) : rows,
                                new Aggregation.Count(),
                                to),
                        row(scan.relation(), "row"),
                        row(scan.relation(), "rows"),
                        List.of()));
    }

    private static boolean isOfWeight(Expr condition) {
        return condition instanceof Expr.Call(var function, _, _)
                && function == Function.HAS_WEIGHT;
    }

    /** @param counted the scan that they are counted in */
    private Optional<Found> ofRows(
            ScanKey scan,
            ScanKey counted,
            Expr where,
            Expr value,
            Leaves from,
            Supplier<Leaves> to) {
        PlanWords.Wording aggregates = read -> AggregateText.of(read, from.inner(scan));
        var twoValued = new TwoValued(emptiness(scan, from), aggregates);
        return ofRows(
                counted,
                where,
                value,
                twoValued,
                new TwoValued(twoValued.emptiness().given(where), aggregates),
                expr -> counted.equals(scan) ? copied(expr, scan, from, to.get()) : expr,
                to);
    }

    /** What rows are made of reads nothing beside them. */
    private static String unread(Expr read) {
        throw new IllegalArgumentException("read for each row: " + read);
    }

    /**
     * @param ofKept of values, of rows that the condition keeps
     * @param copied an expression as the scan that is counted reads it
     */
    private static Optional<Found> ofRows(
            ScanKey counted,
            Expr where,
            Expr value,
            TwoValued twoValued,
            TwoValued ofKept,
            UnaryOperator<Expr> copied,
            Supplier<Leaves> to) {
        var ofWhere = twoValued.negationsIn(where);
        var ofValue = ofKept.negationsInArms(value);
        var conditions = new ArrayList<Expr>();
        if (!ofWhere.isEmpty()) {
            conditions.add(
                    new Expr.And(twoValued.condition(where), new Expr.Not(Exprs.orFalse(where))));
        }
        if (!ofValue.isEmpty()) {
            var other = new Expr.Not(new Expr.Is(value, twoValued.value(value)));
            conditions.add(Expr.and(where, other));
        }
        return conditions.stream()
                .reduce(Expr.Or::new)
                .map(condition ->
                        new Found(
                                count(
                                        counted,
                                        copied.apply(condition),
                                        new Aggregation.Count(),
                                        to),
                                row(counted.relation(), "row"),
                                row(counted.relation(), "rows"),
                                Stream.concat(ofWhere.stream(), ofValue.stream())
                                        .distinct()
                                        .toList()));
    }

    private static Emptiness emptiness(ScanKey scan, Leaves from) {
        return new Emptiness(scan.relation().emptiness().known(), from.inner(scan)::mayBeEmpty);
    }

    private static String row(RelationKey relation, String word) {
        return switch (relation) {
            case RelationKey.OfFacts(var source, var _, _) -> word + " of " + source.name();
            case RelationKey.OfTicks(var step) -> word + " of " + step.text();
            case RelationKey.OfMembers(var entity, var pairing) -> {
                var one = pairing == null ? entity.name() : "pair of " + relation.word();
                yield word.equals("row") ? one : one.replaceFirst("^(pair|\\w+)", "$1s");
            }
        };
    }

    /** An expression over the same leaves, which are read among the tallies too. */
    private static Expr copied(Expr expr, ScanKey scan, Leaves from, Leaves to) {
        return new LeafCopy(from, to).ofRow(expr, scan);
    }
}
