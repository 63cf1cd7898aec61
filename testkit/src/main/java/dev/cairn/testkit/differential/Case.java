package dev.cairn.testkit.differential;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.planner.Planned;
import dev.cairn.domain.planner.Planner;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.generator.RandomQuestion;
import dev.cairn.testkit.generator.RandomWorld;
import java.time.Instant;
import java.util.Optional;

/** One question to one world. */
record Case(World world, AnalysisQuery query, Caller caller, Instant now) {
    /** Questions asked to one world, so that loading it is worth while. */
    static final int QUESTIONS_PER_WORLD = 20;

    /** The same number, the same case. */
    static Case of(long number, World world) {
        var question = RandomQuestion.of(number, world.catalog());
        return new Case(world, question.query(), question.caller(), question.now());
    }

    static long worldOf(long number) {
        return Math.floorDiv(number, QUESTIONS_PER_WORLD);
    }

    static World world(long number) {
        return RandomWorld.of(worldOf(number));
    }

    Planned planned() {
        return Planner.plan(query, world.catalog(), caller, now);
    }

    /** Empty where the question is refused. */
    Optional<AnalysisPlan> plan() {
        return planned() instanceof Planned.Ready(var plan, _, _, _, _, _, _, _, _)
                ? Optional.of(plan)
                : Optional.empty();
    }

    Case with(World other) {
        return new Case(other, query, caller, now);
    }

    Case with(AnalysisQuery other) {
        return new Case(world, other, caller, now);
    }

    Case withoutScope() {
        return new Case(world, query, Caller.LOCAL, now);
    }
}
