package dev.cairn.testkit.data;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Says at the end of a test run how many tests (or classes of tests) were skipped for want of the real data. */
public final class RealDataSkips implements TestExecutionListener {
    private final AtomicInteger skips = new AtomicInteger();

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        boolean skipped =
                result.getStatus() == Status.ABORTED
                        && result.getThrowable()
                                .map(Throwable::getMessage)
                                .filter(reason -> reason.contains(RealData.SKIPPED))
                                .isPresent();
        if (skipped) {
            skips.incrementAndGet();
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan testPlan) {
        if (skips.get() > 0) {
            System.out.printf(
                    "%d real-data tests skipped: there is no folder with the real data%n",
                    skips.get());
        }
    }
}
