package dev.cairn.domain.separation;

import dev.cairn.domain.sample.Sample;
import dev.cairn.domain.separation.SeparationQuestion.When;
import dev.cairn.domain.statistics.Groups;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Of each account, whether it succeeded. */
final class Labels {
    private final double[] values;
    private final int incomplete;
    private final Map<String, Double> byAccount;

    private Labels(double[] values, int incomplete, Map<String, Double> byAccount) {
        this.values = values;
        this.incomplete = incomplete;
        this.byAccount = byAccount;
    }

    /** @param apart null where the features have them */
    static Labels of(SeparationQuestion question, Sample features, @Nullable Sample apart) {
        var labelled = apart == null ? features : apart;
        var column = labelled.column(SeparationQuestion.LABEL);
        var byAccount = new HashMap<String, Double>();
        for (int at = 0; at < labelled.size(); at++) {
            byAccount.put(
                    labelled.accounts().get(at),
                    isDecided(question, labelled, at) ? column.value(at) : Double.NaN);
        }
        var values = new double[features.size()];
        for (int at = 0; at < values.length; at++) {
            values[at] = byAccount.getOrDefault(features.accounts().get(at), Double.NaN);
        }
        // Of days counted from a date, those are left out whose days are not over.
        int incomplete = question.when() instanceof When.Days ? 0 : column.incomplete();
        return new Labels(values, incomplete, byAccount);
    }

    /** Where days are counted from a date, whether they are over. */
    private static boolean isDecided(SeparationQuestion question, Sample sample, int at) {
        if (!(question.when() instanceof When.Days days)) {
            return true;
        }
        double from = sample.column(SeparationQuestion.ANCHOR).value(at);
        ZoneId zone = question.query().zone();
        return !Double.isNaN(from)
                && !sample.column(SeparationQuestion.LABEL).beginsBeforeData(at)
                && from + days.until() <= question.now().atZone(zone).toLocalDate().toEpochDay();
    }

    int size() {
        return values.length;
    }

    boolean isDecided(int at) {
        return !Double.isNaN(values[at]);
    }

    boolean succeeded(int at) {
        return values[at] > 0;
    }

    int undecided() {
        return (int) Arrays.stream(values).filter(Double::isNaN).count();
    }

    int incomplete() {
        return incomplete;
    }

    /** Of values read at another time of the same accounts. */
    Groups groupsOf(Sample sample, IntToDoubleFunction value) {
        return Groups.of(
                sample.size(),
                at ->
                        byAccount.getOrDefault(sample.accounts().get(at), Double.NaN).isNaN()
                                ? Double.NaN
                                : value.applyAsDouble(at),
                at -> Objects.requireNonNull(byAccount.get(sample.accounts().get(at))) > 0);
    }
}
