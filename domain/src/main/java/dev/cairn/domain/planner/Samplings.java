package dev.cairn.domain.planner;

import dev.cairn.domain.analysis.Uncertainty.Method;
import dev.cairn.domain.analysis.Uncertainty.NoInterval;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.formula.Formula.Operator;
import dev.cairn.domain.formula.Function;
import dev.cairn.domain.lowering.Leaves;
import dev.cairn.domain.lowering.RelationKey;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.plan.Aggregation;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Sampling;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds what sample a value is of. A sum of shares and averages with constant factors, over the same rows and weights, is the average of one value of each row: NPS
 * is that of 100, 0 or -100. Over differing rows of one relation it is several averages, that have to do with each other as far as they share
 * rows. A percentile with a factor and a constant is between two values of its rows.
 */
final class Samplings {
    private static final Expr ONE = Expr.number(BigDecimal.ONE);
    private static final Expr ZERO = Expr.number(BigDecimal.ZERO);

    /** Over so many different rows at most: each two of them are read together. */
    private static final int MOST_MEANS = 4;

    private static final Expr ACCOUNT = new Expr.Key(EntityRef.ACCOUNT);

    /** The account of each row; those of none are one more. */
    private static final Expr CLUSTER =
            new Expr.Call(Function.COALESCE, List.of(ACCOUNT, Expr.text("")), Type.TEXT);

    /** Greater or nearer to zero than by so many digits no factor is looked at. */
    private static final int MOST_DIGITS = 300;

    private final Leaves leaves;
    private final boolean byAccount;

    /** What common values are, each looked at once. */
    private final IdentityHashMap<Expr.Common, Optional<Sum>> sums = new IdentityHashMap<>();

    private final IdentityHashMap<Expr.Common, Expr> unrounded = new IdentityHashMap<>();

    /**
     * @param leaves of the question, among which is added what is read
     * @param byAccount whether rows of one account are taken as alike
     */
    Samplings(Leaves leaves, boolean byAccount) {
        this.leaves = leaves;
        this.byAccount = byAccount;
    }

    /** The sampling of a value over the leaves. */
    Sampling of(Expr value) {
        var sum = sum(value);
        if (sum.isEmpty() || sum.get().factors().isEmpty()) {
            return new Sampling.None(NoInterval.NOT_A_MEAN);
        }
        var terms = sum.get().factors();
        if (terms.keySet().stream().anyMatch(this::isOfUnits)) {
            return new Sampling.None(NoInterval.UNITS_OF_TIME);
        }
        var means = new LinkedHashMap<Mean, BigDecimal>();
        for (var term : terms.entrySet()) {
            switch (term.getKey()) {
                case Mean mean -> means.put(mean, term.getValue());
                case Quantile quantile -> {
                    return terms.size() == 1
                            ? quantile(quantile, term.getValue(), sum.get().constant())
                            : new Sampling.None(
                                    byAccount ? NoInterval.CLUSTERED : NoInterval.NOT_A_MEAN);
                }
            }
        }
        var first = means.keySet().iterator().next();
        if (means.keySet().stream().anyMatch(mean -> !mean.isOfTheRowsOf(first))) {
            return byAccount
                    ? new Sampling.None(NoInterval.CLUSTERED)
                    : ofDifferentRows(value, means);
        }
        if (byAccount) {
            return ofAccounts(value, means, sum.get().constant());
        }
        return ofRows(value, means, sum.get().constant());
    }

    /** Of independent rows, all of them the same for each mean. */
    private Sampling ofRows(Expr value, Map<Mean, BigDecimal> means, BigDecimal constant) {
        var first = means.keySet().iterator().next();
        if (means.size() > 1) {
            return mean(value, first, valueOfRow(means), BigDecimal.ONE);
        }
        var factor = Objects.requireNonNull(means.get(first));
        return first.asShare() == null
                ? mean(value, first, first.value(), factor)
                : new Sampling.OfShare(
                        first.asShare().matching(),
                        first.asShare().rows(),
                        squares(first),
                        factor.doubleValue(),
                        constant.doubleValue());
    }

    /** Of rows of one relation that count alike, by what its means have in common. */
    private Sampling ofDifferentRows(Expr value, Map<Mean, BigDecimal> means) {
        var first = means.keySet().iterator().next();
        var byRows = new ArrayList<Map<Mean, BigDecimal>>();
        for (var mean : means.entrySet()) {
            if (mean.getKey().scan() != first.scan() || mean.getKey().weight() != null) {
                return new Sampling.None(NoInterval.DIFFERENT_ROWS);
            }
            byRows.stream()
                    .filter(same -> isOfTheRowsOf(mean.getKey(), same))
                    .findFirst()
                    .orElseGet(() -> {
                        byRows.add(new LinkedHashMap<>());
                        return byRows.getLast();
                    })
                    .put(mean.getKey(), mean.getValue());
        }
        if (byRows.size() > MOST_MEANS) {
            return new Sampling.None(NoInterval.DIFFERENT_ROWS);
        }
        var overlaps = new ArrayList<Sampling.OfMeans.Overlap>();
        for (int one = 0; one < byRows.size(); one++) {
            for (int other = one; other < byRows.size(); other++) {
                overlaps.add(overlap(byRows.get(one), byRows.get(other)));
            }
        }
        return new Sampling.OfMeans(unrounded(value), byRows.size(), overlaps);
    }

    private static boolean isOfTheRowsOf(Mean mean, Map<Mean, BigDecimal> same) {
        return mean.isOfTheRowsOf(same.keySet().iterator().next());
    }

    private Sampling.OfMeans.Overlap overlap(
            Map<Mean, BigDecimal> one, Map<Mean, BigDecimal> other) {
        var mean = one.keySet().iterator().next();
        var conjuncts = new LinkedHashSet<>(Exprs.conjuncts(mean.rows()));
        conjuncts.addAll(Exprs.conjuncts(other.keySet().iterator().next().rows()));
        var common = conjuncts.stream().reduce(Expr.TRUE, Expr::and);
        var left = valueOfRow(one);
        var right = valueOfRow(other);
        return new Sampling.OfMeans.Overlap(
                leaves.beside(mean.leaf(), common, new Aggregation.Count(), Type.COUNT),
                sum(mean, common, left),
                sum(mean, common, right),
                sum(mean, common, arithmetic(Operator.MULTIPLY, left, right)));
    }

    private Expr sum(Mean mean, Expr rows, Expr of) {
        return leaves.beside(mean.leaf(), rows, new Aggregation.Sum(of), of.type());
    }

    private Sampling mean(Expr value, Mean mean, Expr ofRow, BigDecimal factor) {
        var plain = new Aggregation.StandardDeviation(ofRow);
        var deviation =
                mean.weight() == null ? plain : new Aggregation.Weighted(plain, mean.weight());
        var all =
                mean.weight() == null
                        ? new Aggregation.Count()
                        : new Aggregation.Sum(mean.weight());
        return new Sampling.OfMean(
                unrounded(value),
                beside(mean, deviation, ofRow.type().as(Type.Kind.DOUBLE)),
                beside(mean, all, mean.weight() == null ? Type.COUNT : mean.weight().type()),
                squares(mean),
                factor.doubleValue());
    }

    /** Of the rows of one relation, of which those of one account may be alike. */
    private Sampling ofAccounts(Expr value, Map<Mean, BigDecimal> means, BigDecimal constant) {
        var first = means.keySet().iterator().next();
        var error =
                new Aggregation.ClusteredError(
                        valueOfRow(means), first.weight() == null ? ONE : first.weight(), CLUSTER);
        boolean isShare = means.size() == 1 && first.asShare() != null;
        double one = constant.doubleValue();
        double other = one + Objects.requireNonNull(means.get(first)).doubleValue();
        return new Sampling.OfClusters(
                unrounded(value),
                beside(first, error, Type.DOUBLE),
                beside(first, Aggregation.Distinct.of(CLUSTER), Type.COUNT),
                isShare ? Math.min(one, other) : Double.NEGATIVE_INFINITY,
                isShare ? Math.max(one, other) : Double.POSITIVE_INFINITY,
                ofRows(value, means, constant));
    }

    private Sampling quantile(Quantile quantile, BigDecimal factor, BigDecimal constant) {
        var ends =
                byAccount
                        ? new Sampling.None(NoInterval.CLUSTERED)
                        : ends(quantile, factor, constant);
        return lifeTable(leaves.leaf(quantile.leaf()).aggregation())
                .<Sampling>map(table ->
                        new Sampling.OfSurvival(
                                ends,
                                beside(quantile, table, Type.TEXT),
                                factor.doubleValue(),
                                constant.doubleValue(),
                                ends instanceof Sampling.OfEnds))
                .orElse(ends);
    }

    /** Empty for what is no time of survival. */
    private static Optional<Aggregation> lifeTable(Aggregation of) {
        return switch (of) {
            case Aggregation.Survival(var value, var ended, _) ->
                    Optional.of(new Aggregation.LifeTable(value, ended));
            case Aggregation.Weighted(Aggregation.Survival survival, var weight) ->
                    lifeTable(survival).map(table -> new Aggregation.Weighted(table, weight));
            default -> Optional.empty();
        };
    }

    private Sampling ends(Quantile quantile, BigDecimal factor, BigDecimal constant) {
        var leaf = leaves.leaf(quantile.leaf());
        return switch (leaf.aggregation()) {
            case Aggregation.Percentile of ->
                    ends(
                            quantile,
                            of,
                            of.value().type(),
                            factor,
                            constant,
                            Method.ORDER_STATISTICS,
                            NoInterval.TOO_FEW_ROWS);
            case Aggregation.Survival of ->
                    ends(
                            quantile,
                            of,
                            leaf.type(),
                            factor,
                            constant,
                            Method.BROOKMEYER_CROWLEY,
                            NoInterval.OPEN_END);
            default -> new Sampling.None(NoInterval.WEIGHTED_RANKS);
        };
    }

    private Sampling ends(
            Quantile quantile,
            Aggregation of,
            Type type,
            BigDecimal factor,
            BigDecimal constant,
            Method method,
            NoInterval without) {
        return new Sampling.OfEnds(
                beside(quantile, new Aggregation.IntervalEnd(of, false), type),
                beside(quantile, new Aggregation.IntervalEnd(of, true), type),
                beside(quantile, new Aggregation.Count(), Type.COUNT),
                factor.doubleValue(),
                constant.doubleValue(),
                method,
                without);
    }

    private @Nullable Expr squares(Mean mean) {
        var weight = mean.weight();
        if (weight == null) {
            return null;
        }
        var square = new Expr.Arithmetic(Operator.MULTIPLY, weight, weight, weight.type());
        return beside(mean, new Aggregation.Sum(square), weight.type());
    }

    private Expr beside(Term term, Aggregation aggregation, Type type) {
        return leaves.beside(term.leaf(), term.rows(), aggregation, type);
    }

    private boolean isOfUnits(Term term) {
        return leaves.key(leaves.leaf(term.leaf()).scan()).relation()
                instanceof RelationKey.OfTicks;
    }

    /** What each row adds to the sum. */
    private static Expr valueOfRow(Map<Mean, BigDecimal> means) {
        return means.entrySet().stream()
                .map(mean -> times(mean.getValue(), mean.getKey().value()))
                .reduce((one, other) -> arithmetic(Operator.ADD, one, other))
                .orElseThrow();
    }

    private static Expr times(BigDecimal factor, Expr value) {
        return factor.compareTo(BigDecimal.ONE) == 0
                ? value
                : arithmetic(Operator.MULTIPLY, new Expr.Literal(factor, Type.DECIMAL), value);
    }

    private static Expr arithmetic(Operator operator, Expr left, Expr right) {
        boolean isDouble =
                left.type().kind() == Type.Kind.DOUBLE || right.type().kind() == Type.Kind.DOUBLE;
        return new Expr.Arithmetic(operator, left, right, isDouble ? Type.DOUBLE : Type.DECIMAL);
    }

    /** What stands in a sum with a factor. */
    private sealed interface Term {
        /** One of its leaves. */
        int leaf();

        /** Conditions of the rows that have a value. */
        Expr rows();
    }

    /** A median or another percentile, of weighted rows too, or a time of survival. */
    private record Quantile(int leaf, Expr rows) implements Term {}

    /**
     * A mean of one value of each row.
     *
     * @param leaf one of its leaves
     * @param rows conditions of the rows that have a value
     * @param weight null: rows count alike
     * @param asShare null: it is no share
     */
    private record Mean(
            int leaf,
            int scan,
            Expr rows,
            @Nullable Expr weight,
            Expr value,
            Expr.@Nullable Share asShare)
            implements Term {
        boolean isOfTheRowsOf(Mean other) {
            return scan == other.scan
                    && Objects.equals(weight, other.weight)
                    && Set.copyOf(Exprs.conjuncts(rows))
                            .equals(Set.copyOf(Exprs.conjuncts(other.rows)));
        }
    }

    /** Terms with their factors, and a constant. */
    private record Sum(BigDecimal constant, Map<Term, BigDecimal> factors) {
        static Sum of(BigDecimal constant) {
            return new Sum(constant, Map.of());
        }

        Sum times(BigDecimal by) {
            var scaled = new LinkedHashMap<Term, BigDecimal>();
            factors.forEach((mean, factor) ->
                    scaled.put(mean, factor.multiply(by, MathContext.DECIMAL128)));
            return new Sum(constant.multiply(by, MathContext.DECIMAL128), scaled);
        }

        Sum through(BigDecimal by) {
            var scaled = new LinkedHashMap<Term, BigDecimal>();
            factors.forEach(
                    (mean, factor) -> scaled.put(mean, factor.divide(by, MathContext.DECIMAL128)));
            return new Sum(constant.divide(by, MathContext.DECIMAL128), scaled);
        }

        Sum plus(Sum other) {
            var both = new LinkedHashMap<>(factors);
            other.factors.forEach((mean, factor) -> both.merge(mean, factor, BigDecimal::add));
            return new Sum(constant.add(other.constant), both);
        }

        boolean isConstant() {
            return factors.isEmpty();
        }

        /** Whether a double holds its numbers. */
        boolean fits() {
            return Stream.concat(Stream.of(constant), factors.values().stream())
                    .allMatch(number ->
                            Math.abs((long) number.precision() - number.scale()) <= MOST_DIGITS);
        }
    }

    /** Empty where it is no such sum. */
    private Optional<Sum> sum(Expr value) {
        var term = term(value);
        if (term.isPresent()) {
            return term.map(found -> new Sum(BigDecimal.ZERO, Map.of(found, BigDecimal.ONE)));
        }
        return switch (value) {
            case Expr.Literal(BigDecimal number, _) -> Optional.of(Sum.of(number));
            case Expr.Common common -> ofCommon(common);
            case Expr.Negate(var operand) ->
                    sum(operand).map(sum -> sum.times(BigDecimal.ONE.negate()));
            case Expr.Call(var function, var arguments, _)
                    when function == Function.ROUND || function == Function.IF_ENOUGH ->
                    sum(arguments.getFirst());
            case Expr.Arithmetic(var operator, var left, var right, _) ->
                    switch (operator) {
                        case ADD -> both(left, right, Sum::plus);
                        case SUBTRACT ->
                                both(
                                        left,
                                        right,
                                        (one, other) ->
                                                one.plus(other.times(BigDecimal.ONE.negate())));
                        case MULTIPLY -> product(left, right);
                        case DIVIDE -> quotient(left, right);
                    };
            default -> Optional.empty();
        };
    }

    private Optional<Sum> ofCommon(Expr.Common common) {
        var known = sums.get(common);
        if (known == null) {
            known = sum(common.value()).filter(Sum::fits);
            sums.put(common, known);
        }
        return known;
    }

    private Optional<Sum> both(Expr left, Expr right, BinaryOperator<Sum> how) {
        return sum(left).flatMap(one -> sum(right).map(other -> how.apply(one, other)));
    }

    private Optional<Sum> product(Expr left, Expr right) {
        return sum(left)
                .flatMap(one ->
                        sum(right)
                                .filter(other -> one.isConstant() || other.isConstant())
                                .map(other ->
                                        one.isConstant()
                                                ? other.times(one.constant())
                                                : one.times(other.constant())));
    }

    private Optional<Sum> quotient(Expr left, Expr right) {
        return sum(left)
                .flatMap(one ->
                        sum(right)
                                .filter(Sum::isConstant)
                                .filter(other -> other.constant().signum() != 0)
                                .map(other -> one.through(other.constant())));
    }

    /** A share, an average, a weighted average or a percentile. */
    private Optional<Term> term(Expr value) {
        return switch (value) {
            case Expr.LeafValue(int index, _) when isQuantile(index) ->
                    Optional.of(new Quantile(index, leaves.rowsWithValue(index)));
            case Expr.Share share -> Optional.of(share(share));
            case Expr.LeafValue(int index, _)
                    when leaves.leaf(index).aggregation()
                            instanceof Aggregation.Average(var ofRow) ->
                    Optional.of(
                            new Mean(
                                    index,
                                    leaves.leaf(index).scan(),
                                    leaves.rowsWithValue(index),
                                    null,
                                    ofRow,
                                    null));
            case Expr.Arithmetic(
                            var operator,
                            Expr.LeafValue(int sum, _),
                            Expr.LeafValue(int weights, _),
                            _)
                    when operator == Operator.DIVIDE ->
                    weighted(sum, leaves.leaf(sum), leaves.leaf(weights)).map(mean -> mean);
            default -> Optional.empty();
        };
    }

    private boolean isQuantile(int leaf) {
        return leaves.leaf(leaf).aggregation() instanceof Aggregation.Percentile
                || leaves.leaf(leaf).aggregation() instanceof Aggregation.Survival
                || leaves.leaf(leaf).aggregation()
                        instanceof Aggregation.Weighted(Aggregation.Percentile _, _)
                || leaves.leaf(leaf).aggregation()
                        instanceof Aggregation.Weighted(Aggregation.Survival _, _);
    }

    private Mean share(Expr.Share share) {
        var rows = leaves.leaf(share.rows().leaf());
        var matching = leaves.leaf(share.matching().leaf());
        if (!(matching.aggregation() instanceof Aggregation.Sum(Expr.Case(var arms, _, _)))) {
            throw new IllegalStateException("no leaf of what matches: " + matching);
        }
        var one = new Expr.Arm(arms.getFirst().condition(), ONE);
        return new Mean(
                share.rows().leaf(),
                rows.scan(),
                rows.where(),
                rows.aggregation() instanceof Aggregation.Sum(var weight) ? weight : null,
                new Expr.Case(List.of(one), ZERO, Type.INTEGER),
                share);
    }

    /** A sum of products through the sum of the weights, of rows that have one. */
    private Optional<Mean> weighted(int index, Leaf sum, Leaf weights) {
        if (!(sum.aggregation()
                        instanceof
                        Aggregation.Sum(Expr.Arithmetic(var operator, var ofRow, var weight, _)))
                || operator != Operator.MULTIPLY
                || sum.scan() != weights.scan()
                || !sum.where().equals(weights.where())
                || !Exprs.conjuncts(sum.where()).contains(hasWeight(weight))
                || !isOf(weights.aggregation(), weight)) {
            return Optional.empty();
        }
        return Optional.of(
                new Mean(index, sum.scan(), leaves.rowsWithValue(index), weight, ofRow, null));
    }

    private static Expr hasWeight(Expr weight) {
        return new Expr.Call(Function.HAS_WEIGHT, List.of(weight), Type.BOOLEAN);
    }

    private static boolean isOf(Aggregation weights, Expr weight) {
        return weights instanceof Aggregation.Sum(var each)
                && (each.equals(weight)
                        || (each instanceof Expr.Case(var arms, _, _)
                                && arms.getFirst().result().equals(weight)));
    }

    /** The same sum without its roundings. */
    private Expr unrounded(Expr value) {
        if (!Exprs.any(
                value,
                part ->
                        part instanceof Expr.Call(var function, _, _)
                                && function == Function.ROUND)) {
            return value;
        }
        return switch (value) {
            case Expr.Common common -> {
                var known = unrounded.get(common);
                if (known == null) {
                    known = new Expr.Common(unrounded(common.value()));
                    unrounded.put(common, known);
                }
                yield known;
            }
            case Expr.Call(_, var arguments, _) -> unrounded(arguments.getFirst());
            default -> {
                var operands = new IdentityHashMap<Expr, Expr>();
                Exprs.operands(value).forEach(operand -> operands.put(operand, unrounded(operand)));
                yield Exprs.withOperands(value, operands::get);
            }
        };
    }
}
