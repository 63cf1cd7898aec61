package dev.cairn.testkit.contract;

import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.analysis.RowKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The table of an answer in a fixed shape as text: a ratio as what was divided by what, a value that may still change with {@code *}, what is left out as pending
 * with {@code pending n}.
 */
final class ShapeLines {
    private static final int PLACES = 9;

    private ShapeLines() {}

    static List<String> of(AnalysisResult table) {
        return table.rows().stream().map(ShapeLines::line).toList();
    }

    private static String line(AnalysisResult.Row row) {
        return row.cells().stream()
                .map(cell -> text(row.kind(), cell))
                .collect(Collectors.joining(" | "));
    }

    private static String text(RowKind kind, Cell cell) {
        return switch (cell) {
            case Cell.Time time -> kind.hasTime() ? Objects.toString(time.label()) : "all";
            case Cell.Group(var value) -> group(value);
            case Cell.KeyKind(var of) -> of.name();
            case Cell.Standing(var value) -> Objects.toString(value);
            case Cell.Value(var value, var incomplete) ->
                    value(value) + (incomplete.isEmpty() || value.value() == null ? "" : "*");
        };
    }

    private static String group(GroupValue value) {
        return switch (value.kind()) {
            case VALUE -> Objects.toString(value.value());
            case TOTAL -> "all";
            case NONE, NO_ACCOUNT, OTHER -> value.kind().name();
        };
    }

    private static String value(Measured measured) {
        var pending =
                measured.pending() == 0
                        ? ""
                        : " pending %d, completed %s"
                                .formatted(measured.pending(), measured.pendingCompleted());
        if (measured.absence() != null) {
            return measured.absence().name() + pending;
        }
        return (measured.denominator() == null
                        ? number(measured.value())
                        : number(measured.numerator()) + "/" + number(measured.denominator()))
                + pending;
    }

    private static String number(@Nullable Object number) {
        return number instanceof Number
                ? new BigDecimal(number.toString())
                        .setScale(PLACES, RoundingMode.HALF_EVEN)
                        .stripTrailingZeros()
                        .toPlainString()
                : Objects.toString(number);
    }
}
