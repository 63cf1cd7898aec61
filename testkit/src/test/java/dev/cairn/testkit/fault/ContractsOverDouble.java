package dev.cairn.testkit.fault;

import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.testkit.contract.AnalysisExecutorContract;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.reference.ReferenceExecutor;
import org.jspecify.annotations.Nullable;

/** The contracts over an executor with the planted fault. */
abstract class ContractsOverDouble implements AnalysisExecutorContract {
    static final ThreadLocal<@Nullable Fault> PLANTED = new ThreadLocal<>();

    @Override
    public AnalysisExecutor executorOver(World world) {
        var fault = PLANTED.get();
        return fault == null ? new ReferenceExecutor(world) : fault.over(world);
    }
}
