package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Funnels.funnel;
import static dev.cairn.testkit.contract.Question.frame;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.shape.Happening.Facts;
import dev.cairn.domain.shape.Lifecycle;
import dev.cairn.domain.shape.Retention;
import dev.cairn.domain.shape.Retention.Ages;
import dev.cairn.domain.shape.Retention.Occurrence;
import dev.cairn.domain.shape.Retention.Retained;
import dev.cairn.domain.shape.Shape;
import dev.cairn.domain.shape.Stickiness;
import dev.cairn.domain.shape.Stickiness.Count;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whoever is behind a cell of a question of fixed shape is as many as the cell says, whatever the facts are. */
public interface OpenedShapesContract extends OpeningContract {
    private WorldBuilder visits(Random random) {
        return funnel(
                IntStream.range(0, 60)
                        .mapToObj(_ ->
                                "01-%02d %s a"
                                        .formatted(
                                                5 + random.nextInt(21),
                                                List.of("acme", "bolt", "cyd", "dan", "eve")
                                                        .get(random.nextInt(5))))
                        .toArray(String[]::new));
    }

    private static AnalysisQuery weeks() {
        return frame().between("2026-01-05", "2026-01-26").grain(Grain.WEEK).query();
    }

    private static long number(Cell cell) {
        var value = ((Cell.Value) cell).value();
        var number = value.denominator() == null ? value.value() : value.numerator();
        return ((Number) Objects.requireNonNullElse(number, 0)).longValue();
    }

    /** Each cell of a column opened: its members, of whom the total is the last line. */
    private void expectAsManyMembers(WorldBuilder world, Shape<?> shape, String... columns) {
        var question = frame().of(shape.asked().query());
        var answer = result(world, question);
        var built = world.build();
        for (Row row : answer.rows()) {
            for (var column : columns) {
                int at =
                        IntStream.range(0, answer.columns().size())
                                .filter(i -> answer.columns().get(i).key().equals(column))
                                .findFirst()
                                .orElseThrow();
                long behind = members(built, question, Objects.requireNonNull(row.key()), column);
                assertThat(behind).as(column + " " + row).isEqualTo(number(row.cells().get(at)));
            }
        }
    }

    private long members(World built, Question question, String key, String column) {
        var opened = Opened.of(question, key, column);
        return lines(built, opened).stream()
                .filter(line -> !line.startsWith("total"))
                .mapToLong(line -> Math.round(Double.parseDouble(line.split(" \\| ", -1)[1])))
                .sum();
    }

    @Test
    default void as_many_are_behind_a_cell_as_it_says() {
        var random = new Random(20_261_201);
        for (int round = 0; round < 2; round++) {
            var world = visits(random);
            expectAsManyMembers(
                    world,
                    new Retention(
                            weeks(),
                            "account",
                            new Facts("event"),
                            Occurrence.RECURRING,
                            null,
                            Retained.HEADS,
                            null,
                            new Ages.Exact(2)),
                    "size",
                    "age_1",
                    "age_2");
            expectAsManyMembers(
                    world,
                    new Lifecycle(weeks(), "account", new Facts("event"), null),
                    "active",
                    "new",
                    "dormant");
            expectAsManyMembers(
                    world,
                    new Stickiness(
                            weeks(),
                            "account",
                            new Facts("event"),
                            "day",
                            List.of(Count.of(1), new Count(2, null))),
                    "active",
                    "on_1",
                    "on_2_or_more");
        }
    }
}
