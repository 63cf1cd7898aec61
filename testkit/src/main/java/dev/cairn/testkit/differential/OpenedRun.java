package dev.cairn.testkit.differential;

import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.analysis.MembersQuery;
import dev.cairn.domain.analysis.MembersQuery.By;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.lowering.ResolvedMetrics;
import dev.cairn.domain.plan.Answer;
import dev.cairn.domain.plan.Cancellation;
import dev.cairn.domain.plan.PlanRules;
import dev.cairn.domain.planner.CoverageStarts;
import dev.cairn.domain.planner.Opening;
import dev.cairn.domain.planner.Planned;
import dev.cairn.domain.planner.QuestionLimits;
import dev.cairn.domain.planner.ResultAssembler;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.generator.TimeBudget;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Opens cells of generated questions, also of such about attempts, touches, changes and pairs. What a cell is opened into has the cell as its grand total, and adds up to it unless that is denied.
 */
public final class OpenedRun {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final double SAME = 1e-9;

    /** In one of so many cases columns of attempts, touches, changes or pairs are opened too. */
    private static final int OF_STEPS = 3;

    private final Function<World, AnalysisExecutor> executors;
    private final List<String> faults = new ArrayList<>();
    private int opened;

    private OpenedRun(Function<World, AnalysisExecutor> executors) {
        this.executors = executors;
    }

    /**
     * What came of it.
     *
     * @param opened how many cells were
     */
    public record Outcome(int opened, List<String> faults) {
        public Outcome {
            faults = List.copyOf(faults);
        }
    }

    /** @param cells of each answer, at most */
    public static Outcome of(
            Function<World, AnalysisExecutor> executors, int firstWorld, int worlds, int cells) {
        var run = new OpenedRun(executors);
        TimeBudget.ofBuild()
                .each("opened run", firstWorld, worlds, number -> run.open(number, cells));
        return new Outcome(run.opened, run.faults);
    }

    private void open(long number, int cells) {
        long first = number * Case.QUESTIONS_PER_WORLD;
        var world = Case.world(first);
        var executor = executors.apply(world);
        for (int at = 0; at < Case.QUESTIONS_PER_WORLD; at++) {
            open(Case.of(first + at, world), executor, cells, "case " + (first + at));
            if (at % OF_STEPS == 0) {
                open(
                        StepRun.asked(first + at, world),
                        executor,
                        cells,
                        "steps of case " + (first + at));
            }
        }
    }

    private void open(Case asked, AnalysisExecutor executor, int cells, String name) {
        if (!(asked.planned() instanceof Planned.Ready ready)
                || !executor.refusals(ready.plan()).isEmpty()) {
            return;
        }
        var answer =
                ResultAssembler.assemble(
                        ready, executor.execute(ready.plan(), LIMIT), asked.query().zone());
        var rows = answer.rows();
        for (int at = 0; at < Math.min(cells, rows.size()); at++) {
            var row = rows.get(at * rows.size() / Math.min(cells, rows.size()));
            for (int column = 0; column < answer.columns().size(); column++) {
                if (row.cells().get(column) instanceof Cell.Value(var value, _)) {
                    var key = answer.columns().get(column).key();
                    for (var by : By.values()) {
                        var query = MembersQuery.of(asked.query(), String.valueOf(row.key()), key);
                        open(
                                asked,
                                query.by(by).page(QuestionLimits.MOST_ROWS, null),
                                value,
                                executor,
                                "%s, %s of row %s by %s".formatted(name, key, row.group(), by));
                    }
                }
            }
        }
    }

    private void open(
            Case asked, MembersQuery query, Measured cell, AnalysisExecutor executor, String name) {
        var planned =
                Opening.plan(
                        query,
                        new ResolvedMetrics(asked.world().catalog()),
                        asked.caller(),
                        asked.now(),
                        Cancellation.NEVER,
                        CoverageStarts.NONE,
                        ranking ->
                                executor.execute(ranking, LIMIT).rows().stream()
                                        .map(Answer.Row::keys)
                                        .toList());
        if (!(planned instanceof Planned.Ready ready)
                || !executor.refusals(ready.plan()).isEmpty()) {
            return;
        }
        opened++;
        PlanRules.broken(ready.plan()).forEach(rule -> faults.add(name + ": " + rule));
        var result =
                ResultAssembler.assemble(
                        ready, executor.execute(ready.plan(), LIMIT), query.question().zone());
        if (says(result, Opening.CELL_CHANGED)) {
            faults.add("%s: it was %s: %s".formatted(name, cell.value(), result.notices()));
        } else if (!says(result, Opening.NOT_ADDITIVE)) {
            addUp(result, name);
        }
    }

    private static boolean says(AnalysisResult result, String code) {
        return result.notices().stream().anyMatch(notice -> notice.code().equals(code));
    }

    /** Where a part has no value the whole has none. */
    private void addUp(AnalysisResult result, String name) {
        var whole = values(result, RowKind.GRAND_TOTAL).findFirst().orElseThrow();
        if (whole.value() == null) {
            return;
        }
        var sum =
                values(result, RowKind.CELL)
                        .map(Measured::value)
                        .map(value ->
                                value == null ? BigDecimal.ZERO : new BigDecimal(value.toString()))
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
        double difference =
                sum.subtract(new BigDecimal(whole.value().toString())).abs().doubleValue();
        if (difference > SAME * Math.max(1, Math.abs(sum.doubleValue()))) {
            faults.add("%s: parts of %s add up to %s".formatted(name, whole.value(), sum));
        }
    }

    private static Stream<Measured> values(AnalysisResult result, RowKind kind) {
        return result.rows().stream()
                .filter(row -> row.kind() == kind)
                .map(row ->
                        row.cells().stream()
                                .filter(Cell.Value.class::isInstance)
                                .map(part -> ((Cell.Value) part).value())
                                .findFirst()
                                .orElseThrow());
    }
}
