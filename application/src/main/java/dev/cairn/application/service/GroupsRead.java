package dev.cairn.application.service;

import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Answer;
import dev.cairn.domain.planner.GreatestGroups;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which groups a question for the greatest ones shows, looked up between two plans of what is behind all others: that is a statement as any other, which may be a large
 * one, and planning does not wait for it.
 */
final class GroupsRead implements GreatestGroups {
    private @Nullable AnalysisPlan ranking;
    private @Nullable List<List<GroupValue>> found;

    /** None until they are found: the plan is made again then. */
    @Override
    public List<List<GroupValue>> of(AnalysisPlan asked) {
        ranking = asked;
        return found == null ? List.of() : found;
    }

    /** What is to be asked; empty where the plan asked for no groups, or they are found. */
    Optional<AnalysisPlan> missing() {
        return found == null ? Optional.ofNullable(ranking) : Optional.empty();
    }

    void found(Answer answer) {
        found = answer.rows().stream().map(Answer.Row::keys).toList();
    }
}
