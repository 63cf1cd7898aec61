package dev.cairn.domain.overview;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.MembersQuery;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.MetricNotes.RowOrder;
import dev.cairn.domain.model.Source;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Asks for rows of an account: those behind a value of the last day.
 *
 * @param name of a metric or source; the value's column has it too
 * @param descending rows that give most come first
 */
public record RowsQuestion(String name, String label, AskedMetric value, boolean descending) {
    /** Lists of one question. */
    public static final int MOST = 36;

    /** What the catalogue has listed, by part of customer success and name. */
    public static List<RowsQuestion> lists(Catalog catalog) {
        return catalog.all(Metric.class).stream()
                .filter(metric -> metric.notes().accountList() != null)
                .filter(metric -> metric.status() == Metric.Status.PUBLISHED)
                .sorted(
                        Comparator.comparing(
                                        Metric::domain,
                                        Comparator.nullsLast(Comparator.naturalOrder()))
                                .thenComparing(Metric::name))
                .map(metric ->
                        new RowsQuestion(
                                metric.name(),
                                metric.label(),
                                new AskedMetric(new MetricReference.ByKey(metric.name()), null),
                                metric.notes().accountList() == RowOrder.DESCENDING))
                .toList();
    }

    /** The facts of a source that have happened, by time; empty where it is of no accounts, or its rows have no time. */
    public static Optional<RowsQuestion> facts(Source source) {
        var time = source.timeField();
        var validity = source.validity();
        if (!source.isOfAccounts()
                || source.isEntity()
                || source.isTimeless()
                || (time == null && validity == null)) {
            return Optional.empty();
        }
        var placed =
                time != null
                        ? "%s on %s : %s"
                                .formatted(quoted(source.name()), quoted(time), quoted(time))
                        : "%s during : %s"
                                .formatted(
                                        quoted(source.name()),
                                        quoted(Objects.requireNonNull(validity).from()));
        return Optional.of(
                new RowsQuestion(
                        source.name(),
                        source.label(),
                        new AskedMetric(
                                new MetricReference.Inline("max(%s) over ever".formatted(placed)),
                                source.name()),
                        true));
    }

    private static String quoted(String name) {
        return "\"" + name + "\"";
    }

    /** One question for the values of several. */
    public static AnalysisQuery values(Subject subject, List<RowsQuestion> lists) {
        return subject.about(lists.stream().map(RowsQuestion::value).toList(), subject.ofLastDay());
    }

    /** @param result answer to {@link #values} */
    public Cell.Value valueIn(AnalysisResult result) {
        int at =
                IntStream.range(0, result.columns().size())
                        .filter(column -> result.columns().get(column).role() == Role.MEASURE)
                        .filter(column -> result.columns().get(column).key().equals(name))
                        .findFirst()
                        .orElseThrow();
        return (Cell.Value) result.rows().getFirst().cells().get(at);
    }

    /**
     * The rows behind it.
     *
     * @param values answer to {@link #values}
     */
    public MembersQuery rows(
            AnalysisQuery asked, AnalysisResult values, int first, @Nullable String after) {
        var key = Objects.requireNonNull(values.rows().getFirst().key());
        var opened = MembersQuery.of(asked, key, name).by(MembersQuery.By.ROW).page(first, after);
        return descending ? opened : opened.ascending();
    }
}
