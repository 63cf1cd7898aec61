package dev.cairn.testkit.reference;

import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.testkit.contract.AnalysisExecutorContract;
import dev.cairn.testkit.data.World;

class ReferenceExecutorTest extends AnalysisExecutorContract {
    @Override
    public AnalysisExecutor executorOver(World world) {
        return new ReferenceExecutor(world);
    }
}
