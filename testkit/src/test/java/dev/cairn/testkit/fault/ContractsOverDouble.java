package dev.cairn.testkit.fault;

import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.planner.Planned;
import dev.cairn.testkit.contract.AnalysisExecutorContract;
import dev.cairn.testkit.contract.Question;
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

    @Override
    public Planned.Ready ready(Question question, Catalog catalog) {
        var fault = PLANTED.get();
        var misreading = fault == null ? Misreading.NONE : fault.asking();
        var asked = misreading.of(new Misreading.Asked(question.query(), catalog));
        return AnalysisExecutorContract.super.ready(
                new Question(asked.query(), question.caller(), question.now()), asked.catalog());
    }
}
