package dev.cairn.adapters.terminal.display;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.analysis.Uncertainty;
import dev.cairn.domain.trust.SourceTrust;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An answer for programs: numbers as they were computed, names as GraphQL has them. */
public final class AnswerData {

    private static final List<String> DETAILS =
            List.of(
                    "numerator",
                    "denominator",
                    "sampleSize",
                    "pending",
                    "pendingCompleted",
                    "absence",
                    "incompleteBecause");

    private static final List<String> INTERVAL =
            List.of("low", "high", "standardError", "effectiveN", "noInterval", "z", "p");

    private final AnalysisResult result;
    private final boolean totals;
    private final boolean details;
    private final boolean intervals;
    private final boolean keys;

    /**
     * What is shown beside the values.
     *
     * @param totals there may be rows of totals
     * @param details numerators, denominators and the numbers of observations too
     * @param intervals how far each value may be off, or why that is not said, too
     * @param keys the key of each row, too
     */
    public record Shown(boolean totals, boolean details, boolean intervals, boolean keys) {}

    public AnswerData(AnalysisResult result, Shown shown) {
        this.result = result;
        this.totals = shown.totals();
        this.details = shown.details();
        this.intervals = shown.intervals();
        this.keys = shown.keys();
    }

    /**
     * One document.
     *
     * @param trust in the sources that it reads; null: not known yet, as a notice says
     */
    public String json(@Nullable List<SourceTrust> trust) {
        var document = new LinkedHashMap<String, @Nullable Object>();
        document.put("columns", columns());
        document.put("rows", result.rows().stream().map(this::row).toList());
        document.putAll(afterRows(trust));
        return Json.document(document);
    }

    private List<Map<String, @Nullable Object>> columns() {
        return result.columns().stream().map(AnswerData::column).toList();
    }

    private Map<String, @Nullable Object> afterRows(@Nullable List<SourceTrust> trust) {
        var document = new LinkedHashMap<String, @Nullable Object>();
        var page = new LinkedHashMap<String, @Nullable Object>();
        page.put("hasNextPage", result.hasNextPage());
        page.put("endCursor", result.cursor());
        document.put("pageInfo", page);
        document.put("asOf", result.asOf().toString());
        document.put("knownAt", result.knownAt() == null ? null : result.knownAt().toString());
        document.put("notices", result.notices());
        document.put("trust", trust == null ? null : TrustData.of(trust));
        return document;
    }

    /** The document of {@link #json} in pieces, a row a line: its beginning. */
    public String jsonBegin() {
        return "{\"columns\":%s,\n\"rows\":[\n".formatted(Json.line(columns()));
    }

    /** Between pages stands a comma. */
    public String jsonRows() {
        return ndjson().stream().collect(Collectors.joining(",\n"));
    }

    /** The end of the document, after the rows. */
    public String jsonEnd(@Nullable List<SourceTrust> trust) {
        return "\n],\n" + Json.line(afterRows(trust)).substring(1) + "\n";
    }

    /** The values of each row that is no total, by column. */
    List<Map<String, @Nullable Object>> values() {
        return result.rows().stream()
                .filter(row -> row.kind() == RowKind.CELL)
                .map(row -> {
                    var values = new LinkedHashMap<String, @Nullable Object>();
                    for (int at = 0; at < row.cells().size(); at++) {
                        values.put(result.columns().get(at).key(), json(in(row.cells().get(at))));
                    }
                    return values;
                })
                .<Map<String, @Nullable Object>>map(values -> values)
                .toList();
    }

    /** A row a line, each as in {@link #json}. */
    public List<String> ndjson() {
        return result.rows().stream().map(row -> Json.line(row(row))).toList();
    }

    public static Map<String, @Nullable Object> column(Column column) {
        var shown = new LinkedHashMap<String, @Nullable Object>();
        shown.put("key", column.key());
        shown.put("label", column.label());
        shown.put("role", column.role());
        shown.put("valueType", column.valueType());
        shown.put("unit", column.unit());
        shown.put("currency", column.currency());
        shown.put("metric", column.metric());
        return shown;
    }

    private Map<String, @Nullable Object> row(Row row) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        var keys = new LinkedHashMap<String, GroupValue.Kind>();
        var absence = new LinkedHashMap<String, Object>();
        var incomplete = new LinkedHashMap<String, Collection<Incomplete>>();
        var behind = new LinkedHashMap<String, Object>();
        var uncertainty = new LinkedHashMap<String, Object>();
        for (int at = 0; at < row.cells().size(); at++) {
            var key = result.columns().get(at).key();
            var cell = row.cells().get(at);
            values.put(key, json(in(cell)));
            switch (cell) {
                case Cell.Time _, Cell.KeyKind _, Cell.Standing _ -> {}
                case Cell.Group(var group) when group.kind() == GroupValue.Kind.VALUE -> {}
                case Cell.Group(var group) -> keys.put(key, group.kind());
                case Cell.Value(var measured, var reasons) -> {
                    if (measured.absence() != null) {
                        absence.put(key, measured.absence());
                    }
                    if (!reasons.isEmpty()) {
                        incomplete.put(key, reasons);
                    }
                    behind.put(key, behind(measured));
                    uncertainty.put(key, interval(measured.uncertainty()));
                }
            }
        }
        var shown = new LinkedHashMap<String, @Nullable Object>();
        shown.put("kind", row.kind());
        shown.put("values", values);
        shown.put("keys", keys);
        shown.put("absence", absence);
        shown.put("incompleteBecause", incomplete);
        if (this.keys) {
            shown.put("key", row.key());
        }
        if (details) {
            shown.put("details", behind);
        }
        if (intervals) {
            shown.put("intervals", uncertainty);
        }
        return shown;
    }

    private static Map<String, @Nullable Object> behind(Measured measured) {
        var behind = new LinkedHashMap<String, @Nullable Object>();
        behind.put("numerator", measured.numerator());
        behind.put("denominator", measured.denominator());
        behind.put("sampleSize", measured.sampleSize());
        behind.put("pending", measured.pending());
        behind.put("pendingCompleted", measured.pendingCompleted());
        if (!measured.contributions().isEmpty()) {
            behind.put(
                    "contributions",
                    measured.contributions().stream().map(AnswerData::contribution).toList());
        }
        return behind;
    }

    private static Map<String, @Nullable Object> interval(@Nullable Uncertainty uncertainty) {
        var shown = new LinkedHashMap<String, @Nullable Object>();
        if (uncertainty != null) {
            var interval = uncertainty.interval();
            shown.put("low", interval == null ? null : interval.low());
            shown.put("high", interval == null ? null : interval.high());
            shown.put("method", interval == null ? null : interval.method());
            shown.put("standardError", uncertainty.standardError());
            shown.put("effectiveN", uncertainty.effectiveN());
            shown.put("noInterval", uncertainty.noInterval());
            var change = uncertainty.change();
            shown.put("z", change == null ? null : change.z());
            shown.put("p", change == null ? null : change.p());
        }
        return shown;
    }

    private static Map<String, @Nullable Object> contribution(Measured.Contribution part) {
        var shown = new LinkedHashMap<String, @Nullable Object>();
        shown.put("name", part.name());
        shown.put("value", part.value());
        return shown;
    }

    private static @Nullable Object in(Cell cell) {
        return switch (cell) {
            case Cell.Time time -> time.label();
            case Cell.Group(var group) -> group.value();
            case Cell.KeyKind(var kind) -> kind.name();
            case Cell.Standing(var value) -> value;
            case Cell.Value(var measured, _) -> measured.value();
        };
    }

    private static @Nullable Object json(@Nullable Object value) {
        return switch (value) {
            case LocalDate date -> date.toString();
            case Instant instant -> instant.toString();
            case null, default -> value;
        };
    }

    /**
     * A header of column keys, then a line for each row; no value is an empty cell, the empty text one of two quotes. With totals, {@code row.kind} comes first, with keys {@code row.key} after it; with details, a measure
     * is followed by its numerator, denominator and number of observations; with intervals, by the ends of its interval.
     */
    public String csv() {
        return records(List.of(header()));
    }

    private String records(List<List<String>> before) {
        var text = new StringWriter();
        try (var csv = CsvWriter.builder().quoteStrategy(QuoteStrategies.EMPTY).build(text)) {
            before.forEach(csv::writeRecord);
            result.rows().forEach(row -> csv.writeRecord(record(row)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** The same without the header. */
    public String csvRows() {
        return records(List.of());
    }

    private List<String> header() {
        var header = new ArrayList<String>();
        if (totals) {
            header.add("row.kind");
        }
        if (keys) {
            header.add("row.key");
        }
        for (var column : result.columns()) {
            header.add(column.key());
            if (details && column.role() == Role.MEASURE) {
                DETAILS.forEach(detail -> header.add(column.key() + "." + detail));
            }
            if (intervals && column.role() == Role.MEASURE) {
                INTERVAL.forEach(detail -> header.add(column.key() + "." + detail));
            }
        }
        return header;
    }

    private List<@Nullable String> record(Row row) {
        var record = new ArrayList<@Nullable String>();
        if (totals) {
            record.add(row.kind().name());
        }
        if (keys) {
            record.add(row.key());
        }
        for (var cell : row.cells()) {
            record.add(text(in(cell)));
            if (details && cell instanceof Cell.Value(var measured, var reasons)) {
                record.add(text(measured.numerator()));
                record.add(text(measured.denominator()));
                record.add(text(measured.sampleSize()));
                record.add(text(measured.pending()));
                record.add(text(measured.pendingCompleted()));
                record.add(measured.absence() == null ? null : measured.absence().name());
                record.add(
                        reasons.isEmpty()
                                ? null
                                : reasons.stream()
                                        .map(Incomplete::name)
                                        .collect(Collectors.joining(" ")));
            }
            if (intervals && cell instanceof Cell.Value(var measured, _)) {
                var shown = interval(measured.uncertainty());
                INTERVAL.forEach(detail -> record.add(text(shown.get(detail))));
            }
        }
        return record;
    }

    private static @Nullable String text(@Nullable Object value) {
        var number = CellText.number(value);
        if (number != null) {
            return number.toPlainString();
        }
        return value == null ? null : value.toString();
    }
}
