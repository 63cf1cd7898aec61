package dev.cairn.testkit.reference;

import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.MissingRate;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.plan.Aggregation;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Attempts;
import dev.cairn.domain.plan.Block;
import dev.cairn.domain.plan.Changes;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Scan;
import dev.cairn.domain.plan.Stretch;
import dev.cairn.domain.plan.Timeline;
import dev.cairn.domain.plan.Touches;
import dev.cairn.domain.time.Bucket;
import dev.cairn.testkit.data.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads the relations of one plan, row by row. */
final class Reading {
    private final World world;

    /** What facts are read of. */
    private final World known;

    private final AnalysisPlan plan;
    private final Rules rules;
    private final Evaluation evaluation;
    private final Aggregates aggregates;
    private final Knowledge knowledge;
    private final Population population;
    private final Parents parents;
    private final Lacking lacking;
    private final Windows windows;
    private final Sequences sequences;
    private final Touchings touchings;
    private final Movements movements;
    private final Splits splits;
    private final Map<String, List<Fact>> facts = new HashMap<>();

    Reading(
            World world,
            AnalysisPlan plan,
            Rules rules,
            Evaluation evaluation,
            Aggregates aggregates,
            Knowledge knowledge) {
        this.world = world;
        this.plan = plan;
        this.rules = rules;
        this.evaluation = evaluation;
        this.aggregates = aggregates;
        this.knowledge = knowledge;
        this.known = rules.known(world, plan);
        this.parents = new Parents(known, rules, plan);
        this.lacking = new Lacking(evaluation);
        this.population =
                new Population(
                        world,
                        rules,
                        plan.time().asOfDate(),
                        source -> rules.facts(world, source),
                        new Rates(known, rules, source -> rules.facts(known, source)),
                        parents);
        this.windows = new Windows(plan, rules, evaluation, knowledge);
        this.sequences = new Sequences(plan, rules, evaluation, knowledge);
        this.touchings = new Touchings(plan, rules, evaluation);
        this.movements = new Movements(plan, rules, evaluation);
        this.splits = new Splits(rules, evaluation);
    }

    private List<Fact> facts(String source) {
        return facts.computeIfAbsent(source, name -> rules.facts(known, name));
    }

    /** The rows that there are in each cell, of those that are read: of attempts one of each unit. */
    List<Row> chosen(Scan scan, List<Row> rows, Function<Row, Object> cell) {
        return sequences.chosen(scan, rows, cell);
    }

    private List<Row> chosen(Scan scan, List<Row> rows) {
        return chosen(scan, rows, _ -> List.of());
    }

    /**
     * The rows of a scan in a bucket, of all groups, and all attempts of each unit. Units of time have no rows but those of a group or a member.
     *
     * @param bucket its index; negative: the whole range
     */
    List<Row> rows(Scan scan, Timeline time, int bucket) {
        var stretch = time.stretch(scan.reach(), bucket);
        var all =
                switch (scan.relation()) {
                    case Relation.Facts facts ->
                            facts(facts, stretch, time, bucket, scan.window() == null);
                    case Relation.Members members -> members(members, stretch, time, bucket);
                    case Relation.Ticks _ -> List.<Row>of();
                };
        return all.stream()
                .map(row -> row.of(time, bucket))
                .filter(row -> mayKeep(scan.where(), row))
                .toList();
    }

    /** Those that it takes, and those of which it is not known for want of a rate. */
    List<Row> taken(Leaf leaf, List<Row> rows) {
        return rows.stream().filter(row -> mayKeep(leaf.where(), row)).toList();
    }

    private boolean mayKeep(Expr condition, Row row) {
        return rules.mayBeTakenWithoutRate()
                ? lacking.mayKeep(condition, row)
                : evaluation.keeps(condition, row);
    }

    /** The rates that are missed for a leaf in the rows that it takes or may take. */
    Set<MissingRate> lacking(Leaf leaf, Scan scan, List<Row> rows) {
        if (!leaf.mayLackRate()) {
            return Set.of();
        }
        var missing = new TreeSet<MissingRate>();
        for (var row : rows) {
            missing.addAll(lacking.of(scan.where(), row));
            missing.addAll(lacking.of(leaf.where(), row));
            boolean isTaken =
                    evaluation.keeps(scan.where(), row) && evaluation.keeps(leaf.where(), row);
            if (isTaken) {
                missing.addAll(lacking.of(leaf.aggregation().value(), row));
                leaf.aggregation().besides().forEach(expr -> missing.addAll(lacking.of(expr, row)));
            }
        }
        return rules.lacking(missing);
    }

    /** Whether an expression has no value for want of a rate, whatever would stand in for it. */
    boolean lacksRate(Expr expr, Row row) {
        return !lacking.of(expr, row).isEmpty();
    }

    /** The rates for want of which the groups of rows are not known. */
    Set<MissingRate> lackingOfKeys(Scan scan, List<Row> rows) {
        var missing = new TreeSet<MissingRate>();
        for (var row : rows) {
            scan.converted().forEach(key -> missing.addAll(lacking.of(scan.keys().get(key), row)));
        }
        return rules.lacking(missing);
    }

    /** What is counted beside the cells is counted where it is certain. */
    List<Row> certain(Leaf leaf, Scan scan, List<Row> rows) {
        return taken(leaf, rows).stream()
                .filter(row ->
                        evaluation.keeps(scan.where(), row)
                                && evaluation.keeps(leaf.where(), row)
                                && isCertain(scan.where(), row)
                                && isCertain(leaf.where(), row))
                .toList();
    }

    private boolean isCertain(Expr condition, Row row) {
        return rules.isCertain(lacking.of(condition, row));
    }

    /**
     * Of whom rows are taken.
     *
     * @param account of a member, null of a group; so is the user
     * @param grouped whether they are of a group, which what keys read decides too
     */
    record Of(
            BiPredicate<Scan, Row> takes,
            @Nullable String account,
            @Nullable String user,
            boolean grouped) {
        static Of member(@Nullable String account, @Nullable String user) {
            return new Of((scan, row) -> isOf(row, scan, account, user), account, user, true);
        }
    }

    /** The rows that a leaf takes in a bucket. */
    List<Row> taken(Leaf leaf, Block block, Timeline time, int bucket, Of of) {
        return taken(leaf, block, time, bucket, of, _ -> true);
    }

    private List<Row> taken(
            Leaf leaf, Block block, Timeline time, int bucket, Of of, Predicate<Bucket> unitsIn) {
        var scan = block.scans().get(leaf.scan());
        var rows =
                scan.relation() instanceof Relation.Ticks ticks
                        ? units(leaf, scan, ticks, bucket, of, unitsIn)
                        : chosen(
                                scan,
                                rows(scan, time, bucket).stream()
                                        .filter(row -> of.takes().test(scan, row))
                                        .toList());
        return taken(leaf, rows);
    }

    private List<Row> units(
            Leaf leaf,
            Scan scan,
            Relation.Ticks ticks,
            int bucket,
            Of of,
            Predicate<Bucket> unitsIn) {
        var time = ticks.units().time();
        var own = ticks.own();
        var rows = new ArrayList<Row>();
        for (int unit : ticks.units().of(bucket)) {
            if (unitsIn.test(time.bucket(unit))
                    && !knowledge.isOutside(leaf, scan, ticks, unit, of.grouped())) {
                int index = unit;
                var read =
                        own.leaves().stream().map(one -> taken(one, own, time, index, of)).toList();
                if (!rules.takesUnitsWithoutFacts() && read.stream().allMatch(List::isEmpty)) {
                    continue;
                }
                var leaves =
                        IntStream.range(0, read.size())
                                .mapToObj(one -> ofOne(own.leaves().get(one), own, read.get(one)))
                                .toList();
                var stretch = time.stretch(0, unit);
                var row = new Row(stretch, null, of.account(), of.user(), population, leaves);
                rows.add(row.of(time, unit));
            }
        }
        return rows;
    }

    /** @param placed false: all that are known, whose place is for the row to say that they are read for */
    private List<Row> facts(
            Relation.Facts relation, Stretch stretch, Timeline time, int bucket, boolean placed) {
        int ofAccounts = rules.bucketOfAccounts(bucket);
        var inner = rows(relation.own(), time, ofAccounts);
        return without(relation, stretch, placed).stream()
                .filter(row -> isTaken(relation.own(), inner, row))
                .map(row -> {
                    var of = Of.member(row.account(), row.user());
                    return row.with(own(relation.own(), inner, time, ofAccounts, of, row));
                })
                .toList();
    }

    /** Facts, or what is made of them, without what is read for each. */
    private List<Row> without(Relation.Facts relation, Stretch stretch, boolean placed) {
        if (relation.derived() instanceof Changes changes) {
            return changed(changes, relation, stretch);
        }
        var source = world.source(relation.source());
        var rows = new ArrayList<Row>();
        for (Fact fact : facts(relation.source())) {
            var content = new Row.Content(source, fact, parents);
            if (placed ? isPlaced(relation, content, stretch) : isKnown(relation, content)) {
                rows.add(
                        new Row(
                                stretch,
                                content,
                                fact.account(),
                                fact.user(),
                                population,
                                List.of()));
            }
        }
        return switch (relation.derived()) {
            case null -> rows;
            case Changes _ -> throw new IllegalStateException("no fact is a change");
            case Attempts attempts ->
                    sequences.begun(attempts, rows, name -> plainRows(name, stretch));
            case Touches touches -> touchings.of(touches, rows, name -> plainRows(name, stretch));
        };
    }

    private boolean isTaken(Block own, List<List<Row>> inner, Row row) {
        return rules.takesRowsThatNothingPointsAt()
                || own.scans().stream().noneMatch(scan -> scan.toRow().isPresent())
                || belonging(own, inner, row.account(), row.user(), row).stream()
                        .anyMatch(read -> !read.isEmpty());
    }

    private List<Row> changed(Changes changes, Relation.Facts relation, Stretch stretch) {
        var within = within(relation, stretch);
        return movements.of(changes, plainRows(relation.source(), stretch)).stream()
                .filter(change ->
                        within.filter(asked -> Rules.isWithin(change.at(), asked)).isPresent())
                .map(change ->
                        new Row(
                                stretch,
                                null,
                                change.unit().account(),
                                change.unit().user(),
                                population,
                                List.of(),
                                change))
                .toList();
    }

    private List<Row> plainRows(String name, Stretch stretch) {
        var source = world.source(name);
        return facts(name).stream()
                .map(fact ->
                        new Row(
                                stretch,
                                new Row.Content(source, fact, parents),
                                fact.account(),
                                fact.user(),
                                population,
                                List.of()))
                .toList();
    }

    private boolean isKnown(Relation.Facts relation, Row.Content content) {
        var time = content.value(relation.placing().time().name());
        return time != null && rules.isKnown(time, plan);
    }

    private boolean isPlaced(Relation.Facts relation, Row.Content content, Stretch stretch) {
        if (relation.placing() instanceof Placing.ValidDuring(_, var always) && always) {
            return true;
        }
        var time = content.value(relation.placing().time().name());
        if (time != null && !rules.isKnown(time, plan)) {
            return false;
        }
        boolean byDate = relation.placing().time().type().kind() == Type.Kind.DATE;
        return switch (relation.placing()) {
            case Placing.At _ ->
                    within(relation, stretch)
                            .filter(within -> rules.isWithin(time, content.fact(), within))
                            .isPresent();
            case Placing.ValidAt(var validity, var edge) ->
                    rules.isValidAt(
                            time,
                            content.value(validity.until().name()),
                            rules.edge(edge, stretch, byDate, plan));
            case Placing.ValidDuring(var validity, _) ->
                    within(relation, stretch)
                            .filter(within ->
                                    rules.isValidDuring(
                                            time,
                                            content.value(validity.until().name()),
                                            within,
                                            byDate,
                                            plan))
                            .isPresent();
        };
    }

    private Optional<Stretch> within(Relation.Facts relation, Stretch stretch) {
        return rules.within(stretch, rules.coverage(world, relation.source(), plan));
    }

    private List<Row> members(
            Relation.Members members, Stretch stretch, Timeline time, int bucket) {
        if (members.pairs() != null) {
            var facts = facts(members.pairs().facts(), stretch, time, bucket, true);
            var inner = rows(members.own(), time, bucket);
            return splits.of(members.pairs(), members.entity().isUser(), facts).stream()
                    .map(row -> {
                        var of = Of.member(row.account(), row.user());
                        return row.with(own(members.own(), inner, time, bucket, of, row));
                    })
                    .toList();
        }
        var lives = new ArrayList<>(population.lives(members.entity()));
        lives.removeIf(life -> !rules.isMember(life.starts(), life.ends(), stretch, plan));
        if (members.entity().isAccount() && rules.hasMemberOfNoAccount()) {
            lives.add(new Population.Life(EntityRef.ACCOUNT, null, null, List.of(), List.of()));
        }
        var inner = rows(members.own(), time, bucket);
        var rows = new ArrayList<Row>();
        for (var life : lives) {
            var read = belonging(members.own(), inner, life.account(), life.user(), null);
            boolean without = !read.isEmpty() && read.stream().allMatch(List::isEmpty);
            if (!without || rules.takesMembersWithoutFacts()) {
                var of = Of.member(life.account(), life.user());
                var row =
                        new Row(stretch, null, life.account(), life.user(), population, List.of());
                rows.add(row.with(own(members.own(), inner, time, bucket, of, row)));
            }
        }
        return rows;
    }

    // ---- what is read for each row

    private List<List<Row>> rows(Block own, Timeline time, int bucket) {
        return own.scans().stream().map(scan -> rows(scan, time, bucket)).toList();
    }

    private List<LeafResult> own(
            Block own, List<List<Row>> rows, Timeline time, int bucket, Of of, Row row) {
        if (own.leaves().isEmpty()) {
            return List.of();
        }
        var read = belonging(own, rows, of.account(), of.user(), row);
        var ofBucket =
                own.leaves().stream()
                        .map(leaf ->
                                isAfterOthers(own.scans().get(leaf.scan()))
                                        ? new LeafResult(null, Absence.NO_DATA)
                                        : ofOne(
                                                leaf,
                                                own,
                                                own.scans().get(leaf.scan()).relation().areUnits()
                                                        ? taken(leaf, own, time, bucket, of)
                                                        : taken(leaf, read.get(leaf.scan()))))
                        .toList();
        var subject = row.with(ofBucket).of(time, bucket);
        var all = new ArrayList<>(ofBucket);
        for (int at = 0; at < all.size(); at++) {
            var leaf = own.leaves().get(at);
            var scan = own.scans().get(leaf.scan());
            if (scan.window() != null) {
                all.set(
                        at,
                        scan.relation().areUnits()
                                ? ofUnitsInWindow(leaf, own, time, bucket, of, subject)
                                : ofWindow(leaf, own, scan, read.get(leaf.scan()), subject));
            } else if (scan.isOfGroup()) {
                var group =
                        rows.get(leaf.scan()).stream()
                                .filter(one -> isOfGroup(one, scan, subject))
                                .toList();
                all.set(at, ofOne(leaf, own, taken(leaf, chosen(scan, group))));
            }
        }
        return all;
    }

    /** Whether what else is read for a row says which rows are read for it. */
    private static boolean isAfterOthers(Scan scan) {
        return scan.window() != null || scan.isOfGroup();
    }

    /** Whether a row is of the group of the row that it is read for. */
    private boolean isOfGroup(Row row, Scan scan, Row subject) {
        return IntStream.range(0, scan.keys().size())
                .allMatch(key ->
                        rules.isOfGroup(
                                evaluation.value(scan.keys().get(key), row),
                                evaluation.value(scan.group().get(key), subject)));
    }

    private LeafResult ofWindow(Leaf leaf, Block own, Scan scan, List<Row> rows, Row subject) {
        var window = windows.of(scan, subject);
        return leaf.aggregation() instanceof Aggregation.OfWindow(var standing)
                ? LeafResult.of(windows.is(standing, window), Absence.NO_DATA)
                : ofOne(leaf, own, taken(leaf, chosen(scan, windows.within(window, rows))));
    }

    private LeafResult ofUnitsInWindow(
            Leaf leaf, Block own, Timeline time, int bucket, Of of, Row subject) {
        var window = windows.of(own.scans().get(leaf.scan()), subject);
        return ofOne(
                leaf,
                own,
                taken(leaf, own, time, bucket, of, unit -> windows.hasUnit(window, unit)));
    }

    /**
     * For each scan the rows of an account or user, or those that point at a row.
     *
     * @param of null: of a member
     */
    private List<List<Row>> belonging(
            Block own,
            List<List<Row>> rows,
            @Nullable String account,
            @Nullable String user,
            @Nullable Row of) {
        return IntStream.range(0, own.scans().size())
                .mapToObj(
                        scan -> belonging(own.scans().get(scan), rows.get(scan), account, user, of))
                .toList();
    }

    private List<Row> belonging(
            Scan scan,
            List<Row> rows,
            @Nullable String account,
            @Nullable String user,
            @Nullable Row of) {
        var belonging =
                rows.stream()
                        .filter(row ->
                                scan.toRow().isPresent()
                                        ? pointsAt(Objects.requireNonNull(of), row, scan)
                                        : isOf(row, scan, account, user)
                                                && splits.isReadFor(of, row, scan))
                        .toList();
        return scan.window() == null ? chosen(scan, belonging) : belonging;
    }

    /** Whether a row says the key of another. */
    private boolean pointsAt(Row parent, Row child, Scan scan) {
        var hop = scan.toRow().orElseThrow();
        return (!hop.withinAccount() || rules.isWithinAccount(parent.account(), child.account()))
                && IntStream.range(0, hop.row().orElseThrow().key().size())
                        .allMatch(part ->
                                rules.isOfRow(
                                        parent.field(hop.row().orElseThrow().key().get(part)),
                                        child.field(hop.fields().get(part))));
    }

    private static boolean isOf(
            Row row, Scan scan, @Nullable String account, @Nullable String user) {
        if (scan.isOfAll() || scan.isOfGroup()) {
            return true;
        }
        boolean ofUser = scan.keys().contains(new Expr.Key(EntityRef.USER));
        return Objects.equals(row.account(), account)
                && (!ofUser || Objects.equals(row.user(), user));
    }

    /** Coverage is not looked at inside: over nothing a count of one member is 0. */
    private LeafResult ofOne(Leaf leaf, Block own, List<Row> rows) {
        var missing = lacking(leaf, own.scans().get(leaf.scan()), rows);
        if (!missing.isEmpty()) {
            return LeafResult.lacking(missing);
        }
        var value = aggregates.overSomething(leaf.aggregation(), rows);
        return LeafResult.of(value == null ? aggregates.overNothing(leaf) : value, Absence.NO_DATA);
    }
}
