package dev.cairn.testkit.differential;

import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.generator.TimeBudget;
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
    private @Nullable World world;
    private @Nullable AnalysisExecutor executor;
    private int ran;

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

    /** How many there were, where it was not too slow for all. */
    int ran() {
        return ran;
    }

    /** For each hundred cases there were. */
    int ofHundred(int found) {
        return 100 * found / Math.max(1, ran);
    }

    void each(Check check) {
        System.out.printf("%s: -Dcairn.seed=%d -Dcairn.cases=%d%n", run, first, many);
        ran = TimeBudget.ofBuild().each(run, first, many, number -> of(number, check));
    }

    private void of(long number, Check check) {
        var asked = world;
        var engine = executor;
        if (asked == null
                || engine == null
                || Math.floorMod(number, Case.QUESTIONS_PER_WORLD) == 0) {
            asked = Case.world(number);
            engine = executors.apply(asked);
        }
        world = asked;
        executor = engine;
        check.of(number, asked, engine);
    }
}
