package dev.cairn.domain.planner;

import dev.cairn.domain.expression.AsOf;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Expr.TimeEdge;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Output;
import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Scan;
import dev.cairn.domain.plan.Stretch;
import dev.cairn.domain.plan.SubjectWindow;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.Bucket;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

    /**
     * When something reads attributes in the stretches of some buckets; at facts there are none.
     *
     * @param edge of a window of the member or row that it is read for; null: of the stretches
     */
    private record Moments(
            Rule rule,
            List<Bucket> buckets,
            List<Instant> instants,
            SubjectWindow.@Nullable Edge edge) {
        private static final Moments OF_FACTS = new Moments(Rule.FACT, List.of(), List.of(), null);

        /** Whether parts that read at both would not read at one time; those of other buckets are shifted, and have times of their own. */
        boolean differsFrom(Moments other) {
            return rule != other.rule || isElsewhere(other);
        }

        boolean isElsewhere(Moments other) {
            return buckets.equals(other.buckets)
                    && !(instants.equals(other.instants) && Objects.equals(edge, other.edge));
        }
    }

    /** Something that reads an attribute, in the stretches of time that it is read in, or in windows of members or rows. */
    private record Reading(
            Expr.Attribute attribute,
            AsOf asOf,
            List<Stretch> stretches,
            @Nullable SubjectWindow window,
            Instant now) {
        /** Of an edge that nothing says; of facts none. */
        Optional<Moments> moments() {
            return asOf instanceof AsOf.Edge(var edge, _)
                    ? Optional.of(
                            new Moments(
                                    edge.end() ? Rule.END : Rule.START,
                                    stretches.stream().map(Stretch::of).toList(),
                                    stretches.stream().map(stretch -> at(edge, stretch)).toList(),
                                    ofWindow(edge)))
                    : Optional.empty();
        }

        private SubjectWindow.@Nullable Edge ofWindow(TimeEdge edge) {
            return window == null || edge.of() != TimeEdge.Of.WINDOW
                    ? null
                    : window.edge(edge.end());
        }

        private @Nullable Instant at(TimeEdge edge, Stretch stretch) {
            var of = edge.of() == TimeEdge.Of.BUCKET ? Stretch.of(stretch.of()) : stretch;
            return earlier(edge.end() ? of.end() : of.start(), now);
        }
    }

    private static @Nullable Instant earlier(@Nullable Instant at, Instant now) {
        return at == null || at.isBefore(now) ? at : now;
    }

    /** What reads attributes as of one time: a formula, a key, a condition. */
    private record Part(boolean isOfSeveralTimes, List<Reading> readings) {
        /** A key or a condition: all that is read for it is of one kind, and at one time. */
        static Part asked(Set<Moments> moments, List<Reading> readings) {
            return new Part(
                    moments.stream()
                            .anyMatch(one ->
                                    moments.stream().anyMatch(other -> one.differsFrom(other))),
                    readings);
        }

        /** A formula: what decides is at one time, and all that says nothing reads attributes then. */
        static Part formula(Set<Moments> deciding, List<Reading> readings) {
            boolean differ =
                    deciding.stream()
                            .anyMatch(one ->
                                    deciding.stream().anyMatch(other -> one.isElsewhere(other)));
            boolean strays =
                    !deciding.isEmpty()
                            && readings.stream()
                                    .filter(reading -> !reading.asOf().isSaid())
                                    .anyMatch(reading ->
                                            reading.moments()
                                                    .map(moments ->
                                                            deciding.stream()
                                                                    .anyMatch(moments::isElsewhere))
                                                    .orElse(true));
            return new Part(differ || strays, readings);
        }

        /** An attribute that is not said as of when it is read. */
        Optional<Expr.Attribute> unsaid() {
            return readings.stream()
                    .filter(reading -> !reading.asOf().isSaid())
                    .map(Reading::attribute)
                    .findFirst();
        }
    }

    private static Moments moments(Scope scope, Rule rule, Scan scan) {
        var stretches = scope.stretches(scan);
        return new Moments(
                rule,
                stretches.stream().map(Stretch::of).toList(),
                stretches.stream()
                        .map(rule == Rule.START ? Stretch::start : Stretch::end)
                        .map(at -> earlier(at, scope.time().asOf()))
                        .toList(),
                rule == Rule.START && scan.window() != null ? scan.window().start() : null);
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
                            .flatMap(leaf -> ofKeys(leaf, all()))
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
        return parts(output)
                .filter(Part::isOfSeveralTimes)
                .flatMap(part -> part.unsaid().stream())
                .findFirst()
                .map(attribute -> {
                    var name = attribute.entity().name() + "." + attribute.name();
                    return Problem.of(
                                    ProblemCode.INCOMPATIBLE,
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

    /** The formula, and what is computed for accounts by keys and conditions of the question: these are formulas of their own. */
    private Stream<Part> parts(Output output) {
        var all = all();
        return Stream.concat(
                formulas(leaves(output).toList(), all),
                leaves(output).flatMap(leaf -> asked(leaf, all)));
    }

    /** What is read in the buckets, and what is read in units of time, each at a time of its own. */
    private static Stream<Part> formulas(List<Leaf> leaves, Scope scope) {
        var read = leaves.stream().filter(leaf -> !isOfUnits(leaf, scope)).toList();
        var own =
                Part.formula(
                        deciding(read, scope),
                        read.stream().flatMap(leaf -> besideUnits(leaf, scope)).toList());
        return Stream.concat(Stream.of(own), leaves.stream().flatMap(leaf -> inUnits(leaf, scope)));
    }

    /** Without what is read in units of time. */
    private static Stream<Reading> besideUnits(Leaf leaf, Scope scope) {
        var scan = scope.scan(leaf);
        var inner = scope.inner(scan);
        return isOfUnits(leaf, scope)
                ? Stream.empty()
                : Stream.concat(
                        ofRows(leaf, scan, scope),
                        inner.leavesIn(own(leaf)).flatMap(one -> besideUnits(one, inner)));
    }

    private static Stream<Part> inUnits(Leaf leaf, Scope scope) {
        var inner = scope.inner(scope.scan(leaf));
        var leaves = inner.leavesIn(own(leaf)).toList();
        return isOfUnits(leaf, scope)
                ? formulas(leaves, inner)
                : leaves.stream().flatMap(one -> inUnits(one, inner));
    }

    private static boolean isOfUnits(Leaf leaf, Scope scope) {
        return scope.scan(leaf).relation().areUnits();
    }

    /** The starts of windows where any is read; else the ends of what cells are made of, else of what is read for their rows. */
    private static Set<Moments> deciding(List<Leaf> leaves, Scope scope) {
        var starts = new HashSet<Moments>();
        leaves.forEach(leaf -> starts(leaf, scope, starts));
        if (!starts.isEmpty()) {
            return starts;
        }
        var ends =
                leaves.stream()
                        .map(scope::scan)
                        .filter(AttributeInstants::isState)
                        .map(scan -> moments(scope, Rule.END, scan))
                        .collect(Collectors.toSet());
        if (ends.isEmpty()) {
            leaves.forEach(leaf -> ends(leaf, scope, ends));
        }
        return ends;
    }

    private static boolean isState(Scan scan) {
        return switch (scan.relation()) {
            case Relation.Facts(_, Placing.At _, _, _), Relation.Ticks _ -> false;
            case Relation.Facts(_, Placing.ValidAt _, _, _),
                    Relation.Facts(_, Placing.ValidDuring _, _, _),
                    Relation.Members _ ->
                    true;
        };
    }

    private static void ends(Leaf leaf, Scope scope, Set<Moments> ends) {
        var scan = scope.scan(leaf);
        if (scan.relation().areUnits()) {
            return;
        }
        if (isState(scan)) {
            ends.add(moments(scope, Rule.END, scan));
        }
        var inner = scope.inner(scan);
        inner.leavesIn(own(leaf)).forEach(one -> ends(one, inner, ends));
    }

    private static void starts(Leaf leaf, Scope scope, Set<Moments> starts) {
        var scan = scope.scan(leaf);
        if (scan.relation().areUnits()) {
            return;
        }
        if (scan.relation() instanceof Relation.Facts(_, Placing.ValidAt(_, var edge), _, _)
                && edge == Placing.Edge.START) {
            starts.add(moments(scope, Rule.START, scan));
        }
        var inner = scope.inner(scan);
        inner.leavesIn(own(leaf)).forEach(one -> starts(one, inner, starts));
    }

    private static Stream<Part> asked(Leaf leaf, Scope scope) {
        var scan = scope.scan(leaf);
        var inner = scope.inner(scan);
        return scan.relation().areUnits()
                ? inner.leavesIn(own(leaf)).flatMap(unit -> asked(unit, inner))
                : asked(scan)
                        .map(expr -> {
                            var moments = new HashSet<Moments>();
                            inner.leavesIn(Stream.of(expr))
                                    .forEach(one -> moments(one, inner, false, moments));
                            var readings =
                                    inner.leavesIn(Stream.of(expr))
                                            .flatMap(one -> readings(one, inner))
                                            .toList();
                            return Part.asked(moments, readings);
                        });
    }

    private static void moments(Leaf leaf, Scope scope, boolean isOutermost, Set<Moments> moments) {
        var scan = scope.scan(leaf);
        switch (scan.relation()) {
            case Relation.Facts(_, Placing.At _, _, _) -> {
                if (isOutermost) {
                    moments.add(Moments.OF_FACTS);
                }
            }
            case Relation.Facts(_, Placing.ValidAt(_, var edge), _, _) ->
                    moments.add(
                            moments(
                                    scope,
                                    edge == Placing.Edge.START ? Rule.START : Rule.END,
                                    scan));
            case Relation.Facts(_, Placing.ValidDuring _, _, _) ->
                    moments.add(moments(scope, Rule.END, scan));
            case Relation.Members _ -> moments.add(moments(scope, Rule.END, scan));
            case Relation.Ticks _ -> {}
        }
        boolean isStillOutermost = isOutermost && scan.relation().areUnits();
        var inner = scope.inner(scan);
        inner.leavesIn(own(leaf)).forEach(one -> moments(one, inner, isStillOutermost, moments));
    }

    /** Days are compared: an edge within one is before and after what holds from it on. */
    private boolean isAtDay(Reading reading, ZoneId zone) {
        return switch (reading.asOf()) {
            case AsOf.Edge(var edge, _) -> {
                var ofWindow = reading.ofWindow(edge);
                yield ofWindow == null
                        ? reading.stretches().stream()
                                .allMatch(stretch -> isAtDay(edge, stretch, zone))
                        : ofWindow.beginsDay();
            }
            case AsOf.Fact _, AsOf.Day _, AsOf.Now _ -> true;
        };
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
                        reading.attribute().entity().name(),
                        reading.attribute().name())
                .offering(
                        "%s.%s as of now"
                                .formatted(
                                        reading.attribute().entity().name(),
                                        reading.attribute().name()));
    }

    // ---- what is read

    private Scope all() {
        return new Scope(plan.cells(), plan.time(), false);
    }

    private Stream<Leaf> leaves(Output output) {
        return all().leavesIn(Stream.of(output.value()));
    }

    private Stream<Reading> readings(Output output) {
        return leaves(output).flatMap(leaf -> readings(leaf, all()));
    }

    /** What a leaf says itself. */
    private static Stream<Expr> own(Leaf leaf) {
        return Stream.concat(
                Stream.of(leaf.where(), leaf.aggregation().value()),
                leaf.aggregation().besides().stream());
    }

    /** What the question asks of all leaves of a scan. */
    private static Stream<Expr> asked(Scan scan) {
        return Stream.concat(Stream.of(scan.where()), scan.keys().stream());
    }

    /** All that is read for a leaf. */
    private static Stream<Reading> readings(Leaf leaf, Scope scope) {
        var scan = scope.scan(leaf);
        var inner = scope.inner(scan);
        return Stream.concat(
                ofFormula(leaf, scope),
                inner.leavesIn(asked(scan)).flatMap(one -> readings(one, inner)));
    }

    /** Without what keys and conditions of the question compute for accounts. */
    private static Stream<Reading> ofFormula(Leaf leaf, Scope scope) {
        var scan = scope.scan(leaf);
        var inner = scope.inner(scan);
        return Stream.concat(
                ofRows(leaf, scan, scope),
                inner.leavesIn(own(leaf)).flatMap(one -> ofFormula(one, inner)));
    }

    private static Stream<Reading> ofRows(Leaf leaf, Scan scan, Scope scope) {
        return Stream.concat(own(leaf), asked(scan)).flatMap(expr -> readings(expr, scan, scope));
    }

    /** What the keys of the question read; in units of time those of what is read in them. */
    private static Stream<Reading> ofKeys(Leaf leaf, Scope scope) {
        var scan = scope.scan(leaf);
        var inner = scope.inner(scan);
        return scan.relation().areUnits()
                ? inner.leavesIn(own(leaf)).flatMap(one -> ofKeys(one, inner))
                : scan.keys().stream().flatMap(key -> readings(key, scan, scope));
    }

    private static Stream<Reading> readings(Expr expr, Scan scan, Scope scope) {
        var stretches = scope.stretches(scan);
        var found = new ArrayList<Reading>();
        Exprs.any(
                expr,
                part -> {
                    Exprs.attribute(part)
                            .filter(attribute -> attribute.asOf() != null)
                            .map(attribute ->
                                    new Reading(
                                            attribute,
                                            Objects.requireNonNull(attribute.asOf()),
                                            stretches,
                                            scan.window(),
                                            scope.time().asOf()))
                            .ifPresent(found::add);
                    return false;
                });
        return found.stream();
    }
}
