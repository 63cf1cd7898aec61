package dev.cairn.testkit.contract;

import dev.cairn.application.port.Capabilities;
import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Answer;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.reference.ReferenceExecutor;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The reference executor with less that it can do.
 *
 * @param declared what it says it can do
 * @param actual what it can do
 */
record LimitedExecutor(World world, Capabilities declared, Capabilities actual)
        implements AnalysisExecutor {
    @Override
    public Capabilities capabilities() {
        return declared;
    }

    @Override
    public Answer execute(AnalysisPlan plan, Duration limit) {
        actual.require(plan);
        return new ReferenceExecutor(world).execute(plan, limit);
    }

    @Override
    public Map<String, LocalDate> coverageStarts(Set<String> sources, @Nullable Instant knownAt) {
        return new ReferenceExecutor(world).coverageStarts(sources, knownAt);
    }

    @Override
    public String describe(AnalysisPlan plan) {
        return new ReferenceExecutor(world).describe(plan);
    }
}
