package dev.cairn.domain.why;

import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.formula.AggregateFunction;
import dev.cairn.domain.why.Figures.Side;
import dev.cairn.domain.why.Piece.Kind;
import dev.cairn.domain.why.Piece.Moved;
import dev.cairn.domain.why.Term.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * What accounts that entered, that left and that changed did to a median or another value that is no sum: the mean, over all orders of the three, of what each does when its
 * turn comes (L. S. Shapley, "A Value for n-Person Games", 1953). Orders on whose way no account is left have no value and do not count.
 *
 * @param top accounts of a kind that are told one by one
 */
record Spreads(Term.Spread spread, Map<GroupValue, Figures> accounts, int top) {
    private static final List<Kind> KINDS = List.of(Kind.ENTERED, Kind.LEFT, Kind.CHANGED);

    private static final List<List<Kind>> ORDERS =
            List.of(
                    List.of(Kind.ENTERED, Kind.LEFT, Kind.CHANGED),
                    List.of(Kind.ENTERED, Kind.CHANGED, Kind.LEFT),
                    List.of(Kind.LEFT, Kind.ENTERED, Kind.CHANGED),
                    List.of(Kind.LEFT, Kind.CHANGED, Kind.ENTERED),
                    List.of(Kind.CHANGED, Kind.ENTERED, Kind.LEFT),
                    List.of(Kind.CHANGED, Kind.LEFT, Kind.ENTERED));

    /** Empty where the values of accounts do not lead to those of the cells. */
    List<Piece> members(@Nullable Double from, @Nullable Double to, double gain) {
        if (!leads(List.of(), from) || !leads(KINDS, to)) {
            return List.of();
        }
        var sums = new LinkedHashMap<Kind, Double>();
        int counted = 0;
        for (var order : ORDERS) {
            var path = path(order);
            if (path.stream().allMatch(OptionalDouble::isPresent)) {
                counted++;
                for (int at = 0; at < order.size(); at++) {
                    double step = path.get(at + 1).getAsDouble() - path.get(at).getAsDouble();
                    sums.merge(order.get(at), step, Double::sum);
                }
            }
        }
        var pieces = new ArrayList<Piece>();
        for (var kind : counted == 0 ? List.<Kind>of() : KINDS) {
            var of = of(kind);
            if (!of.isEmpty()) {
                double sum = Objects.requireNonNull(sums.get(kind));
                pieces.add(piece(kind, gain * sum / counted, of));
            }
        }
        return pieces;
    }

    private Piece piece(Kind kind, double contribution, List<Moved> of) {
        return new Piece(
                switch (kind) {
                    case ENTERED -> "accounts that entered";
                    case LEFT -> "accounts that left";
                    default -> "accounts in both";
                },
                kind,
                null,
                null,
                contribution,
                of.size(),
                List.of(),
                List.of(),
                List.of(),
                of.stream().limit(top).toList());
    }

    /** Those whose own values moved furthest first. */
    private List<Moved> of(Kind kind) {
        return accounts.entrySet().stream()
                .filter(account -> kind == kind(account.getValue()))
                .map(account ->
                        new Moved(
                                account.getKey(),
                                value(account.getValue(), Side.FROM),
                                value(account.getValue(), Side.TO),
                                null))
                .sorted(Comparator.comparingDouble(moved -> -distance(moved)))
                .toList();
    }

    private static double distance(Moved moved) {
        return moved.from() == null || moved.to() == null ? 0 : Math.abs(moved.to() - moved.from());
    }

    private @Nullable Kind kind(Figures figures) {
        boolean was = value(figures, Side.FROM) != null;
        boolean is = value(figures, Side.TO) != null;
        if (was) {
            return is ? Kind.CHANGED : Kind.LEFT;
        }
        return is ? Kind.ENTERED : null;
    }

    private @Nullable Double value(Figures figures, Side side) {
        Map<Column, Double> values = side == Side.FROM ? figures.from() : figures.to();
        return values.get(spread.each());
    }

    private List<OptionalDouble> path(List<Kind> order) {
        var path = new ArrayList<OptionalDouble>();
        for (int done = 0; done <= order.size(); done++) {
            path.add(after(order.subList(0, done)));
        }
        return path;
    }

    private boolean leads(List<Kind> done, @Nullable Double value) {
        var found = after(done);
        return value != null
                && found.isPresent()
                && Math.abs(found.getAsDouble() - value)
                        <= Pieces.TOLERANCE * (Math.abs(value) + Math.abs(found.getAsDouble()));
    }

    /** The value once these have done what they do. */
    OptionalDouble after(List<Kind> done) {
        var values =
                accounts.values().stream()
                        .flatMapToDouble(figures -> {
                            var kind = kind(figures);
                            boolean isDone = kind != null && done.contains(kind);
                            var value = value(figures, isDone ? Side.TO : Side.FROM);
                            return value == null ? DoubleStream.empty() : DoubleStream.of(value);
                        })
                        .sorted()
                        .toArray();
        return values.length == 0 ? OptionalDouble.empty() : of(spread.function(), values);
    }

    /** @param sorted at least one */
    private static OptionalDouble of(AggregateFunction function, double[] sorted) {
        return switch (function) {
            case AggregateFunction.Percentile(var fraction, var discrete) ->
                    OptionalDouble.of(
                            discrete
                                    ? sorted[
                                            Math.max(
                                                            1,
                                                            (int)
                                                                    Math.ceil(
                                                                            fraction.doubleValue()
                                                                                    * sorted.length))
                                                    - 1]
                                    : interpolated(sorted, fraction.doubleValue()));
            case AggregateFunction.Named.MEDIAN -> OptionalDouble.of(interpolated(sorted, 0.5));
            case AggregateFunction.Named.MIN -> OptionalDouble.of(sorted[0]);
            case AggregateFunction.Named.MAX -> OptionalDouble.of(sorted[sorted.length - 1]);
            case AggregateFunction.Named.STDDEV -> deviation(sorted);
            case AggregateFunction.Named _ -> OptionalDouble.empty();
        };
    }

    private static double interpolated(double[] sorted, double fraction) {
        double rank = fraction * (sorted.length - 1);
        int below = (int) Math.floor(rank);
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
    }

    private static OptionalDouble deviation(double[] values) {
        if (values.length < 2) {
            return OptionalDouble.empty();
        }
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
        return OptionalDouble.of(Math.sqrt(squares / (values.length - 1)));
    }
}
