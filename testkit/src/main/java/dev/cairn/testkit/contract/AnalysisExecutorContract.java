package dev.cairn.testkit.contract;

/**
 * Everything that an {@link dev.cairn.application.port.out.AnalysisExecutor} must do: one test for each rule of what a value means.
 *
 * <p>Before each of the tests, JUnit looks whether their class has any, and compares for that all that its interfaces bring along with all it has. It ends at the
 * first class that has one: this one brings along few itself, and inherits the others.
 */
public abstract class AnalysisExecutorContract extends FormulasContract
        implements RetentionContract,
                FunnelContract,
                LifecycleContract,
                StickinessContract,
                TrendContract,
                OpenedShapesContract {}
