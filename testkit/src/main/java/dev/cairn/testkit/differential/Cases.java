package dev.cairn.testkit.differential;

import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.testkit.data.World;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of the generated cases of a run, and an executor over the world of each. {@code -Dcairn.seed} is the number of the first, {@code -Dcairn.cases} how
 * many there are.
 */
final class Cases {
    private final String run;
    private final Function<World, AnalysisExecutor> executors;
    private final long first = Long.getLong("cairn.seed", 0L);
    private final int many;

    /**
     * @param run what it is called where it says what it does
     * @param executors gives an executor over exactly a world; one world is done with before the next is asked for
     * @param many how many, unless the property says otherwise
     */
    Cases(String run, Function<World, AnalysisExecutor> executors, int many) {
        this.run = run;
        this.executors = executors;
        this.many = Integer.getInteger("cairn.cases", many);
    }

    /** What is done with a case. */
    interface Check {
        void of(long number, World world, AnalysisExecutor executor);
    }

    int many() {
        return many;
    }

    void each(Check check) {
        System.out.printf("%s: -Dcairn.seed=%d -Dcairn.cases=%d%n", run, first, many);
        @Nullable World world = null;
        @Nullable AnalysisExecutor executor = null;
        for (long number = first; number < first + many; number++) {
            if (world == null
                    || executor == null
                    || Math.floorMod(number, Case.QUESTIONS_PER_WORLD) == 0) {
                world = Case.world(number);
                executor = executors.apply(world);
            }
            check.of(number, world, executor);
        }
    }
}
