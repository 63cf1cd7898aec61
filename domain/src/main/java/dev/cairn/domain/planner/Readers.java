package dev.cairn.domain.planner;

import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.lowering.ResolvedMetrics;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Question;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.Cancellation;
import dev.cairn.domain.question.QuestionText;
import dev.cairn.domain.trust.Touched;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which definitions read which sources, near or far.
 *
 * @param byMetric sources of each metric
 * @param byQuestion sources of each saved question that can be answered
 */
public record Readers(Map<String, Set<String>> byMetric, Map<String, Set<String>> byQuestion) {
    public Readers {
        byMetric = Map.copyOf(byMetric);
        byQuestion = Map.copyOf(byQuestion);
    }

    /** @param now when questions are planned; what they read does not depend on it */
    public static Readers of(Catalog catalog, Instant now) {
        var metrics = new TreeMap<String, Set<String>>();
        catalog.all(Metric.class)
                .forEach(metric -> metrics.put(metric.name(), sources(metric.name(), catalog)));
        // Without trust: what is read is asked, and not how far it can be trusted.
        var resolved = new ResolvedMetrics(catalog);
        var questions = new TreeMap<String, Set<String>>();
        catalog.all(Question.class)
                .forEach(question ->
                        questions.put(question.name(), sources(question, resolved, now)));
        return new Readers(metrics, questions);
    }

    private static Set<String> sources(String metric, Catalog catalog) {
        return KnownThen.withReferences(Set.of(metric), catalog).stream()
                .filter(name -> catalog.find(name, Source.class).isPresent())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Set<String> sources(Question question, ResolvedMetrics metrics, Instant now) {
        var text = QuestionText.read(question.asked());
        return switch (Planner.plan(text.query(), metrics, Caller.LOCAL, now, Cancellation.NEVER)) {
            case Planned.Ready ready -> Set.copyOf(KnownThen.sources(ready.plan()));
            case Planned.Rejected _ -> Set.of();
        };
    }

    /** What a source touches. */
    public Touched of(String source) {
        return new Touched(readers(byMetric, source), readers(byQuestion, source));
    }

    private static List<String> readers(Map<String, Set<String>> readers, String source) {
        var found = new ArrayList<String>();
        readers.forEach((name, sources) -> {
            if (sources.contains(source)) {
                found.add(name);
            }
        });
        found.sort(null);
        return found;
    }
}
