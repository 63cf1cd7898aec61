package dev.cairn.testkit.fault;

import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.testkit.contract.AnalysisExecutorContract;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.reference.ReferenceExecutor;
import org.jspecify.annotations.Nullable;

/** The contracts over the double; run by {@link PlantedFaultsTest} alone, so its name is not that of a test. */
class FaultyExecutor implements AnalysisExecutorContract {
    private static final ThreadLocal<@Nullable Fault> PLANTED = new ThreadLocal<>();

    static void plant(@Nullable Fault fault) {
        PLANTED.set(fault);
    }

    @Override
    public AnalysisExecutor executorOver(World world) {
        var fault = PLANTED.get();
        return fault == null ? new ReferenceExecutor(world) : fault.over(world);
    }
}
