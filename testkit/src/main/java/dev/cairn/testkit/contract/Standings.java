package dev.cairn.testkit.contract;

import static dev.cairn.testkit.data.MemberBuilder.account;

import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Metric.Direction;
import dev.cairn.testkit.data.WorldBuilder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Amounts by plan and month, and answers in which values stand beside targets or baselines. */
final class Standings {
    private Standings() {}

    /**
     * acme (pro): 1 on January 5, 2 on January 31, 4 on February 10, 8 on March 2. bolt (free): 16 on February 28, 32 on March 31. Their sum is 3, 20, 40, in all
     * 63; their average 1.5, 10, 20, in all 10.5.
     */
    static WorldBuilder amounts(WorldBuilder events) {
        return events.member(account("acme").since("2025-01-01").with("plan", "pro"))
                .member(account("bolt").since("2025-01-01").with("plan", "free"))
                .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "a", 1)
                .fact("event", "2026-01-31T10:00:00Z", "acme", "ann", "a", 2)
                .fact("event", "2026-02-10T10:00:00Z", "acme", "ann", "b", 4)
                .fact("event", "2026-03-02T10:00:00Z", "acme", "ann", "a", 8)
                .fact("event", "2026-02-28T10:00:00Z", "bolt", "bob", "a", 16)
                .fact("event", "2026-03-31T10:00:00Z", "bolt", "bob", "b", 32);
    }

    static Metric metric(String name, String formula, Direction direction) {
        return new Metric(
                name,
                name,
                "",
                Metric.Level.CELL,
                null,
                formula,
                null,
                direction,
                null,
                null,
                null,
                false,
                Metric.Status.PUBLISHED);
    }

    /** Doubles to four places, what is empty as a hyphen. */
    static List<String> lines(AnalysisResult answer) {
        return answer.rows().stream().map(Standings::text).toList();
    }

    private static String text(AnalysisResult.Row row) {
        return row.cells().stream()
                .filter(cell -> !(cell instanceof Cell.KeyKind))
                .map(cell ->
                        switch (cell) {
                            case Cell.Time time -> time.label();
                            case Cell.Group(var group) ->
                                    group.value() == null ? group.kind() : group.value();
                            case Cell.KeyKind(var kind) -> kind;
                            case Cell.Standing(var value) -> value;
                            case Cell.Value value ->
                                    value.value().value() == null
                                            ? value.value().absence()
                                            : value.value().value();
                        })
                .map(Standings::text)
                .collect(Collectors.joining(" | "));
    }

    private static String text(@Nullable Object value) {
        return value instanceof Number number
                ? new BigDecimal(number.toString())
                        .setScale(4, RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString()
                : Objects.toString(value, "-");
    }
}
