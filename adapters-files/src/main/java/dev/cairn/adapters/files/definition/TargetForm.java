package dev.cairn.adapters.files.definition;

import dev.cairn.domain.model.Target;
import dev.cairn.domain.model.Target.Goal;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.Grain;
import org.jspecify.annotations.Nullable;

/** {@code target: nps_2026, metric: nps, value: 40, from: 2026-01-01, until: 2027-01-01, for: {account.plan: pro}}. */
final class TargetForm {
    private final Keys keys;
    private final Findings findings;
    private final StandingParts parts;

    TargetForm(Keys keys) {
        this.keys = keys;
        this.findings = keys.findings();
        this.parts = new StandingParts(keys, "A target");
    }

    /** Null where it is not a target, which is reported. */
    @Nullable Target read(String name) {
        var label = keys.text("label", name);
        var description = keys.text("description", "");
        var metric = keys.required("metric");
        var goal = goal();
        var from = keys.required("from") == null ? null : parts.day("from");
        var until = parts.day("until");
        var scope = parts.scope();
        var holds = keys.choice("holds", Target.Holds.class);
        var each = keys.choice("each", Grain.class);
        var baseline = parts.number("baseline");
        var near = parts.number("near");
        return metric == null || goal == null || from == null
                ? null
                : new Target(
                        name,
                        label,
                        description,
                        metric,
                        goal,
                        from,
                        until,
                        scope,
                        holds,
                        each,
                        baseline,
                        near == null ? Target.NEAR : near);
    }

    private @Nullable Goal goal() {
        boolean between = keys.value("between") != null;
        if (between == (keys.value("value") != null)) {
            findings.report(
                    between ? ProblemCode.CONFLICT : ProblemCode.MISSING,
                    between ? "between" : "",
                    between ? keys.keyNode("between") : keys.node(),
                    "A target has either a 'value' to reach, or 'between: [LEAST, MOST]'.");
            return null;
        }
        if (!between) {
            var value = parts.number("value");
            return value == null ? null : new Goal.Reach(value);
        }
        var ends = keys.list("between");
        if (ends.size() != 2) {
            findings.report(
                    ProblemCode.BAD_VALUE,
                    "between",
                    keys.keyNode("between"),
                    "'between' is the least and the most, both in: between: [30, 50].");
            return null;
        }
        var least = parts.number(ends.getFirst(), "between");
        var most = parts.number(ends.getLast(), "between");
        return least == null || most == null ? null : new Goal.Between(least, most);
    }
}
