package dev.cairn.domain.why;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Notice;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.AnalysisResult.ValueType;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.why.WhyQuery.AskedCell;
import dev.cairn.domain.why.WhyQuestion.Both;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Of two accounts of plan pro in the first month, the second, b, has moved to plan free since. */
class WhyFoldTest {
    private static final Term.Column EVENTS = new Term.Column("count(event)", false);
    private static final Map<String, Term.Column> COLUMNS = Map.of("part_0", EVENTS);
    private static final WhyQuery QUERY =
            new WhyQuery(
                    new AskedMetric(new MetricReference.Inline("count(event)"), null),
                    cell(1),
                    cell(2),
                    null,
                    null,
                    null,
                    List.of("account.plan"),
                    ZoneOffset.UTC,
                    null,
                    null,
                    null,
                    3,
                    5);

    private static AskedCell cell(int month) {
        var from = LocalDate.of(2026, month, 1);
        return new AskedCell(new AskedRange.Between(from, from.plusMonths(1)), null);
    }

    private static Column column(String key, Role role) {
        return new Column(key, key, role, ValueType.NUMBER, null, null, null, null);
    }

    private static Cell value(double value) {
        return new Cell.Value(new Measured(value, null, null, null, null), Set.of());
    }

    private static AnalysisResult all(double value) {
        return new AnalysisResult(
                List.of(column("value", Role.MEASURE), column("part_0", Role.MEASURE)),
                List.of(
                        new Row(
                                RowKind.CELL,
                                List.of(value(value), value(value)),
                                List.of(),
                                null)),
                false,
                null,
                Instant.EPOCH,
                null,
                List.of());
    }

    private static CellRows rows(Map<List<String>, Double> values) {
        var rows = new CellRows(COLUMNS, null);
        var columns = new ArrayList<Column>();
        values.keySet()
                .iterator()
                .next()
                .forEach(key -> columns.add(column("key", Role.DIMENSION)));
        columns.add(column("part_0", Role.MEASURE));
        rows.begin(columns);
        values.forEach((keys, value) -> {
            var cells = new ArrayList<Cell>();
            keys.forEach(key -> cells.add(new Cell.Group(GroupValue.of(key))));
            cells.add(value(value));
            rows.take(cells);
        });
        return rows;
    }

    private static Why why(String planOfB) {
        return new WhyFold(QUERY, new Term.Leaf(EVENTS, true), COLUMNS, null)
                .answer(
                        new Both<>(all(7), all(10)),
                        new Both<>(
                                rows(Map.of(List.of("pro"), 7.0)),
                                rows(Map.of(List.of("pro"), 10.0))),
                        new Both<>(
                                rows(
                                        Map.of(
                                                List.of("pro", "a"), 3.0,
                                                List.of(planOfB, "b"), 4.0)),
                                rows(
                                        Map.of(
                                                List.of("pro", "a"), 4.0,
                                                List.of(planOfB, "b"), 6.0))),
                        "");
    }

    @Test
    void accounts_of_a_group_are_told() {
        var why = why("pro");
        assertThat(why.whole().groups().getFirst().accounts()).isEqualTo(2);
        assertThat(why.notices()).isEmpty();
    }

    @Test
    void accounts_that_are_in_another_group_now_are_not_missing_in_silence() {
        var why = why("free");
        assertThat(why.whole().groups().getFirst().accounts()).isNull();
        assertThat(why.whole().groups().getFirst().members()).isEmpty();
        assertThat(why.whole().accounts()).isEqualTo(2);
        assertThat(why.notices()).extracting(Notice::code).containsExactly("NO_ACCOUNTS");
    }
}
