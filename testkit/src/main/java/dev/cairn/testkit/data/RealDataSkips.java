package dev.cairn.testkit.data;

import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/** Says at the end of a test run how many tests were skipped for want of the real data. */
public final class RealDataSkips implements TestExecutionListener {
    @Override
    public void testPlanExecutionFinished(TestPlan testPlan) {
        int skips = RealData.skips();
        if (skips > 0) {
            System.out.printf(
                    "%d real-data tests skipped: there is no folder with the real data%n", skips);
        }
    }
}
