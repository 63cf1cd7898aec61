package dev.cairn.domain.planner;

import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.plan.AnalysisPlan;
import java.util.List;

/** Looks up which groups a question for the greatest ones shows. Asked only where the cell of all others is opened. */
@FunctionalInterface
public interface GreatestGroups {
    /**
     * The keys of each, as the plan has them.
     *
     * @param ranking {@link AnalysisPlan#ranking}
     */
    List<List<GroupValue>> of(AnalysisPlan ranking);
}
