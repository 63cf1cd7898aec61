package dev.cairn.domain.lowering;

import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.expression.Emptiness;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.formula.AggregateFunction;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.Formula.Operator;
import dev.cairn.domain.formula.Function;
import dev.cairn.domain.formula.RelationClause;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.plan.Aggregation;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Puts a metric's formula in the place of its name, at the level where it is named. */
final class MetricReferences {
    private final Lowering lowering;

    MetricReferences(Lowering lowering) {
        this.lowering = lowering;
    }

    Expr refer(String name, Span span, Frame frame) {
        var entry = lowering.catalog().entry(name).orElseThrow();
        var values = ParameterValues.defaultsOf((Metric) entry.definition());
        return refer(entry, values.byName(), span, frame);
    }

    /** @param parameters a value for each of the metric's */
    Expr refer(Entry entry, Map<String, Expr.Literal> parameters, Span span, Frame frame) {
        var naming = new Naming(entry.name(), isRolledUp((Metric) entry.definition(), frame));
        lowering.refersTo(frame, naming, span);
        if (((Metric) entry.definition()).sample().cluster() != null
                && frame.level() instanceof Level.Cell(var leaves)) {
            leaves.cluster();
        }
        if (frame.inside().contains(label(entry))) {
            return lowering.broken(BrokenReference.cycle(label(entry), frame, span));
        }
        return lowering.shared()
                .once(
                        label(entry),
                        parameters,
                        frame,
                        frame.at(span),
                        () ->
                                enough(
                                        (Metric) entry.definition(),
                                        inPlace(entry, parameters, span, frame),
                                        span,
                                        frame));
    }

    /** Of a cell, where it has as many observations as the metric asks for. Of a member nothing is asked: its rows are all there are. */
    private Expr enough(Metric metric, Expr value, Span span, Frame frame) {
        var least = metric.sample().least();
        if (least == null
                || value.type().isBroken()
                || !(frame.level() instanceof Level.Cell(var leaves))) {
            return value;
        }
        var sample = leaves.sampleOf(value);
        return sample == null
                ? lowering.broken(
                        Problem.of(
                                ProblemCode.INCOMPATIBLE,
                                frame.at(span),
                                "'%s' asks for %d observations (minSample), but it is made of several relations, or of none, and has no one number of them.",
                                metric.name(),
                                least))
                : new Expr.Call(
                        Function.IF_ENOUGH,
                        List.of(value, sample, Expr.number(BigDecimal.valueOf(least))),
                        value.type());
    }

    private static boolean isRolledUp(Metric metric, Frame frame) {
        return switch (metric.level()) {
            case CELL -> false;
            case ACCOUNT -> !isOf(EntityRef.ACCOUNT, frame);
            case USER -> !isOf(EntityRef.USER, frame);
            case ENTITY -> !(frame.level() instanceof Level.Row);
        };
    }

    private static boolean isOf(EntityRef entity, Frame frame) {
        return frame.level() instanceof Level.Member(var at, _, _, _) && at.equals(entity);
    }

    private Expr inPlace(
            Entry entry, Map<String, Expr.Literal> parameters, Span span, Frame frame) {
        var metric = (Metric) entry.definition();
        return switch (metric.level()) {
            case CELL ->
                    lowering.formula(
                            metric.formula(), into(entry, parameters, frame.level(), span, frame));
            case ACCOUNT -> ofMembers(entry, parameters, EntityRef.ACCOUNT, span, frame);
            case USER -> ofMembers(entry, parameters, EntityRef.USER, span, frame);
            case ENTITY ->
                    frame.level() instanceof Level.Row
                            ? lowering.formula(
                                    metric.formula(),
                                    into(entry, parameters, frame.level(), span, frame))
                            : ofEntity(metric, parameters, span, frame);
        };
    }

    /** An earlier version that refers to itself by way of others refers to the one in force. */
    private String label(Entry entry) {
        boolean inForce = lowering.catalog().entry(entry.name()).filter(entry::equals).isPresent();
        return inForce ? entry.name() : entry.name() + " at version " + entry.version();
    }

    private Frame into(
            Entry entry,
            Map<String, Expr.Literal> parameters,
            Level level,
            Span span,
            Frame frame) {
        var metric = (Metric) entry.definition();
        return frame.into(
                label(entry), level, span, entry.bindings(), metric.emptyIsNone(), parameters);
    }

    /** Whether a row has a value of a metric: it is one of the entity, or a member of some, of which a metric of cells is evaluated anew. */
    static boolean isOfRow(Metric metric, Level.Row row) {
        return row.own() != null
                && row.derived() == null
                && row.source().isEntity()
                && (metric.level() == Metric.Level.CELL
                        || row.source().name().equals(metric.entity()));
    }

    /** Of a cell or an account: the members' values, as they are rolled up. */
    private Expr ofEntity(
            Metric metric, Map<String, Expr.Literal> parameters, Span span, Frame frame) {
        var entity = metric.of();
        var rollUp = metric.rollUp();
        if (rollUp == null) {
            return lowering.broken(noRollUp(metric, entity, frame, span));
        }
        var function =
                switch (rollUp) {
                    case AVG -> AggregateFunction.Named.AVG;
                    case MEDIAN -> AggregateFunction.Named.MEDIAN;
                    case SUM -> AggregateFunction.Named.SUM;
                    case SHARE -> AggregateFunction.Named.SHARE;
                };
        var head =
                new RelationClause.Head.Named(
                        new Formula.Path(List.of(entity), span), null, List.of(), span);
        return lowering.lower(
                new Formula.Aggregate(
                        function,
                        new RelationClause(head, null, null, null, span),
                        ParameterValues.call(metric, parameters, span),
                        span),
                frame);
    }

    private static Problem noRollUp(Metric metric, String entity, Frame frame, Span span) {
        return Problem.of(
                        ProblemCode.LEVEL_MISMATCH,
                        frame.at(span),
                        "'%s' is a value of one %s and declares no roll-up; say how values become one of %s.",
                        metric.name(),
                        entity,
                        frame.level().word())
                .offering(
                        "avg(%s : %s)".formatted(entity, metric.name()),
                        "sum(%s : %s)".formatted(entity, metric.name()));
    }

    private Expr ofMembers(
            Entry entry,
            Map<String, Expr.Literal> parameters,
            EntityRef entity,
            Span span,
            Frame frame) {
        var metric = (Metric) entry.definition();
        if (isOf(entity, frame)) {
            return lowering.formula(
                    metric.formula(), into(entry, parameters, frame.level(), span, frame));
        }
        if (frame.level() instanceof Level.Member(var at, _, _, _) && at.isUser()) {
            return lowering.broken(
                    ProblemCode.LEVEL_MISMATCH,
                    frame,
                    span,
                    "'%s' is of an account; there is no one value of it for a user.",
                    metric.name());
        }
        if (metric.rollUp() == null) {
            return lowering.broken(noRollUp(metric, entity.name(), frame, span));
        }
        var leaves = frame.level().aggregated().orElseThrow();
        var scan = lowering.scan(new RelationKey.OfMembers(entity), frame, span);
        var level = new Level.Member(entity, leaves.inner(scan), frame.time());
        var ofMember = frame.asOf(lowering.attributes().asOf(scan.relation()));
        var value =
                lowering.formula(metric.formula(), into(entry, parameters, level, span, ofMember));
        return value.type().isBroken()
                ? value
                : rolledUp(metric, scan, leaves, level, value, span, frame);
    }

    /** What each part adds to the mean of the scores, over the members that have one; empty where none of them has the part. */
    private static List<NamedPart> meanParts(
            List<NamedPart> parts, ScanKey scan, Expr where, Leaves leaves, Expr score) {
        var scored = Exprs.both(where, Exprs.isNotNone(score), Expr.And::new);
        var members = leaves.add(scan, scored, new Aggregation.Count(), true, Type.COUNT);
        return parts.stream()
                .map(part -> {
                    var type = part.contribution().type();
                    var sum =
                            leaves.add(
                                    scan,
                                    scored,
                                    new Aggregation.Sum(part.contribution()),
                                    false,
                                    type);
                    return new NamedPart(
                            part.name(),
                            new Expr.Arithmetic(
                                    Operator.DIVIDE, sum, members, type.as(Type.Kind.DOUBLE)));
                })
                .toList();
    }

    private Expr rolledUp(
            Metric metric,
            ScanKey scan,
            Leaves leaves,
            Level.Member level,
            Expr value,
            Span span,
            Frame frame) {
        var rollUp = Objects.requireNonNull(metric.rollUp());
        boolean needsCondition = rollUp == Metric.RollUp.SHARE;
        if (needsCondition ? !value.type().isBoolean() : !value.type().isNumber()) {
            return lowering.broken(
                    ProblemCode.TYPE_MISMATCH,
                    frame,
                    span,
                    "'%s' cannot be rolled up by %s: it is %s.",
                    metric.name(),
                    rollUp.name().toLowerCase(java.util.Locale.ROOT),
                    value.type().word());
        }
        var number = value.type().as(Type.Kind.DOUBLE);
        var where = lowering.narrowings().where(scan, level.leaves(), frame);
        return switch (rollUp) {
            case AVG -> {
                var mean = leaves.add(scan, where, new Aggregation.Average(value), true, number);
                var parts = lowering.partsOf(value, level.leaves());
                if (!parts.isEmpty()) {
                    lowering.scores()
                            .rolledUp(leaves, mean, meanParts(parts, scan, where, leaves, value));
                }
                yield mean;
            }
            case MEDIAN ->
                    leaves.add(
                            scan,
                            where,
                            new Aggregation.Percentile(value, new BigDecimal("0.5"), false),
                            true,
                            number);
            case SUM ->
                    leaves.add(
                            scan,
                            where,
                            new Aggregation.Sum(value),
                            !metric.emptyIsNone(),
                            value.type());
            case SHARE -> {
                boolean mayBeEmpty =
                        !frame.narrowing().isAhead()
                                && new Emptiness(
                                                scan.relation().emptiness().known(),
                                                leaf -> level.leaves().mayBeEmpty(leaf))
                                        .given(where)
                                        .mayBeEmpty(value);
                yield mayBeEmpty
                        ? lowering.broken(
                                Aggregates.maybeEmpty(frame.at(span), "'" + metric.name() + "'"))
                        : leaves.share(scan, where, value, Leaves.ONE);
            }
        };
    }
}
