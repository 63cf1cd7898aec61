package dev.cairn.domain.calibration;

import dev.cairn.domain.calibration.Calibration.BandOutcomes;
import dev.cairn.domain.calibration.Calibration.Break;
import dev.cairn.domain.calibration.Calibration.Order;
import dev.cairn.domain.calibration.Calibration.Scored;
import dev.cairn.domain.calibration.Calibration.Threshold;
import dev.cairn.domain.statistics.Auc;
import dev.cairn.domain.statistics.Groups;
import dev.cairn.domain.statistics.Proportion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Holds the scores of cases against what happened. */
final class Calibrator {
    private static final Comparator<Case> BY_SCORE =
            Comparator.comparingDouble(Case::score)
                    .thenComparing(Case::account)
                    .thenComparing(Case::scoredOn);

    private final ScoreBands bands;
    private final List<Case> cases;
    private final List<Case> scored;

    private Calibrator(ScoreBands bands, Collection<Case> cases) {
        this.bands = bands;
        this.cases = List.copyOf(cases);
        this.scored = cases.stream().filter(one -> !Double.isNaN(one.score())).toList();
    }

    /** @param thresholds to count alarms by; empty: the edges of the bands and tenths of the cases */
    static Scored of(
            String score, ScoreBands bands, Collection<Case> cases, List<Double> thresholds) {
        var of = new Calibrator(bands, cases);
        var outcomes = of.outcomes();
        var breaks = of.breaks(outcomes);
        return new Scored(
                score,
                outcomes,
                of.order(outcomes, breaks),
                breaks,
                of.auc(),
                of.brier(),
                of.thresholds(thresholds),
                of.wrong(bands.best(), false),
                of.wrong(bands.worst(), true));
    }

    private List<BandOutcomes> outcomes() {
        var outcomes = new ArrayList<BandOutcomes>();
        for (var name : bands.names()) {
            outcomes.add(
                    outcomes(
                            name,
                            scored.stream()
                                    .filter(one -> bands.of(one.score()).equals(name))
                                    .toList()));
        }
        var without = cases.stream().filter(one -> Double.isNaN(one.score())).toList();
        if (!without.isEmpty()) {
            outcomes.add(outcomes(null, without));
        }
        return outcomes;
    }

    private static BandOutcomes outcomes(@Nullable String band, List<Case> of) {
        int good = (int) of.stream().filter(Case::isGood).count();
        if (of.isEmpty()) {
            return new BandOutcomes(band, 0, 0, null, null, null);
        }
        var interval = new Proportion(good, of.size()).wilson();
        return new BandOutcomes(
                band, of.size(), good, (double) good / of.size(), interval.low(), interval.high());
    }

    /** Bands with cases, from the worst to the best. */
    private List<BandOutcomes> fromWorst(List<BandOutcomes> outcomes) {
        var some =
                new ArrayList<>(
                        outcomes.stream()
                                .filter(one -> one.band() != null && one.cases() > 0)
                                .toList());
        return bands.isHigherBetter() ? some : some.reversed();
    }

    private List<Break> breaks(List<BandOutcomes> outcomes) {
        var ordered = fromWorst(outcomes);
        var breaks = new ArrayList<Break>();
        for (int i = 1; i < ordered.size(); i++) {
            var worse = ordered.get(i - 1);
            var better = ordered.get(i);
            if ((long) worse.good() * better.cases() > (long) better.good() * worse.cases()) {
                breaks.add(new Break(named(worse), named(better), chance(worse, better)));
            }
        }
        return breaks;
    }

    private static String named(BandOutcomes outcomes) {
        return outcomes.band() == null ? "" : outcomes.band();
    }

    /** By the pooled share. */
    private static double chance(BandOutcomes one, BandOutcomes other) {
        return new Proportion(one.good(), one.cases())
                .pooled(new Proportion(other.good(), other.cases()))
                .p();
    }

    private Order order(List<BandOutcomes> outcomes, List<Break> breaks) {
        if (fromWorst(outcomes).size() < 2) {
            return Order.UNKNOWN;
        }
        return breaks.isEmpty() ? Order.AS_EXPECTED : Order.BROKEN;
    }

    private @Nullable Auc auc() {
        double sign = bands.isHigherBetter() ? 1 : -1;
        var groups =
                Groups.of(
                        scored.size(),
                        at -> sign * scored.get(at).score(),
                        at -> scored.get(at).isGood());
        return groups.successes() < 2 || groups.rest() < 2 ? null : Auc.of(groups);
    }

    private @Nullable Double brier() {
        return !scored.isEmpty()
                        && bands.isHigherBetter()
                        && scored.stream().allMatch(one -> one.score() >= 0 && one.score() <= 1)
                ? scored.stream()
                        .mapToDouble(one -> Math.pow(one.score() - (one.isGood() ? 1 : 0), 2))
                        .average()
                        .orElseThrow()
                : null;
    }

    private List<Threshold> thresholds(List<Double> asked) {
        var at = new TreeSet<>(asked);
        if (at.isEmpty()) {
            at.addAll(bands.edges());
            at.addAll(tenths());
        }
        return at.stream().map(this::threshold).toList();
    }

    private List<Double> tenths() {
        var sorted = scored.stream().mapToDouble(Case::score).toArray();
        Arrays.sort(sorted);
        var tenths = new ArrayList<Double>();
        for (int tenth = 1; tenth < 10 && sorted.length > 0; tenth++) {
            tenths.add(sorted[sorted.length * tenth / 10]);
        }
        return tenths;
    }

    private Threshold threshold(double at) {
        int alarms = 0;
        int caught = 0;
        int missed = 0;
        for (var one : scored) {
            boolean isAlarm = bands.isHigherBetter() ? one.score() < at : one.score() >= at;
            alarms += isAlarm ? 1 : 0;
            caught += isAlarm && !one.isGood() ? 1 : 0;
            missed += !isAlarm && !one.isGood() ? 1 : 0;
        }
        return new Threshold(at, alarms, caught, missed, alarms - caught);
    }

    /** Of a band, those with the outcome that was not to be expected; the clearest first. */
    private List<Case> wrong(String band, boolean isGood) {
        boolean fromGreatest = isGood != bands.isHigherBetter();
        return scored.stream()
                .filter(one -> one.isGood() == isGood && bands.of(one.score()).equals(band))
                .sorted(fromGreatest ? BY_SCORE.reversed() : BY_SCORE)
                .toList();
    }
}
