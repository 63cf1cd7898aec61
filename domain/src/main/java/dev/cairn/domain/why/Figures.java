package dev.cairn.domain.why;

import dev.cairn.domain.why.Term.Column;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * The values of columns in both cells, of all that is in them, of a group or of an account. What has no value is not in it.
 *
 * @param from of the cell that the value moved from
 * @param to of the other
 */
record Figures(Map<Column, Double> from, Map<Column, Double> to) {
    Figures {
        from = Map.copyOf(from);
        to = Map.copyOf(to);
    }

    /** Which of the two cells. */
    enum Side {
        FROM,
        TO
    }

    private Map<Column, Double> of(Side side) {
        return switch (side) {
            case FROM -> from;
            case TO -> to;
        };
    }

    /** Null where there is none. */
    @Nullable Double value(Term term, Side side) {
        return value(term, side, null);
    }

    /** Of a part of all, where what has no row is nothing. */
    @Nullable Double part(Term term, Side side) {
        return value(term, side, 0.0);
    }

    private @Nullable Double value(Term term, Side side, @Nullable Double none) {
        return switch (term) {
            case Term.Spread(var column, _, _) -> of(side).get(column);
            case Term.Leaf(var column, _) -> {
                var value = of(side).get(column);
                yield value == null ? none : value;
            }
            case Term.Constant(_, var value) -> value;
            case Term.Sum(_, var terms) -> {
                double sum = 0;
                for (var signed : terms) {
                    var value = value(signed.term(), side, none);
                    if (value == null) {
                        yield null;
                    }
                    sum += signed.sign() * value;
                }
                yield sum;
            }
            case Term.Product(_, var left, var right) -> {
                var one = value(left, side, none);
                var other = value(right, side, none);
                yield one == null || other == null ? null : (Double) (one * other);
            }
            case Term.Quotient(_, var top, var bottom) -> {
                var one = value(top, side, none);
                var other = value(bottom, side, none);
                yield one == null || other == null || other == 0 ? null : (Double) (one / other);
            }
            case Term.Named(_, _, var inner) -> value(inner, side, none);
            case Term.Choice choice -> {
                int arm = arm(choice, side);
                yield arm < 0 ? null : value(choice.arms().get(arm), side, none);
            }
            case Term.Rounded(var column, _) -> of(side).get(column);
        };
    }

    /** Which arm is taken; -1 where that is not known. */
    int arm(Term.Choice choice, Side side) {
        var arms = choice.arms();
        return switch (choice.pick()) {
            case CONDITION -> {
                for (int at = 0; at < choice.conditions().size(); at++) {
                    var holds = of(side).get(choice.conditions().get(at));
                    if (holds == null) {
                        yield -1;
                    }
                    if (holds == 1) {
                        yield at;
                    }
                }
                yield arms.size() - 1;
            }
            case FIRST -> {
                for (int at = 0; at < arms.size(); at++) {
                    if (value(arms.get(at), side) != null) {
                        yield at;
                    }
                }
                yield -1;
            }
            case LEAST -> nth(choice, side, 0);
            case GREATEST -> nth(choice, side, arms.size() - 1);
            case MIDDLE -> nth(choice, side, 1);
        };
    }

    /** The arm whose value is the so many least; of equal ones the first. */
    private int nth(Term.Choice choice, Side side, int nth) {
        var values = choice.arms().stream().map(arm -> value(arm, side)).toList();
        if (values.stream().anyMatch(value -> value == null)) {
            return -1;
        }
        var wanted = values.stream().flatMapToDouble(DoubleStream::of).sorted().toArray()[nth];
        for (int at = 0; at < values.size(); at++) {
            var value = values.get(at);
            if (value != null && value == wanted) {
                return at;
            }
        }
        return -1;
    }
}
