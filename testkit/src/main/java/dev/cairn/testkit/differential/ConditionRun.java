package dev.cairn.testkit.differential;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.planner.Planned;
import dev.cairn.domain.planner.ResultAssembler;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.generator.RandomCondition;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * That a condition on rows gives the same on each of its faces: as the formula and as the filter of the question, as the clause of an aggregate, around it in
 * {@code only}, and as the key of the group for which it is true. A condition that is empty for a row is true on none of them.
 */
public final class ConditionRun {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final String KEY = "(%s) as fits";

    private final Cases cases;
    private int compared;

    private ConditionRun(Cases cases) {
        this.cases = cases;
    }

    /** @param executors gives an executor over exactly a world; one world is done with before the next is asked for */
    public static ConditionRun against(Function<World, AnalysisExecutor> executors, int cases) {
        return new ConditionRun(new Cases("condition run", executors, cases));
    }

    /**
     * Runs all cases.
     *
     * @return how many conditions had all of their faces compared, for each hundred cases
     * @throws AssertionError at the first difference, with the seed
     */
    public int run() {
        cases.each(this::check);
        System.out.printf("condition run: %d conditions compared%n", compared);
        return cases.ofHundred(compared);
    }

    private void check(long number, World world, AnalysisExecutor executor) {
        var condition = RandomCondition.of(number, world.catalog());
        var plain = plain(condition, number);
        Map<String, List<Measured>> faces = new LinkedHashMap<>();
        for (var face : faces(condition, plain).entrySet()) {
            var values = values(world, face.getValue(), executor);
            if (values.isEmpty()) {
                return;
            }
            faces.put(face.getKey(), values.get());
        }
        var expected = Objects.requireNonNull(faces.get("as a clause"));
        var ofGroup = ofGroup(condition, plain, expected, world, executor);
        if (ofGroup.isEmpty()) {
            return;
        }
        faces.put("as a group", ofGroup.get());
        compared++;
        faces.forEach((face, values) -> {
            for (int at = 0; at < expected.size(); at++) {
                if (values.isEmpty() || !Answers.equal(expected.get(at), values.get(at))) {
                    throw new AssertionError(
                            "-Dcairn.seed=%d -Dcairn.cases=1: %s over %s: %s as a clause, %s %s%n%s"
                                    .formatted(
                                            number,
                                            condition.aggregates().get(at).formatted(""),
                                            condition.text(),
                                            Answers.words(expected.get(at)),
                                            values.isEmpty()
                                                    ? "no row"
                                                    : Answers.words(values.get(at)),
                                            face,
                                            world.report(condition + " account user")));
                }
            }
        });
    }

    private static AnalysisQuery plain(RandomCondition condition, long number) {
        var from = LocalDate.of(2026, 2, 20).plusDays(Math.floorMod(number, 20));
        return AnalysisQuery.of(
                columns(condition, "%s", ""),
                new AskedRange.Between(from, from.plusDays(10 + Math.floorMod(number, 40))),
                ZoneId.of(Math.floorMod(number, 3) == 0 ? "America/New_York" : "Europe/Paris"));
    }

    private static List<AskedMetric> columns(
            RandomCondition condition, String around, String clause) {
        var columns = new ArrayList<AskedMetric>();
        for (String text : condition.aggregates()) {
            var formula = new MetricReference.Inline(around.formatted(text.formatted(clause)));
            columns.add(new AskedMetric(formula, "m" + columns.size()));
        }
        return columns;
    }

    private static Map<String, AnalysisQuery> faces(
            RandomCondition condition, AnalysisQuery plain) {
        String text = condition.text();
        String quoted = text.replace("%", "%%");
        var faces = new LinkedHashMap<String, AnalysisQuery>();
        faces.put("as a clause", plain.withMetrics(columns(condition, "%s", " where " + text)));
        faces.put(
                "in only",
                plain.withMetrics(columns(condition, "only(%s where " + quoted + ")", "")));
        faces.put("as the formula of the question", plain.withWhere(text));
        faces.put(
                "as its filter",
                plain.withFilter(
                        new Filter.Where(KEY.formatted(text), Operator.IN, List.of("true"))));
        return faces;
    }

    /** Of the group for which it is true; without one all is as the clause has it, over no row. */
    private static Optional<List<Measured>> ofGroup(
            RandomCondition condition,
            AnalysisQuery plain,
            List<Measured> asClause,
            World world,
            AnalysisExecutor executor) {
        var grouped = plain.withGroupBy(List.of(KEY.formatted(condition.text())));
        return rows(world, grouped, executor)
                .map(rows ->
                        rows.stream()
                                .filter(row -> row.group().equals(List.of(GroupValue.of(true))))
                                .findFirst()
                                .map(ConditionRun::measured)
                                .orElseGet(() -> isOfNoRow(asClause) ? asClause : List.of()));
    }

    private static boolean isOfNoRow(List<Measured> values) {
        return values.stream()
                .map(Measured::value)
                .allMatch(value ->
                        value == null
                                || value.equals(false)
                                || (value instanceof Number number && number.doubleValue() == 0));
    }

    private static Optional<List<Measured>> values(
            World world, AnalysisQuery query, AnalysisExecutor executor) {
        return rows(world, query, executor).map(rows -> measured(rows.getFirst()));
    }

    private static List<Measured> measured(Row row) {
        return row.cells().stream()
                .filter(Cell.Value.class::isInstance)
                .map(cell -> ((Cell.Value) cell).value())
                .toList();
    }

    /** Empty where the question is refused or cannot be answered. */
    private static Optional<List<Row>> rows(
            World world, AnalysisQuery query, AnalysisExecutor executor) {
        if (!(new Case(world, query, Caller.LOCAL, NOW).planned() instanceof Planned.Ready ready)
                || Refusal.isDue(executor, ready.plan())) {
            return Optional.empty();
        }
        try {
            var answer = executor.execute(ready.plan(), Outcome.LIMIT);
            return Optional.of(ResultAssembler.assemble(ready, answer, query.zone()).rows());
        } catch (AnalysisFailed failed) {
            return Optional.empty();
        }
    }
}
