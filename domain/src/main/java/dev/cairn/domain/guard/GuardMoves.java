package dev.cairn.domain.guard;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.guard.Guard.Move;
import dev.cairn.domain.guard.Guard.State;
import dev.cairn.domain.sample.Sample;
import dev.cairn.domain.statistics.ClusteredRatio;
import dev.cairn.domain.statistics.Estimate;
import dev.cairn.domain.statistics.MeanDifference;
import dev.cairn.domain.statistics.Moments;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Tests how metrics moved from one cycle to the next, the account as unit: of ratios by the delta method, of other values by the paired differences of accounts. What grows with the length of a cycle
 * has to have moved by more than the calendar explains, whether it happens once a cycle, each day or each working day: of the three tests the one that is least sure counts.
 *
 * @param looks in a year
 */
public record GuardMoves(GuardWindows windows, int looks) {
    /** With fewer the distribution of a mean is not near enough to Student's. */
    public static final int FEWEST = 20;

    private static final double A_YEAR = 0.05;

    /** What each p has to be below. */
    public double level() {
        return A_YEAR / looks;
    }

    /** Why a metric is not tested whose data is broken, or not all there. */
    public static String unsound(String metric) {
        return "The data of '%s' does not reach over both cycles, or is broken on some of their days."
                .formatted(metric);
    }

    /**
     * Values of a metric in both cycles.
     *
     * @param isFlow whether a longer cycle has more of it, were every day alike
     */
    public record Column(
            Sample before, Sample now, String key, boolean isHigherBetter, boolean isFlow) {
        /** Why what it moved by is not what accounts did; empty: it is. */
        Optional<String> unsound() {
            var columns = List.of(before.column(key), now.column(key));
            if (columns.stream()
                    .anyMatch(column -> column.absences().containsKey(Absence.UNTRUSTED))) {
                return Optional.of(
                        "The data of '%s' is trusted less than its owner asks for.".formatted(key));
            }
            return columns.stream().anyMatch(column -> column.unsound() > 0)
                    ? Optional.of(GuardMoves.unsound(key))
                    : Optional.empty();
        }
    }

    /** Whether the one got better while the other got worse. */
    public Guard guard(String metric, Column own, String counter, Column others) {
        var unsound = own.unsound().or(others::unsound);
        if (unsound.isPresent()) {
            return Guard.untested(
                    metric, counter, State.NOT_ENOUGH_DATA, windows, level(), unsound.get());
        }
        var move = move(own);
        var counterMove = move(others);
        if (move.isEmpty() || counterMove.isEmpty()) {
            return new Guard(
                    metric,
                    counter,
                    State.NOT_ENOUGH_DATA,
                    windows.from(),
                    windows.until(),
                    move.orElse(null),
                    counterMove.orElse(null),
                    level(),
                    "Fewer than %d accounts have a value of '%s' that moved."
                            .formatted(FEWEST, move.isEmpty() ? metric : counter),
                    null,
                    null);
        }
        return Guard.of(
                metric,
                counter,
                windows.from(),
                windows.until(),
                move.get(),
                counterMove.get(),
                level());
    }

    private Optional<Move> move(Column column) {
        var before = values(column.before(), column.key());
        var now = values(column.now(), column.key());
        var move = move(before, now, 1, column.isHigherBetter());
        if (!column.isFlow()) {
            return move;
        }
        for (double exposure : windows.exposures()) {
            var other = move(before, now, exposure, column.isHigherBetter());
            move = move.flatMap(one -> other.map(one::lessSure));
        }
        return move;
    }

    /** @param exposure how many times the value before there would be, had nothing changed */
    private static Optional<Move> move(
            Map<String, Value> before,
            Map<String, Value> now,
            double exposure,
            boolean isHigherBetter) {
        var accounts = new TreeSet<>(before.keySet());
        accounts.addAll(now.keySet());
        boolean isRatio =
                now.values().stream().anyMatch(Value::isRatio)
                        && before.values().stream().anyMatch(Value::isRatio);
        if (isRatio) {
            return ratio(accounts, before, now, exposure, isHigherBetter);
        }
        accounts.retainAll(before.keySet());
        accounts.retainAll(now.keySet());
        var differences =
                accounts.stream()
                        .mapToDouble(
                                one -> of(now, one).value() - exposure * of(before, one).value())
                        .toArray();
        return differences.length < FEWEST
                ? Optional.empty()
                : tested(
                        MeanDifference.paired(Moments.of(differences)),
                        differences.length,
                        isHigherBetter);
    }

    private static Optional<Move> ratio(
            TreeSet<String> accounts,
            Map<String, Value> before,
            Map<String, Value> now,
            double exposure,
            boolean isHigherBetter) {
        var nows = accounts.stream().mapToDouble(one -> of(now, one).denominator()).toArray();
        var befores = accounts.stream().mapToDouble(one -> of(before, one).denominator()).toArray();
        if (counted(nows) < FEWEST || counted(befores) < FEWEST) {
            return Optional.empty();
        }
        var later =
                ClusteredRatio.of(
                        accounts.stream().mapToDouble(one -> of(now, one).numerator()).toArray(),
                        nows);
        var earlier =
                ClusteredRatio.of(
                        accounts.stream()
                                .mapToDouble(one -> exposure * of(before, one).numerator())
                                .toArray(),
                        befores);
        return tested(later.less(earlier), accounts.size(), isHigherBetter);
    }

    private static long counted(double[] denominators) {
        return Arrays.stream(denominators).filter(one -> one != 0).count();
    }

    private static Optional<Move> tested(Estimate change, int accounts, boolean isHigherBetter) {
        if (!change.isTestable()) {
            return Optional.empty();
        }
        double tail = change.p() / 2;
        boolean isBetter = change.value() > 0 == isHigherBetter;
        return Optional.of(
                new Move(
                        change.value(),
                        isBetter ? tail : 1 - tail,
                        isBetter ? 1 - tail : tail,
                        accounts));
    }

    /** @param value NaN where there is none */
    private record Value(double value, double numerator, double denominator, boolean isRatio) {
        private static final Value NONE = new Value(Double.NaN, 0, 0, false);
    }

    private static Value of(Map<String, Value> values, String account) {
        return values.getOrDefault(account, Value.NONE);
    }

    private static Map<String, Value> values(Sample sample, String key) {
        var values = new HashMap<String, Value>();
        var column = sample.column(key);
        for (int at = 0; at < sample.size(); at++) {
            if (!Double.isNaN(column.value(at))) {
                double denominator = column.denominator(at);
                boolean isRatio = !Double.isNaN(denominator) && !Double.isNaN(column.numerator(at));
                values.put(
                        sample.accounts().get(at),
                        new Value(
                                column.value(at),
                                isRatio ? column.numerator(at) : 0,
                                isRatio ? denominator : 0,
                                isRatio));
            }
        }
        return values;
    }
}
