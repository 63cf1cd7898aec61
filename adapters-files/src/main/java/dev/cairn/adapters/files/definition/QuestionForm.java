package dev.cairn.adapters.files.definition;

import dev.cairn.domain.model.Question;
import dev.cairn.domain.model.WrittenQuestion;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** {@code question: nps_by_plan, metrics: [nps], by: [account.plan], grain: month, range: last 6 months}: parts are written as on the command line. */
final class QuestionForm {
    private static final Pattern ROWS = Pattern.compile("[0-9]{1,9}");

    private final Keys keys;
    private final Findings findings;

    QuestionForm(Keys keys) {
        this.keys = keys;
        this.findings = keys.findings();
    }

    /** Null where it is not a question, which is reported. */
    @Nullable Question read(String name) {
        var label = keys.text("label", name);
        var description = keys.text("description", "");
        var owner = keys.text("owner");
        var metrics = metrics();
        var by = texts("by");
        var grain = keys.text("grain");
        var range = keys.required("range");
        var asked =
                new WrittenQuestion(
                        metrics,
                        by,
                        grain,
                        range == null ? "" : range,
                        keys.text("zone", "UTC"),
                        keys.text("week_starts"),
                        keys.text("where"),
                        keys.text("having"),
                        keys.text("cohort"),
                        keys.text("compare"),
                        keys.text("as_of"),
                        keys.text("known_at"),
                        texts("order"),
                        keys.truth("totals", false),
                        keys.truth("fill", true),
                        keys.truth("empty_is_none", false),
                        rows(),
                        null,
                        keys.text("top"),
                        keys.truth("other", true),
                        keys.truth("targets", false),
                        keys.truth("baselines", false));
        return metrics.isEmpty() || range == null
                ? null
                : new Question(name, label, description, owner, asked);
    }

    private List<String> metrics() {
        int before = findings.count();
        var metrics = texts("metrics");
        if (metrics.isEmpty() && findings.count() == before) {
            findings.report(
                    ProblemCode.MISSING,
                    "metrics",
                    keys.keyNode("metrics"),
                    "'metrics' is missing: a question asks for at least one, by its name or as a formula.");
        }
        return metrics;
    }

    private List<String> texts(String key) {
        return keys.list(key).stream().map(ScalarNode::getValue).toList();
    }

    private @Nullable Integer rows() {
        var text = keys.text("first");
        if (text == null || ROWS.matcher(text).matches()) {
            return text == null ? null : Integer.valueOf(text);
        }
        findings.report(
                ProblemCode.BAD_VALUE,
                "first",
                Objects.requireNonNull(keys.value("first")),
                "'%s' is no number of rows: write 10.",
                text);
        return null;
    }
}
