package dev.cairn.domain.why;

import dev.cairn.domain.why.Figures.Side;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What groups or accounts contribute to the change of a term: by formulas that add up to it for whatever units, as long as their counts and sums add up to those of
 * all.
 *
 * @param total of all of them
 * @param units of each
 * @param <K> what a unit is named by
 */
record Units<K>(Figures total, Map<K, Figures> units) {
    /**
     * What a unit contributes.
     *
     * @param rate by its value; of a ratio by its own, weighted by the mean of its weights
     * @param mix of a ratio, by its weight: how far its mean ratio is from that of all
     * @param weight of a ratio, the mean of its weights in both cells, where it has one in both; 1 of others
     */
    record Share(
            @Nullable Double from,
            @Nullable Double to,
            boolean wasThere,
            boolean isThere,
            double rate,
            double mix,
            double weight) {
        double contribution() {
            return rate + mix;
        }

        private Share times(double gain) {
            return new Share(from, to, wasThere, isThere, gain * rate, gain * mix, weight);
        }

        private Share and(Share other) {
            return new Share(
                    null,
                    null,
                    wasThere || other.wasThere,
                    isThere || other.isThere,
                    contribution() + other.contribution(),
                    0,
                    1);
        }
    }

    /** Empty where no unit has a value of its own of something that it is made of. */
    Optional<Map<K, Share>> of(Term term) {
        return switch (term) {
            case Term.Constant _ -> Optional.of(Map.of());
            case Term.Named(_, _, var inner) -> of(inner);
            case Term additive when additive.isAdditive() -> Optional.of(additive(term));
            case Term.Leaf _, Term.Spread _, Term.Rounded _ -> Optional.empty();
            case Term.Sum(_, var terms) -> {
                var all = new LinkedHashMap<K, Share>();
                for (var signed : terms) {
                    var shares = of(signed.term());
                    if (shares.isEmpty()) {
                        yield Optional.empty();
                    }
                    merge(all, shares.get(), signed.sign());
                }
                yield Optional.of(all);
            }
            case Term.Product(_, var left, var right) ->
                    linear(left, mean(right), right, mean(left));
            case Term.Quotient(_, var top, var bottom)
                    when bottom.unnamed() instanceof Term.Constant ->
                    linear(top, reciprocal(bottom), bottom, 0.0);
            case Term.Quotient(_, var top, var bottom)
                    when top.isAdditive() && bottom.isAdditive() ->
                    ratio(top, bottom);
            case Term.Quotient(_, var top, var bottom) ->
                    linear(top, reciprocal(bottom), bottom, ofBottom(top, bottom));
            case Term.Choice choice -> {
                int before = total.arm(choice, Side.FROM);
                yield before >= 0 && before == total.arm(choice, Side.TO)
                        ? of(choice.arms().get(before))
                        : Optional.empty();
            }
        };
    }

    private Map<K, Share> additive(Term term) {
        var shares = new LinkedHashMap<K, Share>();
        units.forEach((unit, figures) -> {
            double from = orNothing(figures.part(term, Side.FROM));
            double to = orNothing(figures.part(term, Side.TO));
            shares.put(
                    unit,
                    new Share(
                            from,
                            to,
                            isThere(term, figures, Side.FROM),
                            isThere(term, figures, Side.TO),
                            to - from,
                            0,
                            1));
        });
        return shares;
    }

    private Optional<Map<K, Share>> linear(
            Term one, @Nullable Double ofOne, Term other, @Nullable Double ofOther) {
        var shares = of(one);
        var others = of(other);
        if (ofOne == null || ofOther == null || shares.isEmpty() || others.isEmpty()) {
            return Optional.empty();
        }
        var all = new LinkedHashMap<K, Share>();
        merge(all, shares.get(), ofOne);
        merge(all, others.get(), ofOther);
        return Optional.of(all);
    }

    private void merge(Map<K, Share> all, Map<K, Share> more, double gain) {
        more.forEach((unit, share) -> all.merge(unit, share.times(gain), Share::and));
    }

    /** With R = A / B, the sum over units of A_u / B - R' B_u / B, R' the mean of both R: the weights B_u / B add up to 1 in both cells. */
    private Optional<Map<K, Share>> ratio(Term top, Term bottom) {
        var before = total.value(top, Side.FROM);
        var after = total.value(top, Side.TO);
        var base = total.value(bottom, Side.FROM);
        var baseAfter = total.value(bottom, Side.TO);
        if (before == null
                || after == null
                || base == null
                || baseAfter == null
                || base == 0
                || baseAfter == 0) {
            return Optional.empty();
        }
        double mean = (before / base + after / baseAfter) / 2;
        var shares = new LinkedHashMap<K, Share>();
        units.forEach((unit, figures) -> {
            double top0 = orNothing(figures.part(top, Side.FROM));
            double top1 = orNothing(figures.part(top, Side.TO));
            double bottom0 = orNothing(figures.part(bottom, Side.FROM));
            double bottom1 = orNothing(figures.part(bottom, Side.TO));
            double moved =
                    top1 / baseAfter - top0 / base - mean * (bottom1 / baseAfter - bottom0 / base);
            boolean isInBoth = bottom0 != 0 && bottom1 != 0;
            double weight = isInBoth ? (bottom0 / base + bottom1 / baseAfter) / 2 : 0;
            double rate = isInBoth ? weight * (top1 / bottom1 - top0 / bottom0) : 0;
            shares.put(
                    unit,
                    new Share(
                            bottom0 == 0 ? null : (Double) (top0 / bottom0),
                            bottom1 == 0 ? null : (Double) (top1 / bottom1),
                            top0 != 0 || bottom0 != 0,
                            top1 != 0 || bottom1 != 0,
                            rate,
                            moved - rate,
                            weight));
        });
        return Optional.of(shares);
    }

    /** Whether something of it is there, though what is there may cancel out. */
    private static boolean isThere(Term term, Figures figures, Side side) {
        return switch (term) {
            case Term.Constant _ -> false;
            case Term.Leaf leaf -> orNothing(figures.part(leaf, side)) != 0;
            case Term inner -> inner.inside().stream().anyMatch(it -> isThere(it, figures, side));
        };
    }

    private static double orNothing(@Nullable Double value) {
        return value == null ? 0 : value;
    }

    /** The mean of both cells. */
    @Nullable Double mean(Term term) {
        var from = total.value(term, Side.FROM);
        var to = total.value(term, Side.TO);
        return from == null || to == null ? null : (Double) ((from + to) / 2);
    }

    /** The mean of one through it. */
    @Nullable Double reciprocal(Term bottom) {
        var from = total.value(bottom, Side.FROM);
        var to = total.value(bottom, Side.TO);
        return from == null || to == null || from == 0 || to == 0
                ? null
                : (Double) ((1 / from + 1 / to) / 2);
    }

    /** What a ratio gains with each more of its denominator: the mean numerator times how far one through the denominator moves. */
    @Nullable Double ofBottom(Term top, Term bottom) {
        var mean = mean(top);
        var from = total.value(bottom, Side.FROM);
        var to = total.value(bottom, Side.TO);
        return mean == null || from == null || to == null || from == 0 || to == 0
                ? null
                : (Double) (-mean / (from * to));
    }
}
