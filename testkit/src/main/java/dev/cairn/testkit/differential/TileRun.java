package dev.cairn.testkit.differential;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Answer;
import dev.cairn.domain.planner.Planned;
import dev.cairn.domain.planner.Tiles;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.reference.ReferenceExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** That the tiles of a dashboard are told the same by one statement as each by its own: the metrics of a generated question, each asked for alone. */
public final class TileRun {
    private final Cases cases;
    private int together;
    private int apart;

    private TileRun(Cases cases) {
        this.cases = cases;
    }

    /** @param executors gives an executor over exactly a world; one world is done with before the next is asked for */
    public static TileRun against(Function<World, AnalysisExecutor> executors, int cases) {
        return new TileRun(new Cases("tile run", executors, cases));
    }

    /**
     * Runs all cases.
     *
     * @return how many tiles were answered together, for each hundred cases
     * @throws AssertionError at the first difference, with the seed
     */
    public int run() {
        cases.each((number, world, executor) -> {
            var one = Case.of(number, world);
            var other = StepRun.asked(number, world);
            for (var engine : List.of(executor, new ReferenceExecutor(world))) {
                check(number, with(one, other.query().metrics()), engine);
                check(number, with(other, one.query().metrics()), engine);
            }
        });
        System.out.printf("tile run: %d tiles together, %d of groups apart%n", together, apart);
        return cases.ofHundred(together);
    }

    private static Case with(Case one, List<AskedMetric> others) {
        var metrics = new ArrayList<>(one.query().metrics());
        metrics.addAll(others);
        return one.with(one.query().withMetrics(metrics));
    }

    /** A tile, and what is planned for it. */
    private record Tile(Case one, Planned.Ready ready) {}

    private void check(long number, Case generated, AnalysisExecutor executor) {
        var tiles = new ArrayList<Tile>();
        for (var metric : generated.query().metrics()) {
            var one = generated.with(plain(generated.query()).withMetrics(List.of(metric)));
            if (one.planned() instanceof Planned.Ready ready
                    && !Refusal.isDue(executor, ready.plan())) {
                tiles.add(new Tile(one, ready));
            }
        }
        for (var group : Tiles.sharing(tiles.stream().map(tile -> tile.ready().plan()).toList())) {
            compare(number, group.stream().map(tiles::get).toList(), executor);
        }
    }

    private static AnalysisQuery plain(AnalysisQuery query) {
        return query.withGroupBy(List.of())
                .withFillGaps(true)
                .withTop(null)
                .withHaving(null)
                .withOrderBy(List.of())
                .withUncertainty(false)
                .page(query.first(), null);
    }

    private void compare(long number, List<Tile> tiles, AnalysisExecutor executor) {
        var first = tiles.getFirst().one();
        var all =
                first.with(Tiles.together(tiles.stream().map(tile -> tile.one().query()).toList()));
        var plans = tiles.stream().map(tile -> tile.ready().plan()).toList();
        var answer = all.plan().flatMap(plan -> answer(executor, plan));
        var parts = all.plan().flatMap(plan -> Tiles.parts(plans, plan));
        if (answer.isEmpty() || parts.isEmpty()) {
            apart += tiles.size();
            return;
        }
        var taken = parts.get().of(answer.get());
        for (int at = 0; at < tiles.size(); at++) {
            var plan = plans.get(at);
            var part = taken.get(at);
            var difference =
                    answer(executor, plan).flatMap(alone -> Answers.difference(plan, alone, part));
            if (difference.isPresent()) {
                throw new AssertionError(
                        "tile %d is not what it is alone; again with -Dcairn.seed=%d -Dcairn.cases=1%n%s%n%s"
                                .formatted(at + 1, number, difference.get(), all.query()));
            }
            together++;
        }
    }

    private static Optional<Answer> answer(AnalysisExecutor executor, AnalysisPlan plan) {
        try {
            return Optional.of(executor.execute(plan, Outcome.LIMIT));
        } catch (AnalysisFailed _) {
            return Optional.empty();
        }
    }
}
