package dev.cairn.adapters.terminal.command;

import dev.cairn.adapters.terminal.display.DisplayText;
import dev.cairn.adapters.terminal.display.GuardLines;
import dev.cairn.adapters.terminal.display.Screen;
import dev.cairn.adapters.terminal.display.Table;
import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.BrowseCatalogUseCase;
import dev.cairn.application.port.in.GuardUseCase;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.Dimension;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Departure;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.guard.Guard;
import dev.cairn.domain.guard.GuardQuery;
import dev.cairn.domain.guard.GuardStandings;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.MetricNotes;
import dev.cairn.domain.plan.Cancellation.Cancelled;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.io.PrintWriter;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the metrics, or describes some of them. */
@Command(
        name = "metrics",
        description = "Lists all metrics, or describes those that are named.",
        footer = {
            "",
            "Examples, on the sample:",
            "  cairn metrics",
            "  cairn metrics --search revenue",
            "  cairn metrics nps",
            "  cairn metrics --why nps",
            "  cairn metrics nps billed --format json"
        })
public final class MetricsCommand extends DataCommand {
    private static final int LONGEST_LINE = 80;

    @Parameters(
            arity = "0..*",
            paramLabel = "NAME",
            description = "Metrics to describe. Default: all are listed.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--search",
            paramLabel = "TEXT",
            description = "Lists only those whose name, label or description has the text in it.")
    private @Nullable String search;

    @Option(
            names = "--why",
            description = {"Shows the formula with what its names stand for", "in their place."})
    private boolean why;

    @Option(names = "--names", description = "Lists names alone, a line each.")
    private boolean namesAlone;

    @Option(names = "--format", paramLabel = "FORMAT", description = "text (default) or json.")
    private Format format = Format.TEXT;

    @Override
    void check() {
        if (search != null && !names.isEmpty()) {
            throw notUnderstood("--search lists metrics; leave it out where they are named.");
        }
        if (why && names.isEmpty()) {
            throw notUnderstood("--why is of metrics that are named.");
        }
        if (namesAlone && (why || !names.isEmpty() || format == Format.JSON)) {
            throw notUnderstood("--names lists names alone, as text.");
        }
    }

    @Override
    int run(UseCases cairn) {
        var catalogs = cairn.catalogs();
        var problems = unknown(names, catalogs.catalog());
        if (!problems.isEmpty()) {
            Report.problems(problems, format, out(), err());
            return 1;
        }
        var metrics = wanted(catalogs);
        switch (format) {
            case TEXT -> {
                if (namesAlone) {
                    metrics.forEach(metric -> out().println(metric.name()));
                } else if (names.isEmpty()) {
                    list(metrics, catalogs.catalog());
                } else {
                    var guards = guards(metrics, cairn);
                    each(metrics, metric -> describe(metric, catalogs, guards));
                }
            }
            case JSON -> {
                var guards = names.isEmpty() ? Map.<String, Guard>of() : guards(metrics, cairn);
                Report.json(
                        Map.of(
                                "metrics",
                                metrics.stream()
                                        .map(metric -> json(metric, catalogs, why, guards))
                                        .toList()),
                        out());
            }
        }
        return 0;
    }

    /** How the guards of metrics stand, looked at now; none where they cannot be. */
    static GuardStandings guards(List<Metric> metrics, UseCases cairn, Deadline deadline) {
        var paired =
                metrics.stream()
                        .filter(metric -> metric.counter() != null)
                        .map(Metric::name)
                        .toList();
        if (!paired.isEmpty()) {
            var query = new GuardQuery(paired, GuardQuery.Cycle.MONTH, ZoneOffset.UTC, null);
            try {
                if (cairn.guards().guards(query, Caller.LOCAL, deadline)
                        instanceof GuardUseCase.Outcome.Watched(var watched)) {
                    return GuardStandings.of(watched);
                }
            } catch (AnalysisFailed | Cancelled _) {
                // What they stand beside is shown without them.
            }
        }
        return new GuardStandings(Map.of());
    }

    private Map<String, Guard> guards(List<Metric> metrics, UseCases cairn) {
        return why ? Map.of() : guards(metrics, cairn, cairn.deadline()).guards();
    }

    /** What is wrong with names of metrics. */
    static List<Problem> unknown(List<String> names, Catalog catalog) {
        return names.stream()
                .filter(name -> catalog.metric(name).isEmpty())
                .map(name ->
                        Problem.of(
                                        ProblemCode.UNKNOWN_METRIC,
                                        Place.NOWHERE,
                                        "No metric '%s'.",
                                        name)
                                .suggesting(catalog.nearest(name, Metric.class)))
                .toList();
    }

    private List<Metric> wanted(BrowseCatalogUseCase catalogs) {
        var catalog = catalogs.catalog();
        return names.isEmpty()
                ? catalog.all(Metric.class).stream().filter(this::isFound).toList()
                : names.stream().flatMap(name -> catalog.metric(name).stream()).toList();
    }

    private boolean isFound(Metric metric) {
        return search == null
                || Stream.of(metric.name(), metric.label(), metric.description())
                        .anyMatch(said ->
                                said.toLowerCase(Locale.ROOT)
                                        .contains(search.toLowerCase(Locale.ROOT)));
    }

    private void list(List<Metric> metrics, Catalog catalog) {
        if (metrics.isEmpty()) {
            out().println("No metric matches.");
            return;
        }
        var columns = Stream.of("unit", "domain", "label").map(Table.Column::text).toList();
        var header = new ArrayList<>(List.of(Table.Column.key("metric")));
        header.addAll(columns);
        var rows =
                metrics.stream()
                        .map(metric ->
                                Table.Row.of(
                                        metric.name(),
                                        word(metric.unit()),
                                        word(metric.domain()),
                                        DisplayText.plain(metric.label())
                                                + state(metric)
                                                + departing(metric, catalog)))
                        .toList();
        new Table(header, rows).lines(Screen.current()).forEach(out()::println);
    }

    private static String departing(Metric metric, Catalog catalog) {
        return catalog.entry(metric.name())
                .filter(entry -> !Departure.of(entry).isEmpty())
                .map(_ -> " (not the standard)")
                .orElse("");
    }

    private static String state(Metric metric) {
        return metric.status() == Metric.Status.PUBLISHED ? "" : " (" + word(metric.status()) + ")";
    }

    private static String word(@Nullable Enum<?> value) {
        return value == null ? "" : value.name().toLowerCase(Locale.ROOT);
    }

    private void each(List<Metric> metrics, Consumer<Metric> describe) {
        boolean first = true;
        for (var metric : metrics) {
            if (!first) {
                out().println();
            }
            describe.accept(metric);
            first = false;
        }
    }

    private void describe(Metric metric, BrowseCatalogUseCase catalogs, Map<String, Guard> guards) {
        out().println(metric.name() + ": " + DisplayText.plain(metric.label()) + state(metric));
        if (why) {
            explain(metric, catalogs, out());
        } else {
            properties(metric, catalogs, guards, out());
        }
    }

    /** The formula as it is written, and with what its names stand for. */
    private static void explain(Metric metric, BrowseCatalogUseCase catalogs, PrintWriter out) {
        var written = catalogs.writtenOut(metric.name()).orElseThrow();
        line("formula", metric.formula(), out);
        line("parameters", parameters(metric), out);
        line("value of", level(metric), out);
        line("written out", written.formula(), out);
        written.named()
                .forEach(named ->
                        line(
                                "with",
                                "%s %s: %s".formatted(named.kind(), named.name(), named.formula()),
                                out));
    }

    /** The properties of a metric, a line each; those that are not declared have none. */
    private static void properties(
            Metric metric,
            BrowseCatalogUseCase catalogs,
            Map<String, Guard> guards,
            PrintWriter out) {
        if (!metric.description().isBlank()) {
            metric.description().lines().map(DisplayText::plain).forEach(out::println);
        }
        line("formula", metric.formula(), out);
        line("parameters", parameters(metric), out);
        line("unit", word(metric.unit()), out);
        line(
                "good is",
                metric.direction() == Metric.Direction.NEUTRAL ? "" : word(metric.direction()),
                out);
        line("value of", level(metric), out);
        line(
                "at least",
                metric.sample().least() == null ? "" : metric.sample().least() + " observations",
                out);
        line(
                "rows alike",
                metric.sample().cluster() == null ? "" : "by " + word(metric.sample().cluster()),
                out);
        line("domain", word(metric.domain()), out);
        line("guarded by", guard(metric), out);
        var guard = guards.get(metric.name());
        if (guard != null) {
            line("guard", standing(guard), out);
            line("because", Objects.requireNonNullElse(guard.reason(), ""), out);
        }
        line("owner", Objects.requireNonNullElse(metric.owner(), ""), out);
        line("version", Integer.toString(version(metric, catalogs)), out);
        origin(metric, catalogs, out);
        line("computed from", String.join(", ", dependencies(metric, catalogs)), out);
        line("group by", String.join(", ", dimensions(metric, catalogs)), out);
        line("bands", bands(metric), out);
        notes(metric.notes(), out);
    }

    private static void origin(Metric metric, BrowseCatalogUseCase catalogs, PrintWriter out) {
        var entry = catalogs.catalog().entry(metric.name()).orElseThrow();
        var origin = entry.origin();
        if (origin != null) {
            var pack = origin.pack() + " " + origin.version();
            line("pack", entry.isOfPack() ? pack : "your own, in place of that of " + pack, out);
            Departure.of(entry).forEach(departure -> line("differs", departure.said(), out));
        }
    }

    private static @Nullable Map<String, Object> origin(Entry entry) {
        var origin = entry.origin();
        if (origin == null) {
            return null;
        }
        var said = new LinkedHashMap<String, Object>();
        said.put("pack", origin.pack());
        said.put("packVersion", origin.version());
        said.put("isOverridden", !entry.isOfPack());
        said.put("departures", Departure.of(entry));
        return said;
    }

    /** {@code red below 50, yellow below 75, green}. */
    private static String bands(Metric metric) {
        return metric.bands().stream()
                .map(band ->
                        band.below() == null
                                ? band.name()
                                : band.name() + " below " + band.below().toPlainString())
                .collect(Collectors.joining(", "));
    }

    /** {@code tripped since 2026-01-01: ...}. */
    private static String standing(Guard guard) {
        var state = GuardLines.state(guard);
        return guard.isTripped()
                ? "%s since %s: %s".formatted(state, guard.since(), guard.words())
                : state;
    }

    private static String guard(Metric metric) {
        var none = metric.notes().noCounter();
        return metric.counter() != null ? metric.counter() : none == null ? "" : "none: " + none;
    }

    private static void notes(MetricNotes notes, PrintWriter out) {
        line("timing", word(notes.timing()), out);
        line("lists", word(notes.accountList()), out);
        line("decides", Objects.requireNonNullElse(notes.decision(), ""), out);
        notes.rules().forEach(rule -> line("rule", rule, out));
        line("example", Objects.requireNonNullElse(notes.example(), ""), out);
        notes.pitfalls().forEach(pitfall -> line("pitfall", pitfall, out));
        notes.sources().forEach(source -> line("from", source, out));
    }

    private static String parameters(Metric metric) {
        return metric.parameters().stream()
                .map(parameter ->
                        "%s: %s, usually %s"
                                .formatted(
                                        parameter.name(),
                                        word(parameter.type()),
                                        parameter.defaultValue()))
                .collect(Collectors.joining("; "));
    }

    private static String level(Metric metric) {
        var level =
                switch (metric.level()) {
                    case CELL -> "a cell";
                    case ACCOUNT -> "an account";
                    case USER -> "a user";
                    case ENTITY -> "one " + metric.of();
                };
        var rollUp = metric.rollUp();
        return rollUp == null ? level : level + "; in a cell, their " + word(rollUp);
    }

    /** A line, or as many as the text has and needs. */
    private static void line(String what, String text, PrintWriter out) {
        var label = what;
        for (var line : wrapped(text)) {
            out.println("  %-13s  %s".formatted(label, DisplayText.plain(line)));
            label = "";
        }
    }

    /** Breaks lists after a comma. */
    private static List<String> wrapped(String text) {
        var lines = new ArrayList<String>();
        for (var line : text.lines().toList()) {
            var shown = new StringBuilder();
            for (var piece : line.split("(?<=, )", -1)) {
                if (!shown.isEmpty() && shown.length() + piece.length() > LONGEST_LINE) {
                    lines.add(shown.toString().stripTrailing());
                    shown.setLength(0);
                }
                shown.append(piece);
            }
            lines.add(shown.toString());
        }
        return lines;
    }

    private static int version(Metric metric, BrowseCatalogUseCase catalogs) {
        return catalogs.catalog().entry(metric.name()).orElseThrow().version();
    }

    private static List<String> dependencies(Metric metric, BrowseCatalogUseCase catalogs) {
        return catalogs.dependencies(List.of(metric.name())).getOrDefault(metric.name(), List.of());
    }

    private static List<String> dimensions(Metric metric, BrowseCatalogUseCase catalogs) {
        return catalogs
                .dimensions(List.of(metric.name()))
                .getOrDefault(metric.name(), List.of())
                .stream()
                .map(Dimension::key)
                .toList();
    }

    private static Map<String, @Nullable Object> json(
            Metric metric, BrowseCatalogUseCase catalogs, boolean why, Map<String, Guard> guards) {
        var said = new LinkedHashMap<String, @Nullable Object>();
        said.put("key", metric.name());
        said.put("label", metric.label());
        said.put("summary", metric.description().isBlank() ? null : metric.description());
        said.put("domain", metric.domain());
        said.put("unit", metric.unit());
        said.put(
                "direction",
                switch (metric.direction()) {
                    case HIGHER -> "HIGHER_IS_BETTER";
                    case LOWER -> "LOWER_IS_BETTER";
                    case NEUTRAL -> "NEUTRAL";
                });
        said.put("status", metric.status());
        said.put("version", version(metric, catalogs));
        said.put("level", metric.level());
        said.put("entity", metric.entity());
        said.put("rollUp", metric.rollUp());
        said.put("formula", metric.formula());
        if (why) {
            said.put("writtenOut", catalogs.writtenOut(metric.name()).orElseThrow());
        }
        said.put("emptyIsNone", metric.emptyIsNone());
        said.put("minSample", metric.sample().least());
        said.put("clusteredByAccount", metric.sample().cluster() != null);
        said.put("params", metric.parameters());
        said.put("bands", metric.bands());
        said.put("dependsOn", dependencies(metric, catalogs));
        said.put("dimensions", dimensions(metric, catalogs));
        said.put("owner", metric.owner());
        said.put("counter", metric.counter());
        said.put("guard", guards.get(metric.name()));
        said.put("notes", metric.notes());
        said.put("origin", origin(catalogs.catalog().entry(metric.name()).orElseThrow()));
        return said;
    }
}
