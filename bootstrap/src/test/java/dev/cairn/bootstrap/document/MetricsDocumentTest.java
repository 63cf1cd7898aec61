package dev.cairn.bootstrap.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.files.definition.ClassPathPacks;
import dev.cairn.application.port.out.Packs.Pack;
import dev.cairn.application.port.out.Packs.Setting;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.check.DefinitionChecker;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Metric.MetricDomain;
import dev.cairn.domain.model.Slice;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Makes {@code docs/metrics.md} of the pack of customer success, and holds its metrics to saying all that one wants to know before acting on them. */
class MetricsDocumentTest {
    private static final String DOCUMENT =
            """
            # Metrics of customer success

            The metrics of the pack `%s`, version %s: `cairn apply --pack %1$s` puts them in force, all of it or nothing ([packs](files.md#packs)). Each is a definition that you can read (`cairn metrics NAME`), change, and have answers tell you of ([what is not the standard](language.md#metrics-that-are-not-the-standard)). This page is made from the pack by the build.

            What holds for all of them: a period is half-open, in the time zone of the question; nothing to divide by is no value with a reason, never 0; a rate is computed again from its parts in every total, never averaged; accounts that are marked as tests are left out.

            %s

            %s

            %s
            ## Cohorts

            | cohort | who is in it |
            |---|---|
            %s

            ## Slices

            | slice | rows |
            |---|---|
            %s
            """;

    private final ClassPathPacks packs = new ClassPathPacks();
    private final Pack pack = packs.all().getFirst();
    private final List<Definition> definitions = definitions();

    private List<Definition> definitions() {
        var read = packs.read(pack, pack.standards());
        assertThat(read.problems()).isEmpty();
        return read.definitions().stream().map(placed -> placed.definition()).toList();
    }

    private <D extends Definition> List<D> all(Class<D> kind) {
        return definitions.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Test
    void the_definitions_of_the_pack_check_together() {
        var entries = definitions.stream().map(one -> new Entry(one, 1, Map.of())).toList();
        var catalog = Catalog.empty().with(entries, Set.of());
        assertThat(entries)
                .allSatisfy(entry -> {
                    var place = Place.of(entry.name());
                    assertThat(DefinitionChecker.check(catalog, entry, place).problems())
                            .extracting(Problem::message)
                            .isEmpty();
                    assertThat(DefinitionChecker.refusedIfNew(entry.definition(), place)).isEmpty();
                });
    }

    @Test
    void every_metric_says_what_one_wants_to_know_before_acting_on_it() {
        var missing = new ArrayList<String>();
        for (var metric : all(Metric.class)) {
            var notes = metric.notes();
            var said = new TreeMap<String, Boolean>();
            said.put("label", !metric.label().equals(metric.name()));
            said.put("description", !metric.description().isBlank());
            said.put("unit", metric.unit() != null || notes.accountList() != null);
            said.put("domain", metric.domain() != null);
            said.put("owner", metric.owner() != null);
            said.put("timing", notes.timing() != null);
            said.put("decision", notes.decision() != null);
            said.put(
                    "counter or no_counter", metric.counter() != null || notes.noCounter() != null);
            said.put("rules", !notes.rules().isEmpty());
            said.put("example", notes.example() != null);
            said.put("sources", !notes.sources().isEmpty());
            said.forEach((key, isSaid) -> {
                if (!isSaid) {
                    missing.add(metric.name() + ": " + key);
                }
            });
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void the_document_has_every_metric() {
        var byDomain = new TreeMap<MetricDomain, List<Metric>>();
        all(Metric.class).stream()
                .filter(metric -> metric.domain() != null)
                .forEach(metric ->
                        byDomain.computeIfAbsent(metric.domain(), _ -> new ArrayList<>())
                                .add(metric));
        var settings =
                pack.settings().stream()
                        .map(MetricsDocumentTest::setting)
                        .collect(Collectors.joining("\n"));
        var chapters =
                byDomain.entrySet().stream()
                        .map(domain -> chapter(domain.getKey(), domain.getValue()))
                        .collect(Collectors.joining("\n"));
        GeneratedDocument.check(
                "metrics.md",
                DOCUMENT.formatted(
                        pack.name(),
                        pack.version(),
                        settings,
                        byDomain.entrySet().stream()
                                .map(domain -> index(domain.getKey(), domain.getValue()))
                                .collect(Collectors.joining("\n")),
                        chapters,
                        all(Cohort.class).stream()
                                .map(cohort -> row(cohort.name(), said(cohort)))
                                .collect(Collectors.joining("\n")),
                        all(Slice.class).stream()
                                .map(slice ->
                                        row(
                                                slice.name(),
                                                "%s: `%s` where `%s`"
                                                        .formatted(
                                                                slice.label(),
                                                                slice.of(),
                                                                slice.where())))
                                .collect(Collectors.joining("\n"))),
                MetricsDocumentTest.class);
    }

    private static String setting(Setting setting) {
        return "The setting `%s` (`--with %1$s=...`) is `%s` by default, as in the formulas below: %s."
                .formatted(setting.name(), setting.standard(), lower(setting.description()));
    }

    private static String lower(String text) {
        return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }

    private static String said(Cohort cohort) {
        return cohort.members() instanceof Cohort.Members.Rule(var rule)
                ? "%s: `%s`".formatted(cohort.label(), rule)
                : cohort.label();
    }

    private static String row(String name, String text) {
        return "| `%s` | %s |".formatted(name, text.replace("|", "\\|").replace("\n", " "));
    }

    private static String index(MetricDomain domain, List<Metric> metrics) {
        return "- [%s](#%s): %s"
                .formatted(
                        title(domain),
                        word(domain),
                        metrics.stream()
                                .map(metric -> "`" + metric.name() + "`")
                                .collect(Collectors.joining(", ")));
    }

    private static String title(MetricDomain domain) {
        return domain.name().charAt(0) + domain.name().substring(1).toLowerCase(Locale.ROOT);
    }

    private static String chapter(MetricDomain domain, List<Metric> metrics) {
        return "## %s\n\n%s"
                .formatted(
                        title(domain),
                        metrics.stream()
                                .map(MetricsDocumentTest::section)
                                .collect(Collectors.joining("\n")));
    }

    private static String section(Metric metric) {
        var notes = metric.notes();
        var counter =
                metric.counter() == null
                        ? notes.noCounter() == null ? "" : "none. " + notes.noCounter()
                        : "`" + metric.counter() + "`";
        var facts =
                Stream.of(
                                fact("Value of", value(metric)),
                                fact("Unit", word(metric.unit())),
                                fact("Good is", word(metric.direction())),
                                fact("Timing", word(notes.timing())),
                                fact("Owner", metric.owner()),
                                fact("Decides", notes.decision()),
                                fact("Guarded by", counter),
                                fact("Lists of an account", word(notes.accountList())),
                                fact("Parameters", parameters(metric)),
                                list("Rule", notes.rules()),
                                fact("Example", notes.example()),
                                list("Pitfall", notes.pitfalls()),
                                fact("From", String.join("; ", notes.sources())))
                        .filter(fact -> !fact.isEmpty())
                        .collect(Collectors.joining("\n"));
        return "### `%s`: %s\n%s\n\n```text\n%s\n```\n%s\n"
                .formatted(
                        metric.name(),
                        metric.label(),
                        metric.description(),
                        metric.formula().strip(),
                        facts);
    }

    private static String value(Metric metric) {
        return switch (metric.level()) {
            case CELL -> "a cell";
            case ACCOUNT, USER, ENTITY ->
                    "one %s%s"
                            .formatted(
                                    metric.of(),
                                    metric.rollUp() == null
                                            ? ""
                                            : "; in a cell, their " + word(metric.rollUp()));
        };
    }

    private static String parameters(Metric metric) {
        return metric.parameters().stream()
                .map(parameter ->
                        "`%s`, %s, usually `%s`"
                                .formatted(
                                        parameter.name(),
                                        word(parameter.type()),
                                        parameter.defaultValue()))
                .collect(Collectors.joining("; "));
    }

    private static String fact(String what, @Nullable String text) {
        return text == null || text.isBlank()
                ? ""
                : "- **%s:** %s".formatted(what, text.strip().replaceAll("\\s+", " "));
    }

    private static String list(String what, List<String> texts) {
        return texts.stream().map(text -> fact(what, text)).collect(Collectors.joining("\n"));
    }

    private static String word(@Nullable Enum<?> word) {
        return word == null ? "" : word.name().toLowerCase(Locale.ROOT);
    }
}
