package dev.cairn.adapters.files.definition;

import dev.cairn.domain.model.History;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Since when the attributes of an entity hold, as written. */
record HistoryForm(Keys keys) {
    /** {@code history: {from: active_from, until: active_to}}, {@code history: {snapshot: ds}}, or {@code history: as_of}. */
    @Nullable History read() {
        var value = keys.value("history");
        if (value instanceof ScalarNode word) {
            if (word.getValue().equals("as_of")) {
                return new History.OfFiles();
            }
            keys.findings()
                    .report(
                            ProblemCode.BAD_VALUE,
                            "history",
                            word,
                            "A history is {from: column, until: column}, {snapshot: column}, or as_of: each import says its day then.");
            return null;
        }
        var written = keys.mapping("history");
        if (written == null) {
            return null;
        }
        var snapshot = written.text("snapshot");
        var from = snapshot == null ? written.required("from") : null;
        var until = snapshot == null ? written.required("until") : null;
        var missing =
                snapshot == null
                        ? written.list("missing").stream().map(ScalarNode::getValue).toList()
                        : List.<String>of();
        written.finish("history");
        if (snapshot != null) {
            return new History.Snapshots(snapshot);
        }
        if (from != null && from.equals(until)) {
            keys.findings()
                    .report(
                            ProblemCode.CONFLICT,
                            "history.until",
                            written.keyNode("until"),
                            "What a row says begins and ends by two columns; both are '%s'.",
                            from);
            return null;
        }
        return from == null || until == null ? null : new History.Intervals(from, until, missing);
    }
}
