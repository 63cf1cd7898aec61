package dev.cairn.domain.why;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.time.AskedGrain;
import dev.cairn.domain.time.BusinessCalendar;
import dev.cairn.domain.time.Grain;
import dev.cairn.domain.time.Periods;
import dev.cairn.domain.time.TimeRange;
import dev.cairn.domain.time.Weeks;
import dev.cairn.domain.why.WhyQuery.AskedCell;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks why a value in a row of an answer is not what it was in the time before: the bucket before, or the range before that is as long. */
public final class RowChange {
    private final AnalysisQuery question;
    private final AnalysisResult answer;
    private final Row row;

    private RowChange(AnalysisQuery question, AnalysisResult answer, Row row) {
        this.question = question;
        this.answer = answer;
        this.row = row;
    }

    /**
     * What to ask, in this order: the value under the conditions of the question, and of one account the value whatever they say of it, as before it may not have met them.
     *
     * @param answer to the question
     * @param row of it, of one group
     * @param column of the value, a metric's
     * @return empty where it cannot be asked: the group is of no account, of others, or of instants, or a calendar of the catalogue cuts the time
     */
    public static List<WhyQuery> of(
            AnalysisQuery question, AnalysisResult answer, Row row, String column) {
        var change = new RowChange(question, answer, row);
        var asked = change.metric(column);
        var cells = change.cells();
        var conditions = change.conditions();
        if (asked.isEmpty()
                || cells.isEmpty()
                || conditions.isEmpty()
                || question.filter() != null) {
            return List.of();
        }
        var account = change.account();
        var query =
                change.query(
                        asked.get(),
                        cells.get(),
                        account,
                        Stream.concat(
                                        Stream.ofNullable(question.where()),
                                        conditions.get().stream())
                                .toList(),
                        question.cohort());
        boolean isUnderConditions = question.where() != null || question.cohort() != null;
        return account != null && isUnderConditions
                ? List.of(
                        query,
                        change.query(asked.get(), cells.get(), account, conditions.get(), null))
                : List.of(query);
    }

    private WhyQuery query(
            AskedMetric metric,
            Cells cells,
            @Nullable String account,
            List<String> conditions,
            @Nullable CohortReference cohort) {
        return new WhyQuery(
                metric,
                new AskedCell(cells.before(), null),
                new AskedCell(cells.now(), null),
                account,
                conditions.isEmpty()
                        ? null
                        : conditions.stream()
                                .map("(%s)"::formatted)
                                .collect(Collectors.joining(" and ")),
                cohort,
                List.of(),
                question.zone(),
                question.weekStarts(),
                answer.asOf(),
                question.knownAt(),
                WhyQuery.DEPTH,
                WhyQuery.TOP);
    }

    private Optional<AskedMetric> metric(String column) {
        var measures =
                answer.columns().stream()
                        .filter(one -> one.role() == Role.MEASURE)
                        .map(Column::key)
                        .toList();
        int at = measures.indexOf(column);
        return measures.size() == question.metrics().size()
                ? at < 0 ? Optional.empty() : Optional.of(question.metrics().get(at))
                : question.metrics().stream()
                        .filter(metric -> column.equals(name(metric)))
                        .findFirst();
    }

    private static @Nullable String name(AskedMetric metric) {
        if (metric.as() != null) {
            return metric.as();
        }
        return switch (metric.metric()) {
            case MetricReference.ByKey(var key) -> key;
            case MetricReference.Pinned(var key, _) -> key;
            case MetricReference.Inline _ -> null;
        };
    }

    // ---- the group

    /** Null where the group is not of one account. */
    private @Nullable String account() {
        for (int at = 0; at < answer.columns().size(); at++) {
            if (answer.columns().get(at).key().equals(EntityRef.ACCOUNT.name())
                    && row.cells().get(at) instanceof Cell.Group(var value)
                    && value.kind() == GroupValue.Kind.VALUE) {
                return String.valueOf(value.value());
            }
        }
        return null;
    }

    /** Empty where the group cannot be said. */
    private Optional<List<String>> conditions() {
        var conditions = new ArrayList<String>();
        int keys = 0;
        for (int at = 0; at < answer.columns().size(); at++) {
            if (row.cells().get(at) instanceof Cell.Group(var value)) {
                var key = answer.columns().get(at).key();
                keys++;
                if (key.equals(EntityRef.ACCOUNT.name()) && value.kind() == GroupValue.Kind.VALUE) {
                    continue;
                }
                var condition =
                        question.groupBy().contains(key)
                                ? condition(key, value)
                                : Optional.<String>empty();
                if (condition.isEmpty()) {
                    return Optional.empty();
                }
                conditions.add(condition.get());
            }
        }
        return keys == row.group().size() ? Optional.of(conditions) : Optional.empty();
    }

    private static Optional<String> condition(String dimension, GroupValue value) {
        return switch (value.kind()) {
            case VALUE -> literal(value.value()).map(text -> dimension + " = " + text);
            case NONE -> Optional.of(dimension + " is none");
            case NO_ACCOUNT, TOTAL, OTHER -> Optional.empty();
        };
    }

    private static Optional<String> literal(@Nullable Object value) {
        return switch (value) {
            case String text -> Optional.of("'" + text.replace("'", "''") + "'");
            case BigDecimal number -> Optional.of(number.toPlainString());
            case Boolean truth -> Optional.of(truth.toString());
            case null, default -> Optional.empty();
        };
    }

    // ---- the time

    private record Cells(AskedRange before, AskedRange now) {}

    private Optional<Cells> cells() {
        var bucket =
                row.cells().stream()
                        .filter(Cell.Time.class::isInstance)
                        .map(Cell.Time.class::cast)
                        .findFirst();
        return bucket.isPresent()
                ? periods(question.grain())
                        .flatMap(grain ->
                                last(1, grain, endOf(bucket.get(), grain)).filter(_ -> isWhole()))
                : switch (question.range()) {
                    case AskedRange.Between(var from, var to) ->
                            Optional.of(
                                    new Cells(
                                            new AskedRange.Between(before(from, to), from),
                                            question.range()));
                    case AskedRange.BetweenInstants(var from, var to) ->
                            Optional.of(
                                    new Cells(
                                            new AskedRange.BetweenInstants(
                                                    from.minus(Duration.between(from, to)), from),
                                            question.range()));
                    case AskedRange.Last(int count, var grain) ->
                            periods(grain).flatMap(found -> last(count, found, answer.asOf()));
                };
    }

    /** A bucket that is cut is no more than a part of what comes before it. */
    private boolean isWhole() {
        return row.cells().stream()
                .allMatch(cell -> !(cell instanceof Cell.Time time) || time.incomplete().isEmpty());
    }

    private @Nullable Instant endOf(Cell.Time bucket, Periods grain) {
        var calendar = new BusinessCalendar(question.zone());
        if (bucket.label() instanceof LocalDate date) {
            return calendar.startOf(grain.plus(date, 1));
        }
        return bucket.start() == null ? null : bucket.start().plus(Duration.ofHours(1));
    }

    private Optional<Cells> last(int count, Periods grain, @Nullable Instant end) {
        if (end == null) {
            return Optional.empty();
        }
        var calendar = new BusinessCalendar(question.zone());
        var now = calendar.last(count, grain, end);
        return Optional.of(
                new Cells(
                        asked(calendar.last(count, grain, now.start()), grain), asked(now, grain)));
    }

    private AskedRange asked(TimeRange range, Periods grain) {
        var calendar = new BusinessCalendar(question.zone());
        return grain == Grain.HOUR
                ? new AskedRange.BetweenInstants(range.start(), range.end())
                : new AskedRange.Between(
                        calendar.dateOf(range.start()), calendar.dateOf(range.end()));
    }

    /** Of whole months as many months before; of others as many days. */
    private static LocalDate before(LocalDate from, LocalDate to) {
        return from.getDayOfMonth() == 1 && to.getDayOfMonth() == 1
                ? from.minusMonths(Grain.MONTH.between(from, to))
                : from.minusDays(Grain.DAY.between(from, to));
    }

    private Optional<Periods> periods(@Nullable AskedGrain grain) {
        return !(grain instanceof Grain known)
                ? Optional.empty()
                : Optional.of(known == Grain.WEEK ? Weeks.beginning(question.weekBegins()) : known);
    }
}
