package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.expression.TypeRules;
import dev.cairn.domain.formula.AggregateFunction;
import dev.cairn.domain.formula.AggregateFunction.Named;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.FormulaPrinter;
import dev.cairn.domain.formula.RelationClause;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.plan.Aggregation;
import dev.cairn.domain.plan.Attempts;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Lowers aggregates into leaves. */
final class Aggregates {
    private static final BigDecimal HALF = new BigDecimal("0.5");

    private static final Expr UNIT_START =
            new Expr.TimeEdge(Expr.TimeEdge.Of.BUCKET, false, Type.TIMESTAMP);

    private final Lowering lowering;
    private final Relations relations;
    private final Beginnings beginnings;
    private final Lifetimes lifetimes;

    Aggregates(Lowering lowering) {
        this.lowering = lowering;
        this.relations = new Relations(lowering);
        this.beginnings = new Beginnings(lowering);
        this.lifetimes = new Lifetimes(lowering);
    }

    /**
     * An aggregate where it stands.
     *
     * @param read what its relation is read as
     * @param leaves that it becomes one of
     */
    private record Site(
            Formula.Aggregate aggregate, Relations.Read read, Leaves leaves, Frame frame) {
        Place place() {
            return frame.at(aggregate.span());
        }

        /** What it gives of each row; null where nothing is written. */
        @Nullable Formula value() {
            return aggregate.value();
        }

        /** Of amounts in the currencies of their rows, where the rows are of one. */
        Type ofRows(Type type) {
            return OneCurrency.of(type, read.where(), read.relation());
        }

        Expr.LeafValue add(Aggregation aggregation, Type type) {
            return leaves.add(
                    read.scan(), read.where(), aggregation, !frame.emptyIsNone(), ofRows(type));
        }
    }

    Expr lower(Formula.Aggregate written, Frame frame) {
        var aggregate = relations.links().whole(written);
        if (frame.level().isKey()) {
            return lowering.ofAccount()
                    .value(frame, aggregate.span(), account -> lower(aggregate, account));
        }
        var leaves =
                frame.level().aggregated().or(() -> relations.children().leaves(aggregate, frame));
        if (leaves.isEmpty()) {
            return lowering.broken(misplaced(aggregate, frame));
        }
        return begun(aggregate, frame)
                .flatMap(begun ->
                        relations
                                .read(aggregate.relation(), begun, leaves.get())
                                .map(read -> leaf(new Site(aggregate, read, leaves.get(), begun))))
                .orElse(Expr.BROKEN);
    }

    /** A value of the member that each row leads to: that of the one row which is there. */
    Expr ofMember(OfEntity.ToMember to) {
        var head =
                new RelationClause.Head.Named(
                        new Formula.Path(List.of(to.entity().name()), to.span()),
                        null,
                        List.of(),
                        to.span());
        var clause = new RelationClause(head, null, null, null, to.span());
        var aggregate = new Formula.Aggregate(Named.FIRST, clause, to.value(), to.span());
        return relations
                .ledTo(to)
                .map(read -> leaf(new Site(aggregate, read, to.leaves(), to.frame())))
                .orElse(Expr.BROKEN);
    }

    /** The share of attempts that are completed. */
    Expr conversion(Formula.Conversion conversion, Frame frame) {
        var span = conversion.span();
        var attempts =
                new RelationClause(
                        new RelationClause.Head.StepsHead(conversion.steps(), span),
                        null,
                        null,
                        null,
                        span);
        return special(
                new Formula.Aggregate(Named.SHARE, attempts, null, span),
                frame,
                account -> conversion(conversion, account),
                (read, leaves) ->
                        Optional.of(
                                leaves.share(
                                        read.scan(),
                                        read.where(),
                                        Attempts.completed(),
                                        Leaves.ONE)));
    }

    /** The time by which a share of rows has ended. */
    Expr survival(Formula.Survival survival, Frame frame) {
        return special(
                new Formula.Aggregate(
                        Named.MEDIAN, survival.relation(), survival.start(), survival.span()),
                frame,
                account -> survival(survival, account),
                (read, leaves) ->
                        lifetimes
                                .of(survival, read, frame)
                                .map(lasting ->
                                        leaves.add(
                                                read.scan(),
                                                read.where(),
                                                lasting,
                                                !frame.emptyIsNone(),
                                                Lifetimes.TYPE)));
    }

    /**
     * What is made of the rows of a relation by a form of its own.
     *
     * @param like the aggregate that it is like where it stands
     * @param ofAccount the same, of one account
     */
    private Expr special(
            Formula.Aggregate like,
            Frame frame,
            Function<Frame, Expr> ofAccount,
            BiFunction<Relations.Read, Leaves, Optional<Expr>> made) {
        if (frame.level().isKey()) {
            return lowering.ofAccount().value(frame, like.span(), ofAccount);
        }
        var leaves = frame.level().aggregated();
        if (leaves.isEmpty()) {
            return lowering.broken(misplaced(like, frame));
        }
        return relations
                .read(like.relation(), frame, leaves.get())
                .filter(Relations.Read::sound)
                .flatMap(read -> made.apply(read, leaves.get()))
                .orElse(Expr.BROKEN);
    }

    /** Units of time over all from the beginning have one once it is known what is read in them; empty where there is a problem, which is told. */
    private Optional<Frame> begun(Formula.Aggregate aggregate, Frame frame) {
        var window =
                Beginnings.toBegin(frame).filter(_ -> relations.areUnits(aggregate.relation()));
        if (window.isEmpty()) {
            return Optional.of(frame);
        }
        var alone = new Leaves(Leaves.Binder.OF_MEMBER);
        var value = lower(aggregate, Beginnings.alone(frame, window.get(), alone));
        return value.type().isBroken()
                ? Optional.empty()
                : beginnings
                        .of(alone.readsOf(value), window.get(), frame, aggregate.span())
                        .map(beginning -> Beginnings.begun(frame, window.get(), beginning));
    }

    private Problem misplaced(Formula.Aggregate aggregate, Frame frame) {
        var place = frame.at(aggregate.span());
        return switch (frame.level()) {
            case Level.Row row
                    when !row.isBeingRead() && relations.children().isOf(aggregate, row.source()) ->
                    Problem.of(
                                    ProblemCode.LEVEL_MISMATCH,
                                    place,
                                    "Nothing is read for %s here: an aggregate of what points at it stands where the row is one of a relation, in its condition or value.",
                                    row.word())
                            .offering("count(%s where exists(...))".formatted(row.source().name()));
            case Level.Row row when row.isBeingRead() ->
                    Problem.of(
                            ProblemCode.LEVEL_MISMATCH,
                            place,
                            "A row is read alone: no other rows are known then, and nothing is aggregated. Write it as a metric.");
            case Level.Row row when row.source().isEntity() ->
                    relations
                            .children()
                            .pointElsewhere(relations.areUnits(aggregate.relation()), row, place);
            case Level.Row row ->
                    Problem.of(
                                    ProblemCode.LEVEL_MISMATCH,
                                    place,
                                    "An aggregate is not a value of %s; say whose it is.",
                                    row.word())
                            .offering("per(account : ...)");
            case Level.Rule rule -> OfAccount.noAggregates(rule, frame, aggregate.span());
            case Level.Asked _ ->
                    Problem.of(
                                    ProblemCode.LEVEL_MISMATCH,
                                    place,
                                    "A filter is of a row and cannot hold an aggregate; say whose it is. Conditions on computed values go into 'having'.")
                            .offering("per(account : ...)");
            case Level.Member _, Level.Cell _ ->
                    throw new IllegalStateException("aggregates stand at " + frame.level());
        };
    }

    private Expr leaf(Site site) {
        if (!site.read().sound()) {
            if (site.value() != null) {
                lowering.lower(site.value(), site.read().rows());
            }
            return Expr.BROKEN;
        }
        return switch (site.aggregate().function()) {
            case AggregateFunction.Percentile(var fraction, var discrete) ->
                    percentile(site, fraction, discrete);
            case Named named -> leaf(named, site);
        };
    }

    private Expr leaf(Named function, Site site) {
        var weight = site.read().weight();
        return weight == null ? unweighted(function, site) : weighted(function, site, weight);
    }

    private Expr weighted(Named function, Site site, Expr weight) {
        return switch (function) {
            case COUNT -> counting(site, new Aggregation.Sum(weight), Weights.typeOfSum(weight));
            case SUM ->
                    reckoned(
                            site,
                            value -> new Aggregation.Sum(Weights.times(value, weight)),
                            type -> Weights.times(new Expr.Literal(null, type), weight).type());
            case AVG ->
                    number(site)
                            .map(value ->
                                    Weights.mean(
                                            site.read(),
                                            value,
                                            site.ofRows(value.type()),
                                            weight,
                                            site.leaves()))
                            .orElse(Expr.BROKEN);
            case SHARE -> shareOf(site, weight);
            case MEDIAN -> percentile(site, HALF, false);
            case STDDEV ->
                    reckoned(
                            site,
                            value ->
                                    new Aggregation.Weighted(
                                            new Aggregation.StandardDeviation(value), weight),
                            Aggregates::inexact);
            case EXISTS, DISTINCT, MIN, MAX, FIRST, LAST ->
                    lowering.broken(
                            ProblemCode.INCOMPATIBLE,
                            site.frame(),
                            site.aggregate().span(),
                            "'%s' is the same whatever a row weighs; leave the weight out, or ask for rows by it in 'where'.",
                            word(site.aggregate()));
        };
    }

    private Expr unweighted(Named function, Site site) {
        return switch (function) {
            case COUNT -> counting(site, new Aggregation.Count(), Type.COUNT);
            case EXISTS -> counting(site, new Aggregation.Exists(), Type.BOOLEAN);
            case DISTINCT ->
                    value(site)
                            .<Expr>map(
                                    value -> site.add(Aggregation.Distinct.of(value), Type.COUNT))
                            .orElse(Expr.BROKEN);
            case SUM -> reckoned(site, Aggregation.Sum::new, UnaryOperator.identity());
            case AVG -> reckoned(site, Aggregation.Average::new, Aggregates::inexact);
            case STDDEV -> reckoned(site, Aggregation.StandardDeviation::new, Aggregates::inexact);
            case MIN -> extreme(site, Aggregation.Minimum::new);
            case MAX -> extreme(site, Aggregation.Maximum::new);
            case MEDIAN -> percentile(site, HALF, false);
            case SHARE -> shareOf(site, Leaves.ONE);
            case FIRST -> ordered(site, Aggregation.First::new);
            case LAST -> ordered(site, Aggregation.Last::new);
        };
    }

    private static Type inexact(Type type) {
        return type.as(Type.Kind.DOUBLE);
    }

    /** Of a number of each row. */
    private Expr reckoned(Site site, Function<Expr, Aggregation> made, UnaryOperator<Type> typed) {
        return number(site)
                .<Expr>map(value -> site.add(made.apply(value), typed.apply(value.type())))
                .orElse(Expr.BROKEN);
    }

    /** By the time that the relation is read by; of equal times the source's key decides. */
    private Expr ordered(Site site, BiFunction<Expr, List<Expr>, Aggregation> made) {
        var value = value(site);
        return switch (site.read().relation()) {
            case RelationKey.OfFacts facts ->
                    value.<Expr>map(found ->
                                    site.add(made.apply(found, order(facts)), found.type()))
                            .orElse(Expr.BROKEN);
            case RelationKey.OfTicks _ ->
                    value.<Expr>map(found ->
                                    site.add(made.apply(found, List.of(UNIT_START)), found.type()))
                            .orElse(Expr.BROKEN);
            case RelationKey.OfMembers(var entity, _) ->
                    lowering.broken(
                            Problem.of(
                                            ProblemCode.INCOMPATIBLE,
                                            site.place(),
                                            "'%s' is of rows in the order of time, and %s has no time of its own.",
                                            word(site.aggregate()),
                                            entity.isAccount() ? "an account" : "a user")
                                    .offering(
                                            "min(%s : ...)".formatted(entity.name()),
                                            "max(%s : ...)".formatted(entity.name())));
        };
    }

    /** Several touches may stand at one row: they follow each other as the others do. Changes are of no row, and of each unit there is one at a time. */
    private static List<Expr> order(RelationKey.OfFacts facts) {
        var time = facts.placing().time();
        var order = new ArrayList<Expr>();
        order.add(time);
        if (facts.derivation() instanceof RelationKey.Changing(var changes, _)) {
            order.add(new Expr.Key(EntityRef.ACCOUNT));
            if (changes.per().isUser()) {
                order.add(new Expr.Key(EntityRef.USER));
            }
            return order;
        }
        facts.source().key().stream()
                .flatMap(name -> facts.source().field(name).stream())
                .map(field -> TypeRules.field(facts.source(), field))
                .filter(field -> !field.equals(time))
                .forEach(order::add);
        facts.derived().ifPresent(derivation -> order.addAll(derivation.rows().orderOfOneFact()));
        return order;
    }

    private static String word(Formula.Aggregate aggregate) {
        return switch (aggregate.function()) {
            case Named named -> named.name().toLowerCase(java.util.Locale.ROOT);
            case AggregateFunction.Percentile _ -> "median";
        };
    }

    private Expr counting(Site site, Aggregation aggregation, Type type) {
        if (site.value() != null) {
            return lowering.broken(
                    Problem.of(
                                    ProblemCode.TYPE_MISMATCH,
                                    site.frame().at(site.value().span()),
                                    "'%s' counts rows and takes no value; put a condition into 'where', or count values with 'distinct'.",
                                    word(site.aggregate()))
                            .offering("count(... where x is not none)", "distinct(... : x)"));
        }
        return site.add(aggregation, type);
    }

    /** A relation with a value of its rows, for suggestions. */
    private static String toAggregate(RelationKey relation, boolean isCondition) {
        return switch (relation.derived().orElse(null)) {
            case null -> relation.word() + " : ...";
            case RelationKey.Sequence _ ->
                    "steps(...) : " + (isCondition ? "completed" : "reached");
            case RelationKey.Touching _ ->
                    "touch(...) : hours(earlier_at, later_at)" + (isCondition ? " < 24" : "");
            case RelationKey.Changing _ ->
                    "changes(...) : " + (isCondition ? "kind = 'churn'" : "delta");
        };
    }

    /** The value over the rows; empty where it is missing or has a problem of its own. */
    private Optional<Expr> value(Site site) {
        Formula formula = site.value();
        if (formula == null) {
            lowering.broken(
                    Problem.of(
                                    ProblemCode.MISSING,
                                    site.place(),
                                    "Say of what: a relation, ':' and a value.")
                            .offering(
                                    "%s(%s)"
                                            .formatted(
                                                    word(site.aggregate()),
                                                    toAggregate(
                                                            site.read().relation(),
                                                            site.aggregate().function()
                                                                    == Named.SHARE))));
            return Optional.empty();
        }
        var value = lowering.lower(formula, site.read().rows());
        if (value.type().kind() == Type.Kind.NONE) {
            lowering.broken(
                    ProblemCode.TYPE_MISMATCH,
                    site.frame(),
                    formula.span(),
                    "This never has a value.");
            return Optional.empty();
        }
        // What is counted is no amount.
        var converted =
                site.aggregate().function() == Named.DISTINCT
                        ? value
                        : lowering.conversions()
                                .inForce(
                                        value,
                                        OneCurrency.of(
                                                value.type(),
                                                site.read().where(),
                                                site.read().relation()),
                                        site.read().rows(),
                                        formula.span());
        return Optional.of(converted).filter(found -> !found.type().isBroken());
    }

    private Optional<Expr> number(Site site) {
        return value(site)
                .filter(value -> {
                    if (!value.type().isNumber()) {
                        lowering.broken(
                                ProblemCode.TYPE_MISMATCH,
                                site.frame(),
                                spanOf(site.aggregate()),
                                "A number is needed here, this is %s; count and distinct take anything.",
                                value.type().word());
                    }
                    return value.type().isNumber();
                });
    }

    private static Span spanOf(Formula.Aggregate aggregate) {
        return aggregate.value() == null ? aggregate.span() : aggregate.value().span();
    }

    private Expr extreme(Site site, Function<Expr, Aggregation> made) {
        var value = value(site);
        if (value.isEmpty()) {
            return Expr.BROKEN;
        }
        if (value.get().type().kind() == Type.Kind.BOOLEAN) {
            var written = site.aggregate();
            return lowering.broken(
                    Problem.of(
                                    ProblemCode.TYPE_MISMATCH,
                                    site.place(),
                                    "True and false have no order; use 'share'.")
                            .offering(
                                    FormulaPrinter.print(
                                            new Formula.Aggregate(
                                                    Named.SHARE,
                                                    written.relation(),
                                                    site.value(),
                                                    written.span()))));
        }
        return site.add(made.apply(value.get()), value.get().type());
    }

    private Expr percentile(Site site, BigDecimal fraction, boolean discrete) {
        var weight = site.read().weight();
        return reckoned(
                site,
                value -> {
                    var plain = new Aggregation.Percentile(value, fraction, discrete);
                    return weight == null ? plain : new Aggregation.Weighted(plain, weight);
                },
                discrete ? UnaryOperator.identity() : Aggregates::inexact);
    }

    private Expr shareOf(Site site, Expr weight) {
        Formula formula = site.value();
        if (formula == null) {
            return value(site).orElse(Expr.BROKEN);
        }
        var read = site.read();
        var condition = lowering.condition(formula, read.rows());
        if (condition.type().isBroken()) {
            return condition;
        }
        if (!site.frame().narrowing().isAhead() && read.emptiness().mayBeEmpty(condition)) {
            return lowering.broken(maybeEmpty(site.frame().at(formula.span()), "The condition"));
        }
        return site.leaves().share(read.scan(), read.where(), condition, weight);
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
