package dev.cairn.domain.calibration;

import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import dev.cairn.domain.formula.FormulaPrinter;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is read of accounts at an instant.
 *
 * @param columns keys and formulas of one account
 * @param where null: all accounts
 * @param cohort null: all accounts
 * @param knownThen whether only what had been recorded by then counts
 */
public record ScoreQuestion(
        List<Column> columns,
        @Nullable String where,
        @Nullable CohortReference cohort,
        ZoneId zone,
        boolean knownThen) {
    public ScoreQuestion {
        columns = List.copyOf(columns);
    }

    /** @param key also the part of the caller's input that problems with the formula are of */
    public record Column(String key, String formula) {}

    /** The accounts of the cohort that meet the condition then; null: all. */
    public @Nullable CohortReference members() {
        if (where == null) {
            return cohort;
        }
        var condition = "(\n%s\n)".formatted(where);
        return switch (cohort) {
            case null -> new CohortReference.Rule(condition);
            case CohortReference.ByKey(var key) ->
                    new CohortReference.Rule(
                            "account in %s and %s".formatted(FormulaPrinter.name(key), condition));
            case CohortReference.Rule(var rule) ->
                    new CohortReference.Rule("(\n%s\n) and %s".formatted(rule, condition));
        };
    }
}
