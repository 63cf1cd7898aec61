package dev.cairn.testkit.contract;

import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.MembersQuery;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.lowering.ResolvedMetrics;
import dev.cairn.domain.plan.Answer;
import dev.cairn.domain.plan.Cancellation;
import dev.cairn.domain.plan.PlanRules;
import dev.cairn.domain.planner.CoverageStarts;
import dev.cairn.domain.planner.GreatestGroups;
import dev.cairn.domain.planner.Opening;
import dev.cairn.domain.planner.Planned;
import dev.cairn.domain.planner.ResultAssembler;
import dev.cairn.domain.problem.Problem;
import java.util.List;

/** A cell that is opened, as a test asks for it. */
public record Opened(MembersQuery query, Caller caller, Question question) {
    public static Opened of(Question question, String key, String column) {
        return new Opened(
                MembersQuery.of(question.query(), key, column), question.caller(), question);
    }

    public Opened with(MembersQuery other) {
        return new Opened(other, caller, question);
    }

    /** Of a cell that is of no group of all others. */
    public Planned planned(Catalog catalog) {
        return planned(
                catalog,
                _ -> {
                    throw new AssertionError("asked for the greatest groups");
                });
    }

    private Planned planned(Catalog catalog, GreatestGroups groups) {
        return Opening.plan(
                query,
                new ResolvedMetrics(catalog),
                caller,
                question.now(),
                Cancellation.NEVER,
                CoverageStarts.NONE,
                groups);
    }

    /** The plan; a test whose cell is not opened says so. */
    public Planned.Ready ready(Catalog catalog, GreatestGroups groups) {
        return switch (planned(catalog, groups)) {
            case Planned.Ready ready -> {
                var broken = PlanRules.broken(ready.plan());
                if (!broken.isEmpty()) {
                    throw new AssertionError("the plan is not sound: " + broken);
                }
                yield ready;
            }
            case Planned.Rejected(var problems) ->
                    throw new AssertionError("the cell is not opened: " + problems);
        };
    }

    public List<Problem> problems(Catalog catalog) {
        return planned(catalog) instanceof Planned.Rejected(var problems) ? problems : List.of();
    }

    AnalysisResult result(Planned.Ready ready, Answer answer) {
        return ResultAssembler.assemble(ready, answer, query.question().zone());
    }

    List<String> lines(Planned.Ready ready, Answer answer) {
        return Lines.of(answer, ready.plan(), query.question().withGrain(null));
    }
}
