package dev.cairn.adapters.files.definition;

import dev.cairn.domain.model.MetricNotes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** What is said of a metric for people: {@code timing: leading}, {@code decision}, {@code rules}, {@code pitfalls}, {@code example}, {@code sources}. */
final class NotesForm {
    private final Keys keys;

    private NotesForm(Keys keys) {
        this.keys = keys;
    }

    static MetricNotes read(Keys keys) {
        return new NotesForm(keys).notes();
    }

    private MetricNotes notes() {
        var timing = keys.choice("timing", MetricNotes.Timing.class);
        var decision = said("decision");
        var rules = all("rules");
        var pitfalls = all("pitfalls");
        var example = said("example");
        var sources = all("sources");
        var noCounter = said("no_counter");
        var accountList = keys.choice("account_list", MetricNotes.RowOrder.class);
        return new MetricNotes(
                timing, decision, rules, pitfalls, example, sources, noCounter, accountList);
    }

    private @Nullable String said(String key) {
        var text = keys.text(key);
        return text == null ? null : text.strip();
    }

    private List<String> all(String key) {
        return keys.list(key).stream()
                .map(ScalarNode::getValue)
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }
}
