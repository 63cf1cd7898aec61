package dev.cairn.adapters.files.definition;

import dev.cairn.domain.model.Target.ScopeKey;
import dev.cairn.domain.problem.ProblemCode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** What targets and baselines have in common: numbers, days, and of which rows they are. */
final class StandingParts {
    private final Keys keys;
    private final Findings findings;
    private final String what;

    /** @param what has them, with its article */
    StandingParts(Keys keys, String what) {
        this.keys = keys;
        this.findings = keys.findings();
        this.what = what;
    }

    List<ScopeKey> scope() {
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
                        "%s is of one value of a dimension: for: {account.plan: pro}.",
                        what);
            }
        }
        return scope;
    }

    @Nullable LocalDate day(String key) {
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

    @Nullable BigDecimal number(String key) {
        var scalar = keys.scalar(key);
        return scalar == null ? null : number(scalar, key);
    }

    @Nullable BigDecimal number(ScalarNode scalar, String key) {
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
