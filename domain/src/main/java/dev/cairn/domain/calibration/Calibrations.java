package dev.cairn.domain.calibration;

import dev.cairn.domain.calibration.Calibration.Checkpoint;
import dev.cairn.domain.calibration.Calibration.Scored;
import dev.cairn.domain.calibration.CalibrationQuery.Outcomes;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Puts scores and outcomes together. */
public final class Calibrations {
    private final CalibrationQuery query;
    private final ScoreBands bands;

    public Calibrations(CalibrationQuery query, ScoreBands bands) {
        this.query = query;
        this.bands = bands;
    }

    /** Which accounts' scores are read on which days. */
    public static Map<LocalDate, Set<String>> needed(Outcomes.Renewals asked, List<Term> terms) {
        var needed = new TreeMap<LocalDate, Set<String>>();
        for (int days : asked.days()) {
            for (var term : terms) {
                var on = asked.every().before(term.due().minusDays(days));
                if (term.decided() > 0 && !term.isDecidedBefore(on)) {
                    needed.computeIfAbsent(on, _ -> new TreeSet<>()).add(term.account());
                }
            }
        }
        return needed;
    }

    /**
     * Of accounts from one day on.
     *
     * @param scores of each account that there was
     * @param outcomes 1 where the condition held, 0 where not; none where it was empty
     * @param mayChange accounts whose outcome may still change
     */
    public Checkpoint within(
            Outcomes.Within asked,
            LocalDate date,
            Map<String, double[]> scores,
            Map<String, Double> outcomes,
            Set<String> mayChange) {
        var cases = new ArrayList<Case>();
        int pending = 0;
        for (var one : new TreeMap<>(scores).entrySet()) {
            double outcome = outcomes.getOrDefault(one.getKey(), Double.NaN);
            if (Double.isNaN(outcome)) {
                pending++;
            } else {
                boolean isGood = (outcome == 1) == asked.isGood();
                cases.add(scored(one.getKey(), date, null, one.getValue(), isGood));
            }
        }
        int incomplete = (int) scores.keySet().stream().filter(mayChange::contains).count();
        return checkpoint(null, date, cases, new Counts(pending, 0, 0, incomplete));
    }

    /**
     * Of accounts that succeeded or did not.
     *
     * @param date from which day on that is decided; null: from one of each account
     * @param scores by day and account
     */
    public Checkpoint succeeded(
            @Nullable LocalDate date,
            List<SuccessQuestion.Labelled> labelled,
            Map<LocalDate, Map<String, double[]>> scores) {
        var cases = new ArrayList<Case>();
        int pending = 0;
        int absent = 0;
        int incomplete = 0;
        for (var one : labelled) {
            var score = scores.getOrDefault(one.on(), Map.of()).get(one.account());
            if (one.isGood() == null) {
                pending++;
            } else if (score == null) {
                absent++;
            } else {
                cases.add(scored(one.account(), one.on(), null, score, one.isGood()));
                incomplete += one.mayChange() ? 1 : 0;
            }
        }
        return checkpoint(null, date, cases, new Counts(pending, 0, absent, incomplete));
    }

    /** @param scores by day and account */
    public Checkpoint renewals(
            Outcomes.Renewals asked,
            int days,
            List<Term> terms,
            Map<LocalDate, Map<String, double[]>> scores) {
        var cases = new ArrayList<Case>();
        int pending = 0;
        int decidedBefore = 0;
        int absent = 0;
        for (var term : terms) {
            pending += term.terms() - term.decided();
            var on = asked.every().before(term.due().minusDays(days));
            if (term.isDecidedBefore(on)) {
                decidedBefore += term.decided();
                continue;
            }
            var score = scores.getOrDefault(on, Map.of()).get(term.account());
            if (score == null) {
                absent += term.decided();
                continue;
            }
            for (int i = 0; i < term.decided(); i++) {
                cases.add(scored(term.account(), on, term.due(), score, i < term.renewed()));
            }
        }
        return checkpoint(days, null, cases, new Counts(pending, decidedBefore, absent, 0));
    }

    private static Case scored(
            String account,
            LocalDate on,
            @Nullable LocalDate due,
            double[] scores,
            boolean isGood) {
        return new Case(
                account, on, due, scores[0], scores.length > 1 ? scores[1] : Double.NaN, isGood);
    }

    private record Counts(int pending, int decidedBefore, int absent, int incomplete) {}

    private Checkpoint checkpoint(
            @Nullable Integer days, @Nullable LocalDate date, List<Case> cases, Counts counts) {
        var accounts = new HashSet<String>();
        cases.forEach(one -> accounts.add(one.account()));
        return new Checkpoint(
                days,
                date,
                cases.size(),
                accounts.size(),
                counts.pending(),
                counts.decidedBefore(),
                counts.absent(),
                counts.incomplete(),
                scores(cases));
    }

    private List<Scored> scores(List<Case> cases) {
        var scores = new ArrayList<Scored>();
        scores.add(Calibrator.of(query.score(), bands, cases, query.thresholds()));
        if (query.instead() != null) {
            var others = cases.stream().map(one -> one.withScore(one.instead())).toList();
            scores.add(Calibrator.of(query.instead(), bands, others, query.thresholds()));
        }
        return scores;
    }
}
