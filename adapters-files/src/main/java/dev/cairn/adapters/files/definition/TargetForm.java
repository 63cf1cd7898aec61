package dev.cairn.adapters.files.definition;

import dev.cairn.domain.model.Target;
import dev.cairn.domain.model.Target.Goal;
import dev.cairn.domain.model.Target.ScopeKey;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.Grain;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** {@code target: nps_2026, metric: nps, value: 40, from: 2026-01-01, until: 2027-01-01, for: {account.plan: pro}}. */
final class TargetForm {
    private final Keys keys;
    private final Findings findings;

    TargetForm(Keys keys) {
        this.keys = keys;
        this.findings = keys.findings();
    }

    /** Null where it is not a target, which is reported. */
    @Nullable Target read(String name) {
        var label = keys.text("label", name);
        var description = keys.text("description", "");
        var metric = keys.required("metric");
        var goal = goal();
        var from = keys.required("from") == null ? null : day("from");
        var until = day("until");
        var scope = scope();
        var holds = keys.choice("holds", Target.Holds.class);
        var each = keys.choice("each", Grain.class);
        var baseline = number("baseline");
        var near = number("near");
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
            var value = number("value");
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
        var least = number(ends.getFirst(), "between");
        var most = number(ends.getLast(), "between");
        return least == null || most == null ? null : new Goal.Between(least, most);
    }

    private List<ScopeKey> scope() {
        var written = keys.mapping("for");
        if (written == null) {
            return List.of();
        }
        var scope = new ArrayList<ScopeKey>();
        for (var dimension : written.names()) {
            var value = written.text(dimension);
            if (value != null) {
                scope.add(new ScopeKey(dimension, value));
            } else {
                findings.report(
                        ProblemCode.MISSING,
                        written.path(dimension),
                        written.keyNode(dimension),
                        "A target is of one value of a dimension: for: {account.plan: pro}.");
            }
        }
        return scope;
    }

    private @Nullable LocalDate day(String key) {
        var scalar = keys.scalar(key);
        try {
            return scalar == null ? null : LocalDate.parse(scalar.getValue());
        } catch (DateTimeException _) {
            findings.report(
                    ProblemCode.BAD_VALUE,
                    keys.path(key),
                    Objects.requireNonNull(scalar),
                    "'%s' is no date: write 2026-01-31.",
                    scalar.getValue());
            return null;
        }
    }

    private @Nullable BigDecimal number(String key) {
        var scalar = keys.scalar(key);
        return scalar == null ? null : number(scalar, key);
    }

    private @Nullable BigDecimal number(ScalarNode scalar, String key) {
        if (!FieldForm.NUMBER.matcher(scalar.getValue()).matches()) {
            findings.report(
                    ProblemCode.BAD_VALUE,
                    keys.path(key),
                    scalar,
                    "'%s' is no number: write 40 or 0.95.",
                    scalar.getValue());
            return null;
        }
        return new BigDecimal(scalar.getValue());
    }
}
