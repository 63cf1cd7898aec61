package dev.cairn.testkit.opinion;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.testkit.opinion.Opinion.Line;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares an answer with the lines that it should have. Doubles are nearly equal, all else is equal. */
final class Comparison {
    private static final double RELATIVE = 1e-12;
    private static final double CANCELLED = 1e-9;

    private final AnalysisQuery query;
    private final LineOrder order;
    private final Map<List<@Nullable Object>, Line> lines = new LinkedHashMap<>();

    Comparison(AnalysisQuery query, List<Line> expected) {
        this.query = query;
        this.order = new LineOrder(query.zone());
        for (Line line : expected) {
            var bucket = line.bucket();
            lines.put(
                    identity(line.kind(), bucket == null ? null : bucket.start(), line.keys()),
                    line);
        }
    }

    private static List<@Nullable Object> identity(
            RowKind kind, @Nullable Instant start, List<GroupValue> keys) {
        return Arrays.asList(
                kind,
                start,
                keys.stream()
                        .map(key ->
                                key.value() instanceof BigDecimal number
                                        ? GroupValue.of(GroupKeys.plain(number))
                                        : key)
                        .toList());
    }

    Optional<String> difference(AnalysisResult result) {
        boolean timed = query.grain() != null;
        var found = new ArrayList<Line>();
        for (Row row : result.rows()) {
            boolean hasBucket = timed && row.kind().hasTime();
            var start =
                    hasBucket
                            ? ((Cell.Time) row.cells().getFirst()).start()
                            : row.kind().hasTime() ? wholeStart() : null;
            var line = lines.get(identity(row.kind(), start, row.group()));
            if (line == null) {
                return Optional.of("no such row: " + row);
            }
            var words = difference(row, line, timed);
            if (words.isPresent()) {
                return words;
            }
            found.add(line);
        }
        return ofRows(found, result.hasNextPage());
    }

    /** Without a time axis the one bucket is the range; all lines have it. */
    private @Nullable Instant wholeStart() {
        return lines.values().stream()
                .map(Line::bucket)
                .filter(Objects::nonNull)
                .map(bucket -> Objects.requireNonNull(bucket).start())
                .findFirst()
                .orElse(null);
    }

    private Optional<String> ofRows(List<Line> found, boolean hasNextPage) {
        var cells = found.stream().filter(line -> line.kind() == RowKind.CELL).toList();
        var left = lines.values().stream().filter(line -> !found.contains(line)).toList();
        long all = lines.values().stream().filter(line -> line.kind() == RowKind.CELL).count();
        if (cells.size() != Math.min(all, query.first()) || hasNextPage != all > query.first()) {
            return Optional.of(
                    "%d of %d cells, next page %s; left out: %s"
                            .formatted(cells.size(), all, hasNextPage, left));
        }
        var totals = left.stream().filter(line -> line.kind() != RowKind.CELL).findFirst();
        if (totals.isPresent()) {
            return Optional.of("no row for the total " + totals.get());
        }
        for (int at = 1; at < cells.size(); at++) {
            if (order(cells.get(at - 1), cells.get(at)) > 0) {
                return Optional.of("%s before %s".formatted(cells.get(at - 1), cells.get(at)));
            }
        }
        return left.stream()
                .filter(line -> !cells.isEmpty() && order(cells.getLast(), line) > 0)
                .findFirst()
                .map(line -> "left out of the page: " + line);
    }

    private Optional<String> difference(Row row, Line line, boolean timed) {
        if (timed && row.cells().getFirst() instanceof Cell.Time(var label, _, var incomplete, _)) {
            var expected = line.bucket() == null ? null : line.bucket().label();
            if (!Objects.equals(label, expected) || !incomplete.equals(line.incomplete())) {
                return Optional.of(
                        "time %s %s, expected %s %s"
                                .formatted(label, incomplete, expected, line.incomplete()));
            }
        }
        var values =
                row.cells().stream()
                        .filter(Cell.Value.class::isInstance)
                        .map(Cell.Value.class::cast)
                        .toList();
        if (values.size() != line.figures().size()) {
            return Optional.of(
                    "%d columns, expected %d".formatted(values.size(), line.figures().size()));
        }
        for (int at = 0; at < values.size(); at++) {
            var figure = line.figures().get(at);
            var said = values.get(at);
            boolean same =
                    same(said.value().value(), figure.value())
                            && said.value().absence() == figure.absence()
                            && (figure.sample().equals(Samples.UNKNOWN)
                                    || (same(said.value().numerator(), figure.numerator())
                                            && same(
                                                    said.value().denominator(),
                                                    figure.denominator())))
                            && figure.sample().fits(said.value().sampleSize())
                            && said.value().pending() == figure.pending()
                            && said.incomplete().equals(figure.incomplete());
            if (!same) {
                return Optional.of(
                        "%s %s %s column %d: %s, expected %s"
                                .formatted(
                                        row.kind(),
                                        line.bucket(),
                                        line.keys(),
                                        at + 1,
                                        said,
                                        figure));
            }
        }
        return Optional.empty();
    }

    private static boolean same(@Nullable Object one, @Nullable Object other) {
        return switch (one) {
            case null -> other == null;
            case BigDecimal a when other instanceof BigDecimal b -> a.compareTo(b) == 0;
            case Number a -> other instanceof Number b && near(a.doubleValue(), b.doubleValue());
            default -> one.equals(other);
        };
    }

    private static boolean near(double one, double other) {
        double larger = Math.max(Math.abs(one), Math.abs(other));
        return Math.abs(one - other) <= Math.max(RELATIVE * larger, CANCELLED);
    }

    // ---- order

    /** Zero too where doubles are so near that either may come first. */
    private int order(Line one, Line other) {
        for (var term : query.orderBy()) {
            int at = measure(term.column());
            if (at >= 0) {
                var a = one.figures().get(at);
                var b = other.figures().get(at);
                boolean cannotTell =
                        a.value() instanceof Number x
                                && b.value() instanceof Number y
                                && (x instanceof Double || y instanceof Double)
                                && near(x.doubleValue(), y.doubleValue());
                if (cannotTell) {
                    return 0;
                }
                int found = order.values(a.value(), b.value(), term.descending());
                if (found != 0) {
                    return found;
                }
            } else {
                int found =
                        term.column().equals("time")
                                ? time(one, other) * (term.descending() ? -1 : 1)
                                : order.keys(
                                        one.keys().get(group(term.column())),
                                        other.keys().get(group(term.column())),
                                        term.descending());
                if (found != 0) {
                    return found;
                }
            }
        }
        int byTime = time(one, other);
        return byTime != 0 ? byTime : order.keys(one, other);
    }

    private int measure(String column) {
        for (int at = 0; at < query.metrics().size(); at++) {
            if (column.equals(query.metrics().get(at).as())) {
                return query.compareTo() == null ? at : 2 * at;
            }
        }
        return -1;
    }

    private int group(String column) {
        for (int at = 0; at < query.groupBy().size(); at++) {
            String dimension = query.groupBy().get(at);
            if (dimension.equals(column) || dimension.endsWith(" as " + column)) {
                return at;
            }
        }
        throw new Unsupported("an order by " + column);
    }

    private static int time(Line one, Line other) {
        var a = one.bucket();
        var b = other.bucket();
        return a == null || b == null ? 0 : a.start().compareTo(b.start());
    }
}
