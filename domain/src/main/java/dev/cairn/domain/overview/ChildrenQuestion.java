package dev.cairn.domain.overview;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.planner.QuestionLimits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks which accounts belong to one: by a link of accounts, on the last day. */
public final class ChildrenQuestion {
    private ChildrenQuestion() {}

    /** An account, and its name where it has one. */
    public record Found(String key, @Nullable String name) {}

    /**
     * The question for one link.
     *
     * @param name the attribute that is the name of an account; null: there is none
     */
    public static AnalysisQuery of(Subject subject, String link, @Nullable String name) {
        var there = new AskedMetric(new MetricReference.Inline("count(account)"), "accounts");
        return subject.among(List.of(there), subject.ofLastDay())
                .withGroupBy(
                        name == null ? List.of("account") : List.of("account", "account." + name))
                .withFilter(
                        new Filter.Where(
                                "account.%s as of @%s".formatted(link, subject.lastDay()),
                                Operator.IN,
                                List.of(subject.account())))
                .withKeys(false)
                .page(QuestionLimits.MOST_ROWS, null);
    }

    /** @param result answer to {@link #of} */
    public static List<Found> folded(AnalysisResult result) {
        return result.rows().stream()
                .filter(ChildrenQuestion::exists)
                .map(row -> new Found(String.valueOf(group(row, 0).value()), name(row)))
                .toList();
    }

    private static boolean exists(Row row) {
        return row.cells().getLast() instanceof Cell.Value value
                && value.value().value() instanceof Number number
                && number.doubleValue() > 0;
    }

    private static @Nullable String name(Row row) {
        return row.cells().size() < 3 || group(row, 1).kind() != GroupValue.Kind.VALUE
                ? null
                : String.valueOf(group(row, 1).value());
    }

    private static GroupValue group(Row row, int at) {
        return ((Cell.Group) row.cells().get(at)).value();
    }
}
