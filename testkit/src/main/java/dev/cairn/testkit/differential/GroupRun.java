package dev.cairn.testkit.differential;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.planner.Planned;
import dev.cairn.domain.planner.ResultAssembler;
import dev.cairn.testkit.data.World;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * That attempts, touches, changes and pairs of a group are those of a question about that group alone: in each bucket every value is the same where its key is a
 * condition on the question. Groups are accounts, or of an attribute that has no history, so that all rows of an attempt are of one.
 */
public final class GroupRun {
    private static final List<String> KEYS = List.of("account", "account.plan", "account.vip");

    private final Cases cases;
    private int compared;

    private GroupRun(Cases cases) {
        this.cases = cases;
    }

    /** @param executors gives an executor over exactly a world; one world is done with before the next is asked for */
    public static GroupRun against(Function<World, AnalysisExecutor> executors, int cases) {
        return new GroupRun(new Cases("group run", executors, cases));
    }

    /**
     * Runs all cases.
     *
     * @return how many groups were compared, for each hundred cases
     * @throws AssertionError at the first difference, with the seed
     */
    public int run() {
        cases.each((number, world, executor) -> {
            if (world.catalog().entity(EntityRef.ACCOUNT).history() == null) {
                compare(number, StepRun.asked(number, world), executor);
            }
        });
        System.out.printf("group run: %d groups compared%n", compared);
        return cases.ofHundred(compared);
    }

    private void compare(long number, Case generated, AnalysisExecutor executor) {
        String key = KEYS.get(Math.floorMod(number, KEYS.size()));
        var query =
                generated
                        .query()
                        .withMetrics(
                                generated.query().metrics().stream()
                                        .filter(GroupRun::isOfItsGroup)
                                        .toList())
                        .withFilter(null)
                        .withWhere(null)
                        .withCompareTo(null)
                        .withTotals(false)
                        .withFillGaps(true)
                        .withGroupBy(List.of(key));
        if (query.metrics().isEmpty()) {
            return;
        }
        var groups = new HashMap<GroupValue, Map<Object, List<Measured>>>();
        result(generated.with(query), executor)
                .ifPresent(result ->
                        result.rows()
                                .forEach(row ->
                                        groups.computeIfAbsent(
                                                        row.group().getFirst(),
                                                        _ -> new HashMap<>())
                                                .put(time(row), measured(row))));
        groups.forEach((group, expected) -> {
            var alone = query.withGroupBy(List.of()).withWhere(condition(key, group));
            result(generated.with(alone), executor)
                    .ifPresent(result -> same(number, generated.with(alone), expected, result));
        });
    }

    /** A total is of all groups. */
    private static boolean isOfItsGroup(AskedMetric metric) {
        return metric.metric() instanceof MetricReference.Inline(var formula)
                && !formula.contains("total(");
    }

    private static String condition(String key, GroupValue group) {
        return switch (group.kind()) {
            case VALUE ->
                    group.value() instanceof String text
                            ? "%s is '%s'".formatted(key, text.replace("'", "''"))
                            : "%s is %s".formatted(key, group.value());
            case NONE -> "%s is none and account is not none".formatted(key);
            case NO_ACCOUNT -> "account is none";
            case TOTAL, OTHER -> throw new IllegalArgumentException("no group: " + group);
        };
    }

    private void same(
            long number, Case alone, Map<Object, List<Measured>> expected, AnalysisResult result) {
        compared++;
        for (var row : result.rows()) {
            var ofGroup = expected.get(time(row));
            var ofItself = measured(row);
            for (int at = 0; ofGroup != null && at < ofItself.size(); at++) {
                if (!Answers.equal(ofGroup.get(at), ofItself.get(at))) {
                    throw new AssertionError(
                            "column %d at %s: as a group %s, alone %s; again with -Dcairn.seed=%d -Dcairn.cases=1%n%s%n%s"
                                    .formatted(
                                            at + 1,
                                            time(row),
                                            Answers.words(ofGroup.get(at)),
                                            Answers.words(ofItself.get(at)),
                                            number,
                                            alone.query(),
                                            alone.world().report("account user " + alone.query())));
                }
            }
        }
    }

    private static Object time(Row row) {
        return row.cells().getFirst() instanceof Cell.Time(var label, _, _, _) ? label : "all";
    }

    private static List<Measured> measured(Row row) {
        return row.cells().stream()
                .filter(Cell.Value.class::isInstance)
                .map(cell -> ((Cell.Value) cell).value())
                .toList();
    }

    /** Empty where the question is refused, or fails to be answered. */
    private static Optional<AnalysisResult> result(Case one, AnalysisExecutor executor) {
        if (!(one.planned() instanceof Planned.Ready ready)
                || Refusal.isDue(executor, ready.plan())) {
            return Optional.empty();
        }
        try {
            var answer = executor.execute(ready.plan(), Outcome.LIMIT);
            var result = ResultAssembler.assemble(ready, answer, one.query().zone());
            return result.hasNextPage() ? Optional.empty() : Optional.of(result);
        } catch (AnalysisFailed _) {
            return Optional.empty();
        }
    }
}
