package dev.cairn.application.service;

import dev.cairn.application.port.AlertNews;
import dev.cairn.application.port.AlertNews.Figure;
import dev.cairn.domain.alert.AlertQuestion;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.model.Alert.Watched;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.standing.TargetStatus;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The groups of an answer for which an alert stands, by a text that tells them apart. */
final class AlertGroups {
    /** In no text that anybody types; where it is in one of another program, it is written otherwise. */
    private static final String BETWEEN = "\u001f";

    private static final String ESCAPE = "\u001e";

    /**
     * A group.
     *
     * @param row of the answer
     * @param measure the first column of values; null where there is none
     * @param account where the group is of one; null where it is not
     */
    record Group(
            List<AlertNews.Key> keys,
            List<Figure> figures,
            Row row,
            @Nullable String measure,
            @Nullable String account) {}

    private static final Cell MISSED = new Cell.Standing(TargetStatus.MISSED.name());

    private AlertGroups() {}

    /** Those of which it cannot be said yet whether the alert stands for them, as values may still change. */
    static Set<String> waiting(Watched watched, AnalysisResult answer) {
        return answer.rows().stream()
                .filter(row -> row.kind() == RowKind.CELL)
                .filter(row -> !counts(watched, row))
                .filter(row -> row.cells().stream().anyMatch(AlertGroups::mayChange))
                .map(AlertGroups::text)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** In the order of the answer. */
    static Map<String, Group> of(Watched watched, AnalysisResult answer) {
        var groups = new LinkedHashMap<String, Group>();
        answer.rows().stream()
                .filter(row -> row.kind() == RowKind.CELL)
                .filter(row -> counts(watched, row))
                .forEach(row ->
                        text(watched, row)
                                .ifPresent(text -> groups.put(text, group(answer.columns(), row))));
        return Collections.unmodifiableMap(groups);
    }

    /** An account is another group in each band, and none without one. */
    private static Optional<String> text(Watched watched, Row row) {
        return watched instanceof Watched.BandLeft
                ? band(row).map(band -> text(row) + BETWEEN + "=" + escaped(band))
                : Optional.of(text(row));
    }

    private static Optional<String> band(Row row) {
        return row.cells().stream()
                .filter(Cell.Standing.class::isInstance)
                .map(cell -> Optional.ofNullable(((Cell.Standing) cell).value()))
                .findFirst()
                .flatMap(band -> band.map(AlertGroups::text));
    }

    /** The account of a group that is an account in a band, as a text that tells accounts apart. */
    static String accountOf(String text) {
        return text.substring(0, text.lastIndexOf(BETWEEN));
    }

    /** The band of such a group. */
    static String bandOf(String text) {
        return plain(text.substring(text.lastIndexOf(BETWEEN) + BETWEEN.length() + 1));
    }

    private static boolean counts(Watched watched, Row row) {
        return switch (watched) {
            case Watched.Groups(_, var when, var provisional) ->
                    switch (when) {
                        case THERE -> provisional || isSettled(row);
                        case MISSED -> isMissed(provisional, row);
                    };
            case Watched.Entered(_, var provisional) -> provisional || isSettled(row);
            case Watched.BandLeft(_, _, var provisional) -> provisional || isSettled(row);
            case Watched.GuardTripped _, Watched.TrustLost _ -> false;
        };
    }

    /** Whether values count that may still change. */
    static boolean isProvisional(Watched watched) {
        return switch (watched) {
            case Watched.Groups(_, _, var provisional) -> provisional;
            case Watched.Entered(_, var provisional) -> provisional;
            case Watched.BandLeft(_, _, var provisional) -> provisional;
            case Watched.GuardTripped _, Watched.TrustLost _ -> false;
        };
    }

    private static boolean isSettled(Row row) {
        return row.cells().stream().noneMatch(AlertGroups::mayChange);
    }

    /** A status is said of values of less than their whole bucket too, and stands behind the value. */
    private static boolean isMissed(boolean provisional, Row row) {
        boolean isWhole = true;
        for (var cell : row.cells()) {
            if (cell instanceof Cell.Value) {
                isWhole = provisional || !mayChange(cell);
            } else if (isWhole && cell.equals(MISSED)) {
                return true;
            }
        }
        return false;
    }

    private static boolean mayChange(Cell cell) {
        return cell instanceof Cell.Value(_, var incomplete) && !incomplete.isEmpty();
    }

    /** With the bucket, as another month is another group. */
    private static String text(Row row) {
        var parts = new ArrayList<String>();
        row.cells().stream()
                .filter(Cell.Time.class::isInstance)
                .map(cell -> "@" + ((Cell.Time) cell).label())
                .forEach(parts::add);
        row.group().stream().map(AlertGroups::text).forEach(parts::add);
        return String.join(BETWEEN, parts);
    }

    private static String text(GroupValue value) {
        return value.kind() == GroupValue.Kind.VALUE
                ? "=" + escaped(String.valueOf(text(value.value())))
                : value.kind().name();
    }

    private static String escaped(String value) {
        return value.replace(ESCAPE, ESCAPE + "0").replace(BETWEEN, ESCAPE + "1");
    }

    private static String plain(String escaped) {
        return escaped.replace(ESCAPE + "1", BETWEEN).replace(ESCAPE + "0", ESCAPE);
    }

    private static Group group(List<Column> columns, Row row) {
        var keys = new ArrayList<AlertNews.Key>();
        var figures = new ArrayList<Figure>();
        for (int at = 0; at < columns.size(); at++) {
            var column = columns.get(at).key();
            switch (row.cells().get(at)) {
                case Cell.Time(var label, _, _, var name) ->
                        keys.add(new AlertNews.Key(column, name == null ? text(label) : name));
                case Cell.Group(var value) ->
                        keys.add(new AlertNews.Key(column, text(value.value())));
                case Cell.KeyKind _ -> {}
                case Cell.Standing(var value) -> figures.add(new Figure(column, text(value), null));
                case Cell.Value _ when column.equals(AlertQuestion.EVERY) -> {}
                case Cell.Value(var value, _) ->
                        figures.add(
                                new Figure(
                                        column,
                                        text(value.value()),
                                        value.absence() == null ? null : value.absence().name()));
            }
        }
        return new Group(keys, figures, row, measure(columns), account(keys));
    }

    private static @Nullable String measure(List<Column> columns) {
        return columns.stream()
                .filter(column -> column.role() == Role.MEASURE)
                .map(Column::key)
                .findFirst()
                .orElse(null);
    }

    /** The account of a row; null where it is of none. */
    static @Nullable String account(List<Column> columns, Row row) {
        return account(group(columns, row).keys());
    }

    /** The keys in a text that tells groups apart, for people. */
    static List<String> keys(String text) {
        return text.isEmpty()
                ? List.of()
                : Stream.of(text.split(BETWEEN, -1))
                        .map(part ->
                                part.startsWith("=") || part.startsWith("@")
                                        ? plain(part.substring(1))
                                        : part)
                        .toList();
    }

    private static @Nullable String account(List<AlertNews.Key> keys) {
        return keys.stream()
                .filter(key -> key.dimension().equals(EntityRef.ACCOUNT.name()))
                .map(AlertNews.Key::value)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String text(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case BigDecimal number -> number.toPlainString();
            case Double number -> BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
            default -> value.toString();
        };
    }
}
