package dev.cairn.domain.analysis;

import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.Measured.Contribution;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the score of one account changed between two days, and what each part of it did to that.
 *
 * @param difference after less before; null where one of them has no score
 * @param parts in the order of the score; their differences add up to that of the score. Empty where the metric has no parts
 */
public record ScoreChange(
        Score before, Score after, @Nullable Double difference, List<PartChange> parts) {
    public ScoreChange {
        parts = List.copyOf(parts);
    }

    /**
     * A score as of the end of a day.
     *
     * @param value null: there is none, and absence says why
     * @param band null where the metric has no bands, or there is no score
     * @param incompleteBecause why it may still change; empty: it is complete
     */
    public record Score(
            @Nullable Double value,
            @Nullable Absence absence,
            @Nullable String band,
            Set<Incomplete> incompleteBecause) {
        public Score {
            incompleteBecause = Incomplete.copyOf(incompleteBecause);
        }
    }

    /**
     * What a part added to the score.
     *
     * @param name null where it has none
     * @param before null where the part was missing: its weight was on the others, or what stood for it is in them
     * @param after the same
     * @param difference after less before, where a missing part added nothing; null where one of the scores is missing
     */
    public record PartChange(
            @Nullable String name,
            @Nullable Double before,
            @Nullable Double after,
            @Nullable Double difference) {}

    /** The question whose answer says it: the score over the one day, compared with that over the other. */
    public static AnalysisQuery question(
            String metric, String account, LocalDate from, LocalDate to, ZoneId zone) {
        return AnalysisQuery.of(
                        List.of(new AskedMetric(new MetricReference.ByKey(metric), null)),
                        day(to),
                        zone)
                .withFilter(new Filter.Where("account", Operator.IN, List.of(account)))
                .withCompareTo(new Comparison.Other(day(from)))
                .withKeys(false);
    }

    private static AskedRange day(LocalDate day) {
        return new AskedRange.Between(day, day.plusDays(1));
    }

    /** @param answer to {@link #question} */
    public static ScoreChange of(AnalysisResult answer) {
        var cells = answer.rows().isEmpty() ? List.<Cell>of() : answer.rows().getFirst().cells();
        var values = new ArrayList<Cell.Value>();
        var bands = new ArrayList<@Nullable String>();
        for (var cell : cells) {
            if (cell instanceof Cell.Value value) {
                values.add(value);
                bands.add(null);
            } else if (cell instanceof Cell.Standing(String band)) {
                bands.set(bands.size() - 1, band);
            }
        }
        if (values.size() != 2) {
            var none = new Score(null, Absence.NO_DATA, null, Set.of());
            return new ScoreChange(none, none, null, List.of());
        }
        var after = score(values.getFirst(), bands.getFirst());
        var before = score(values.getLast(), bands.getLast());
        return new ScoreChange(
                before,
                after,
                difference(before.value(), after.value()),
                parts(
                        values.getLast().value().contributions(),
                        values.getFirst().value().contributions(),
                        before.value() != null && after.value() != null));
    }

    private static Score score(Cell.Value cell, @Nullable String band) {
        var value =
                cell.value().value() instanceof Number number
                        ? (Double) number.doubleValue()
                        : null;
        return new Score(value, cell.value().absence(), band, cell.incomplete());
    }

    private static @Nullable Double difference(@Nullable Double before, @Nullable Double after) {
        return before == null || after == null ? null : (Double) (after - before);
    }

    /** Parts come in the same order of both, and unnamed ones are told apart by it. */
    private static List<PartChange> parts(
            List<Contribution> before, List<Contribution> after, boolean areScores) {
        var changes = new ArrayList<PartChange>();
        for (int at = 0; at < Math.min(before.size(), after.size()); at++) {
            var was = number(before.get(at));
            var is = number(after.get(at));
            boolean isMissing = was == null && is == null && areScores;
            if (!isMissing || before.get(at).name() != null) {
                changes.add(
                        new PartChange(
                                before.get(at).name(),
                                was,
                                is,
                                areScores ? difference(orNothing(was), orNothing(is)) : null));
            }
        }
        return changes;
    }

    private static @Nullable Double number(Contribution part) {
        return part.value() == null ? null : (Double) part.value().doubleValue();
    }

    private static Double orNothing(@Nullable Double value) {
        return value == null ? 0.0 : value;
    }
}
