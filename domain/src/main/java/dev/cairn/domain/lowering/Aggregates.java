package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.expression.TypeRules;
import dev.cairn.domain.formula.AggregateFunction;
import dev.cairn.domain.formula.AggregateFunction.Named;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.RelationClause;
import dev.cairn.domain.model.EntityKind;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.Aggregation;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Lowers aggregates into leaves. */
final class Aggregates {
    private static final BigDecimal HALF = new BigDecimal("0.5");

    private final Lowering lowering;
    private final Relations relations;

    Aggregates(Lowering lowering) {
        this.lowering = lowering;
        this.relations = new Relations(lowering);
    }

    Expr lower(Formula.Aggregate aggregate, Frame frame) {
        var leaves = frame.level().aggregated();
        if (leaves.isEmpty()) {
            return lowering.broken(misplaced(aggregate, frame));
        }
        return relations
                .read(aggregate.relation(), frame, leaves.get())
                .map(read -> leaf(aggregate, read, leaves.get(), frame))
                .orElse(Expr.BROKEN);
    }

    private static Problem misplaced(Formula.Aggregate aggregate, Frame frame) {
        var place = frame.at(aggregate.span());
        return switch (frame.level()) {
            case Level.Row row ->
                    Problem.of(
                                    ProblemCode.LEVEL_MISMATCH,
                                    place,
                                    "An aggregate is not a value of %s; say whose it is.",
                                    row.word())
                            .offering("per(account : ...)");
            case Level.Rule _ ->
                    Problem.of(
                            ProblemCode.NOT_YET_AVAILABLE,
                            place,
                            "Rules over facts are not yet available in this version; use attributes of the account.");
            case Level.Asked(_, boolean isKey) when isKey ->
                    Problem.of(
                            ProblemCode.NOT_YET_AVAILABLE,
                            place,
                            "A key of what is computed for each account is not yet available in this version; conditions on computed values go into 'having'.");
            case Level.Asked _ ->
                    Problem.of(
                            ProblemCode.LEVEL_MISMATCH,
                            place,
                            "A filter or dimension is of a row and cannot hold an aggregate; conditions on computed values go into 'having'.");
            case Level.Member _, Level.Cell _ ->
                    throw new IllegalStateException("aggregates stand at " + frame.level());
        };
    }

    private Expr leaf(
            Formula.Aggregate aggregate, Relations.Read read, Leaves leaves, Frame frame) {
        if (!read.sound()) {
            if (aggregate.value() != null) {
                lowering.lower(aggregate.value(), read.rows());
            }
            return Expr.BROKEN;
        }
        if (aggregate.function()
                instanceof AggregateFunction.Percentile(var fraction, var discrete)) {
            return percentile(aggregate, read, leaves, frame, fraction, discrete);
        }
        return switch ((Named) aggregate.function()) {
            case COUNT ->
                    counting(aggregate, read, leaves, frame, new Aggregation.Count(), Type.COUNT);
            case EXISTS ->
                    counting(
                            aggregate, read, leaves, frame, new Aggregation.Exists(), Type.BOOLEAN);
            case DISTINCT ->
                    value(aggregate, read, frame)
                            .<Expr>map(value ->
                                    add(
                                            leaves,
                                            read,
                                            frame,
                                            Aggregation.Distinct.of(value),
                                            Type.COUNT))
                            .orElse(Expr.BROKEN);
            case SUM ->
                    number(aggregate, read, frame)
                            .<Expr>map(value ->
                                    add(
                                            leaves,
                                            read,
                                            frame,
                                            new Aggregation.Sum(value),
                                            value.type()))
                            .orElse(Expr.BROKEN);
            case AVG ->
                    number(aggregate, read, frame)
                            .<Expr>map(value ->
                                    add(
                                            leaves,
                                            read,
                                            frame,
                                            new Aggregation.Average(value),
                                            value.type().as(Type.Kind.DOUBLE)))
                            .orElse(Expr.BROKEN);
            case MIN -> extreme(aggregate, read, leaves, frame, true);
            case MAX -> extreme(aggregate, read, leaves, frame, false);
            case MEDIAN -> percentile(aggregate, read, leaves, frame, HALF, false);
            case SHARE -> shareOf(aggregate, read, leaves, frame);
            case STDDEV ->
                    number(aggregate, read, frame)
                            .<Expr>map(value ->
                                    add(
                                            leaves,
                                            read,
                                            frame,
                                            new Aggregation.StandardDeviation(value),
                                            value.type().as(Type.Kind.DOUBLE)))
                            .orElse(Expr.BROKEN);
            case FIRST -> ordered(aggregate, read, leaves, frame, Aggregation.First::new);
            case LAST -> ordered(aggregate, read, leaves, frame, Aggregation.Last::new);
        };
    }

    /** By the time that the relation is read by; of equal times the source's key decides. */
    private Expr ordered(
            Formula.Aggregate aggregate,
            Relations.Read read,
            Leaves leaves,
            Frame frame,
            BiFunction<Expr, List<Expr>, Aggregation> made) {
        var value = value(aggregate, read, frame);
        return switch (read.relation()) {
            case RelationKey.OfFacts(var source, var time) ->
                    value.<Expr>map(found ->
                                    add(
                                            leaves,
                                            read,
                                            frame,
                                            made.apply(found, order(source, time)),
                                            found.type()))
                            .orElse(Expr.BROKEN);
            case RelationKey.OfMembers(var entity) ->
                    lowering.broken(
                            Problem.of(
                                            ProblemCode.INCOMPATIBLE,
                                            frame.at(aggregate.span()),
                                            "'%s' is of rows in the order of time, and %s has no time of its own.",
                                            word(aggregate),
                                            entity == EntityKind.ACCOUNT ? "an account" : "a user")
                                    .offering(
                                            "min(%s : ...)".formatted(entity.word()),
                                            "max(%s : ...)".formatted(entity.word())));
        };
    }

    private static List<Expr> order(Source source, Expr.Field time) {
        var order = new ArrayList<Expr>();
        order.add(time);
        source.key().stream()
                .flatMap(name -> source.field(name).stream())
                .map(field -> TypeRules.field(source, field))
                .filter(field -> !field.equals(time))
                .forEach(order::add);
        return order;
    }

    private static String word(Formula.Aggregate aggregate) {
        return switch (aggregate.function()) {
            case Named named -> named.name().toLowerCase(java.util.Locale.ROOT);
            case AggregateFunction.Percentile _ -> "median";
        };
    }

    private static Expr.LeafValue add(
            Leaves leaves, Relations.Read read, Frame frame, Aggregation aggregation, Type type) {
        return leaves.add(read.scan(), read.where(), aggregation, !frame.emptyIsNone(), type);
    }

    private Expr counting(
            Formula.Aggregate aggregate,
            Relations.Read read,
            Leaves leaves,
            Frame frame,
            Aggregation aggregation,
            Type type) {
        if (isLink(aggregate, read)) {
            return lowering.notYet("A link as a relation", frame, aggregate.relation().span());
        }
        if (aggregate.value() != null) {
            return lowering.broken(
                    Problem.of(
                                    ProblemCode.TYPE_MISMATCH,
                                    frame.at(aggregate.value().span()),
                                    "'%s' counts rows and takes no value; put a condition into 'where', or count values with 'distinct'.",
                                    type.equals(Type.COUNT) ? "count" : "exists")
                            .offering("count(... where x is not none)", "distinct(... : x)"));
        }
        return add(leaves, read, frame, aggregation, type);
    }

    /** {@code count(event.user)}: in what takes no value the dotted form is what the link leads to. */
    private static boolean isLink(Formula.Aggregate aggregate, Relations.Read read) {
        return aggregate.value() instanceof Formula.Path(var names, _)
                && names.size() == 2
                && aggregate.relation().head()
                        instanceof RelationClause.Head.Named(var head, _, _, _)
                && head.names().equals(names.subList(0, 1))
                && read.relation() instanceof RelationKey.OfFacts(var source, _)
                && Names.inFull(names.getLast(), source)
                        .filter(Expr.Key.class::isInstance)
                        .isPresent();
    }

    /** The value over the rows; empty where it is missing or has a problem of its own. */
    private Optional<Expr> value(Formula.Aggregate aggregate, Relations.Read read, Frame frame) {
        Formula formula = aggregate.value();
        if (formula == null) {
            lowering.broken(
                    Problem.of(
                                    ProblemCode.MISSING,
                                    frame.at(aggregate.span()),
                                    "Say of what: a relation, ':' and a value.")
                            .offering(
                                    "%s(%s : ...)"
                                            .formatted(word(aggregate), read.relation().word())));
            return Optional.empty();
        }
        var value = lowering.lower(formula, read.rows());
        if (value.type().kind() == Type.Kind.NONE) {
            lowering.broken(
                    ProblemCode.TYPE_MISMATCH, frame, formula.span(), "This never has a value.");
            return Optional.empty();
        }
        return Optional.of(value).filter(found -> !found.type().isBroken());
    }

    private Optional<Expr> number(Formula.Aggregate aggregate, Relations.Read read, Frame frame) {
        return value(aggregate, read, frame)
                .filter(value -> {
                    if (!value.type().isNumber()) {
                        lowering.broken(
                                ProblemCode.TYPE_MISMATCH,
                                frame,
                                spanOf(aggregate.value(), aggregate),
                                "A number is needed here, this is %s; count and distinct take anything.",
                                value.type().word());
                    }
                    return value.type().isNumber();
                });
    }

    private static dev.cairn.domain.formula.Span spanOf(
            @Nullable Formula value, Formula.Aggregate aggregate) {
        return value == null ? aggregate.span() : value.span();
    }

    private Expr extreme(
            Formula.Aggregate aggregate,
            Relations.Read read,
            Leaves leaves,
            Frame frame,
            boolean least) {
        var value = value(aggregate, read, frame);
        if (value.isEmpty()) {
            return Expr.BROKEN;
        }
        if (value.get().type().kind() == Type.Kind.BOOLEAN) {
            return lowering.broken(
                    ProblemCode.TYPE_MISMATCH,
                    frame,
                    aggregate.span(),
                    "True and false have no order; use 'share'.");
        }
        var aggregation =
                least ? new Aggregation.Minimum(value.get()) : new Aggregation.Maximum(value.get());
        return add(leaves, read, frame, aggregation, value.get().type());
    }

    private Expr percentile(
            Formula.Aggregate aggregate,
            Relations.Read read,
            Leaves leaves,
            Frame frame,
            BigDecimal fraction,
            boolean discrete) {
        return number(aggregate, read, frame)
                .<Expr>map(value ->
                        add(
                                leaves,
                                read,
                                frame,
                                new Aggregation.Percentile(value, fraction, discrete),
                                discrete ? value.type() : value.type().as(Type.Kind.DOUBLE)))
                .orElse(Expr.BROKEN);
    }

    private Expr shareOf(
            Formula.Aggregate aggregate, Relations.Read read, Leaves leaves, Frame frame) {
        Formula formula = aggregate.value();
        if (formula == null) {
            return value(aggregate, read, frame).orElse(Expr.BROKEN);
        }
        var condition = lowering.condition(formula, read.rows());
        if (condition.type().isBroken()) {
            return condition;
        }
        if (read.emptiness().mayBeEmpty(condition)) {
            return lowering.broken(maybeEmpty(frame.at(formula.span()), "The condition"));
        }
        return leaves.share(read.scan(), read.where(), condition);
    }

    static Problem maybeEmpty(Place place, String what) {
        return Problem.of(
                        ProblemCode.MAYBE_EMPTY,
                        place,
                        "%s of the share may be empty; leave such rows out, or count them as false.",
                        what)
                .offering("where x is not none", "coalesce(condition, false)");
    }
}
