package dev.cairn.domain.planner;

import dev.cairn.domain.expression.AsOf;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Expr.TimeEdge;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Block;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Output;
import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.plan.Reach;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Scan;
import dev.cairn.domain.plan.Stretch;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** As of when the columns of a plan read attributes that have a history. */
final class AttributeInstants {
    private final AnalysisPlan plan;

    AttributeInstants(AnalysisPlan plan) {
        this.plan = plan;
    }

    /** When rows read attributes where nothing says so. */
    private enum Rule {
        FACT,
        START,
        END
    }

    /** Something that reads an attribute, in the time that it is read in. */
    private record Reading(Expr.Attribute attribute, AsOf asOf, int reach) {
        /** What is read in units of time is in that of all of them. */
        Reading in(int outer) {
            return new Reading(attribute, asOf, outer);
        }
    }

    /** The words for it of all that a column reads, in order; none where nothing of it has a history. */
    Set<String> of(Output output) {
        return readings(output)
                .map(reading -> reading.asOf().word())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The columns whose groups are of different times under one key, each with its own; none where all are of one. */
    Map<String, Set<String>> mixed() {
        var ofColumns = new LinkedHashMap<String, Set<String>>();
        for (var output : plan.outputs()) {
            var words =
                    leaves(output)
                            .map(leaf -> plan.cells().scans().get(leaf.scan()))
                            .flatMap(scan ->
                                    scan.keys().stream()
                                            .flatMap(key -> readings(key, scan.reach())))
                            .map(reading -> reading.asOf().word())
                            .collect(Collectors.toCollection(TreeSet::new));
            if (!words.isEmpty()) {
                ofColumns.put(output.column(), words);
            }
        }
        return Set.copyOf(ofColumns.values()).size() > 1 ? ofColumns : Map.of();
    }

    /** What cannot be answered. */
    List<Problem> problems(ZoneId zone) {
        var problems = new ArrayList<Problem>();
        // What is compared is the same metric, and is told once.
        var metrics =
                plan.outputs().stream()
                        .filter(output -> !output.column().endsWith(Outputs.COMPARED))
                        .toList();
        for (int at = 0; at < metrics.size(); at++) {
            var output = metrics.get(at);
            var place = Place.of("metrics", Integer.toString(at));
            unsaid(output, place).ifPresent(problems::add);
            readings(output)
                    .filter(reading -> !isAtDay(reading, zone))
                    .map(reading -> noDay(reading, place))
                    .distinct()
                    .forEach(problems::add);
        }
        return problems;
    }

    /** All of a formula reads attributes as of one time: where its parts would read them at several, it says so. */
    private Optional<Problem> unsaid(Output output, Place place) {
        var rules = EnumSet.noneOf(Rule.class);
        leaves(output).forEach(leaf -> rules(plan.cells().scans().get(leaf.scan()), true, rules));
        return readings(output)
                .filter(reading -> rules.size() > 1 && !reading.asOf().isSaid())
                .map(Reading::attribute)
                .findFirst()
                .map(attribute -> {
                    var name = attribute.entity().word() + "." + attribute.name();
                    return Problem.of(
                                    ProblemCode.NOT_YET_AVAILABLE,
                                    place,
                                    "'%s' reads '%s', which has a history, in parts that would read it at different times; say as of when.",
                                    output.column(),
                                    name)
                            .offering(
                                    name + " as of start",
                                    name + " as of end",
                                    name + " as of now");
                });
    }

    private static void rules(Scan scan, boolean isOutermost, Set<Rule> rules) {
        switch (scan.relation()) {
            case Relation.Facts(_, var placing, var own) -> {
                switch (placing) {
                    case Placing.At _ -> {
                        if (isOutermost) {
                            rules.add(Rule.FACT);
                        }
                    }
                    case Placing.ValidAt(_, var edge) ->
                            rules.add(edge == Placing.Edge.START ? Rule.START : Rule.END);
                    case Placing.ValidDuring _ -> rules.add(Rule.END);
                }
                own.scans().forEach(inner -> rules(inner, false, rules));
            }
            case Relation.Ticks(_, var own) ->
                    own.scans().forEach(inner -> rules(inner, isOutermost, rules));
            case Relation.Members(_, var own) -> {
                rules.add(Rule.END);
                own.scans().forEach(inner -> rules(inner, false, rules));
            }
        }
    }

    /** Days are compared: an edge within one is before and after what holds from it on. */
    private boolean isAtDay(Reading reading, ZoneId zone) {
        return switch (reading.asOf()) {
            case AsOf.Edge(var edge, _) ->
                    stretches(plan.time().reaches().get(reading.reach()))
                            .allMatch(stretch -> isAtDay(edge, stretch, zone));
            case AsOf.Fact _, AsOf.Day _, AsOf.Now _ -> true;
        };
    }

    private Stream<Stretch> stretches(Reach reach) {
        return plan.time().axis()
                ? Stream.concat(reach.ofBuckets().stream(), Stream.of(reach.ofWhole()))
                : Stream.of(reach.ofWhole());
    }

    private boolean isAtDay(TimeEdge edge, Stretch stretch, ZoneId zone) {
        var of = edge.of() == TimeEdge.Of.BUCKET ? Stretch.of(stretch.of()) : stretch;
        var at = edge.end() ? of.end() : of.start();
        var day = edge.end() ? of.endDate() : of.startDate();
        return day != null
                && (!plan.time().asOf().isAfter(Objects.requireNonNull(at))
                        || day.atStartOfDay(zone).toInstant().equals(at));
    }

    private static Problem noDay(Reading reading, Place place) {
        return Problem.of(
                        ProblemCode.INCOMPATIBLE,
                        place,
                        "'%s.%s' has a history by days, and is read here at an edge of time that is no start of a day, or that is not known; say as of when.",
                        reading.attribute().entity().word(),
                        reading.attribute().name())
                .offering(
                        "%s.%s as of now"
                                .formatted(
                                        reading.attribute().entity().word(),
                                        reading.attribute().name()));
    }

    // ---- what is read

    private Stream<Leaf> leaves(Output output) {
        return Exprs.leavesIn(output.value()).stream()
                .sorted()
                .map(leaf -> plan.cells().leaves().get(leaf));
    }

    private Stream<Reading> readings(Output output) {
        return leaves(output).flatMap(leaf -> readings(leaf, plan.cells())).distinct();
    }

    private static Stream<Reading> readings(Leaf leaf, Block block) {
        var scan = block.scans().get(leaf.scan());
        var own = scan.relation().own();
        boolean ofUnits = scan.relation() instanceof Relation.Ticks;
        var exprs =
                Stream.of(
                                Stream.of(scan.where(), leaf.where(), leaf.aggregation().value()),
                                scan.keys().stream(),
                                leaf.aggregation().besides().stream())
                        .flatMap(all -> all)
                        .toList();
        return Stream.concat(
                exprs.stream().flatMap(expr -> readings(expr, scan.reach())),
                exprs.stream()
                        .flatMap(expr -> Exprs.leavesIn(expr).stream())
                        .distinct()
                        .flatMap(inner -> readings(own.leaves().get(inner), own))
                        .map(reading -> ofUnits ? reading.in(scan.reach()) : reading));
    }

    private static Stream<Reading> readings(Expr expr, int reach) {
        var found = new ArrayList<Reading>();
        Exprs.any(
                expr,
                part -> {
                    if (part instanceof Expr.Attribute attribute && attribute.asOf() != null) {
                        found.add(new Reading(attribute, attribute.asOf(), reach));
                    }
                    return false;
                });
        return found.stream();
    }
}
