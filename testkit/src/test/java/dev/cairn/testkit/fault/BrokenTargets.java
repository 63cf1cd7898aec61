package dev.cairn.testkit.fault;

import dev.cairn.domain.model.Target;
import dev.cairn.domain.model.Target.Holds;
import dev.cairn.testkit.fault.Misreading.Asked;
import java.util.List;
import java.util.function.UnaryOperator;

/** Targets as a careless planner would take them. */
final class BrokenTargets {
    private BrokenTargets() {}

    static Asked targetsAreOfTheCompanyWhateverTheirScope(Asked asked) {
        return targets(
                asked,
                target ->
                        new Target(
                                target.name(),
                                target.label(),
                                target.description(),
                                target.metric(),
                                target.goal(),
                                target.from(),
                                target.until(),
                                List.of(),
                                target.holds(),
                                target.each(),
                                target.baseline(),
                                target.near()));
    }

    static Asked amountsOfTargetsHoldForEachBucket(Asked asked) {
        return targets(
                asked,
                target ->
                        new Target(
                                target.name(),
                                target.label(),
                                target.description(),
                                target.metric(),
                                target.goal(),
                                target.from(),
                                target.until(),
                                target.scope(),
                                Holds.LEVEL,
                                null,
                                target.baseline(),
                                target.near()));
    }

    static Asked targetsHaveNoEnd(Asked asked) {
        return targets(
                asked,
                target ->
                        new Target(
                                target.name(),
                                target.label(),
                                target.description(),
                                target.metric(),
                                target.goal(),
                                target.from(),
                                null,
                                target.scope(),
                                target.holds(),
                                target.each(),
                                target.baseline(),
                                target.near()));
    }

    private static Asked targets(Asked asked, UnaryOperator<Target> other) {
        return BrokenPlanning.definitions(
                asked,
                definition ->
                        definition instanceof Target target ? other.apply(target) : definition);
    }
}
