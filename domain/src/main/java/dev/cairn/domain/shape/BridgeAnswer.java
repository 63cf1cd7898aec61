package dev.cairn.domain.shape;

import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.expression.Expr;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What moved a stock, by period and group. */
public record BridgeAnswer(List<Period> periods, AnalysisResult table) implements Shaped {
    public BridgeAnswer {
        periods = List.copyOf(periods);
    }

    /**
     * A period and group.
     *
     * @param difference the end less the start and all that moved it: 0, unless a stock is below zero somewhere, as credit may be; null where a part has no value.
     *     Of doubles, what is less than their last digits is 0
     */
    public record Period(
            Row row,
            Cell.Value start,
            Cell.Value fresh,
            Cell.Value expansion,
            Cell.Value contraction,
            Cell.Value churn,
            Cell.Value reactivation,
            Cell.Value fx,
            Cell.Value end,
            @Nullable BigDecimal difference) {
        static Period of(Row row, Columns columns) {
            var cells = Bridge.COLUMNS.stream().map(column -> columns.value(row, column)).toList();
            return new Period(
                    row,
                    cells.get(0),
                    cells.get(1),
                    cells.get(2),
                    cells.get(3),
                    cells.get(4),
                    cells.get(5),
                    cells.get(6),
                    cells.get(7),
                    difference(cells).orElse(null));
        }

        private static Optional<BigDecimal> difference(List<Cell.Value> cells) {
            var numbers = new ArrayList<BigDecimal>();
            for (var cell : cells) {
                Sums.decimal((Number) cell.value().value()).ifPresent(numbers::add);
            }
            if (numbers.size() < cells.size()) {
                return Optional.empty();
            }
            var rest =
                    numbers.get(7)
                            .subtract(numbers.get(0))
                            .subtract(numbers.get(1))
                            .subtract(numbers.get(2))
                            .add(numbers.get(3))
                            .add(numbers.get(4))
                            .subtract(numbers.get(5))
                            .subtract(numbers.get(6));
            boolean isExact =
                    cells.stream().noneMatch(cell -> cell.value().value() instanceof Double);
            return Optional.of(isExact || isMore(rest, numbers) ? rest : BigDecimal.ZERO);
        }

        /** Whether doubles differ by more than the order of additions may make of them. */
        private static boolean isMore(BigDecimal rest, List<BigDecimal> numbers) {
            var size =
                    numbers.stream().map(BigDecimal::abs).reduce(BigDecimal.ZERO, BigDecimal::add);
            return rest.abs().compareTo(size.movePointLeft(Expr.Rank.DIGITS)) > 0;
        }
    }
}
