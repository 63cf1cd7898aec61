package dev.cairn.domain.separation;

import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.sample.Sample;
import dev.cairn.domain.separation.SeparationQuestion.When;
import dev.cairn.domain.statistics.Groups;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;

/**
 * What was read of each account: metrics, and whether it succeeded.
 *
 * @param features an account each
 * @param labels in the order of the features
 */
record Reading(SeparationQuestion question, Sample features, Labels labels) {
    /** Where days are counted from a date the range that is asked for is all time, and says nothing of an account's own days. */
    int unsound(Sample.Column values) {
        return question.when() instanceof When.Days ? 0 : values.unsound();
    }

    boolean isBroken(Sample.Column values) {
        return question.when() instanceof When.Days
                && Math.max(
                                values.of(Incomplete.BROKEN_DATA),
                                features.column(SeparationQuestion.LABEL)
                                        .of(Incomplete.BROKEN_DATA))
                        > 0;
    }

    /** Where days are counted from a date, who has days from before the data has no value: fewer days are not to be held against more. */
    IntToDoubleFunction value(Sample.Column column) {
        return question.when() instanceof When.Days
                ? at -> column.beginsBeforeData(at) ? Double.NaN : column.value(at)
                : column::value;
    }

    Groups groups(IntToDoubleFunction value, IntPredicate isTaken) {
        return Groups.of(
                features.size(),
                at ->
                        labels.isDecided(at) && isTaken.test(at)
                                ? value.applyAsDouble(at)
                                : Double.NaN,
                labels::succeeded);
    }
}
