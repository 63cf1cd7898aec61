package dev.cairn.testkit.generator;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisQuery.OrderBy;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Metric.Level;
import dev.cairn.domain.model.Metric.RollUp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns questions about homes, and about stays, which lead to them, into such that read metrics of each home. Questions are rewritten when they are made, so that no
 * choice is one more and all others stay as they are.
 *
 * @param choice which of the metrics
 * @param numbers the metrics of a home that are numbers
 * @param all those, and the ones that are conditions
 */
record OfHomes(Choice choice, List<String> numbers, List<String> all) {
    /** The entity that they are of. */
    static final String HOME = "home";

    private static final Pattern KNOWN =
            Pattern.compile(
                    "(?<![.\\w])(?<!weight |\\w\\()(?:(?:some_)?(?:home|stay)\\.)?(?:home\\.)?(?:owner\\.(?:seats|rate)|beds|host\\.(?:seats|rate))(?![.\\w]| as of)");
    private static final Pattern RELATION =
            Pattern.compile("\\w\\((?:some_)?(home|stay)(?=[ .:)])");
    private static final Pattern DECLARED =
            Pattern.compile("(?<![.\\w])(?:home|homes|stay)_(?:one|two)(?!\\w)");

    static OfHomes in(Catalog catalog, Choice choice) {
        var all =
                catalog.all(Metric.class).stream()
                        .filter(metric -> metric.level() == Level.ENTITY)
                        .toList();
        return new OfHomes(
                choice,
                all.stream()
                        .filter(metric -> metric.rollUp() != RollUp.SHARE)
                        .map(Metric::name)
                        .toList(),
                all.stream().map(Metric::name).toList());
    }

    /** Empty names: there are none in this world. */
    boolean are() {
        return !numbers.isEmpty();
    }

    AnalysisQuery of(AnalysisQuery query) {
        var keys = new HashMap<String, String>();
        query.groupBy().forEach(key -> keys.put(key, key(key)));
        return query.withMetrics(query.metrics().stream().map(this::metric).toList())
                .withGroupBy(query.groupBy().stream().map(keys::get).toList())
                .withWhere(query.where() == null ? null : condition(query.where()))
                .withOrderBy(query.orderBy().stream().map(term -> ordered(term, keys)).toList());
    }

    private static OrderBy ordered(OrderBy term, Map<String, String> keys) {
        String key = keys.getOrDefault(term.column(), term.column());
        return new OrderBy(
                key.startsWith("(") && !key.equals(term.column())
                        ? key.substring(key.lastIndexOf(' ') + 1)
                        : key,
                term.descending());
    }

    private AskedMetric metric(AskedMetric asked) {
        return switch (asked.metric()) {
            case MetricReference.Inline(var formula) ->
                    new AskedMetric(
                            new MetricReference.Inline(formula(formula)),
                            asked.as(),
                            asked.emptyIsNone());
            case MetricReference.ByKey(var key) when DECLARED.matcher(key).matches() ->
                    new AskedMetric(
                            new MetricReference.ByKey(choice.of(all)),
                            asked.as(),
                            asked.emptyIsNone());
            case MetricReference.ByKey _, MetricReference.Pinned _ -> asked;
        };
    }

    /** Beneath homes their metrics are named, beneath stays those of the home that one leads to. */
    private String formula(String formula) {
        var inside =
                KNOWN.matcher(formula)
                        .replaceAll(found -> inRow(found, relationAt(formula, found.start())));
        return DECLARED.matcher(inside).replaceAll(_ -> choice.of(all));
    }

    private String inRow(MatchResult found, @Nullable String relation) {
        return HOME.equals(relation)
                ? choice.of(numbers)
                : "stay".equals(relation)
                        ? "per(%s : %s)".formatted(HOME, choice.of(numbers))
                        : found.group();
    }

    /** Of the aggregate that begins last before a place. */
    private static @Nullable String relationAt(String formula, int place) {
        return RELATION.matcher(formula)
                .results()
                .filter(found -> found.start() < place)
                .map(found -> found.group(1))
                .reduce((_, later) -> later)
                .orElse(null);
    }

    private String condition(String formula) {
        return KNOWN.matcher(formula)
                .replaceAll(found -> ofQuestion(found.group(), choice.of(numbers)));
    }

    /** In whatever row a question names it. */
    private static String ofQuestion(String name, String metric) {
        return name.startsWith("home.")
                ? metric
                : name.startsWith("stay.") ? "per(%s : %s)".formatted(HOME, metric) : name;
    }

    private String key(String key) {
        boolean isKnown = KNOWN.matcher(key).matches();
        String metric = choice.of(numbers);
        return isKnown && (key.startsWith("home.") || key.startsWith("stay."))
                ? "(%s) as of_%s".formatted(ofQuestion(key, metric), metric)
                : key;
    }
}
