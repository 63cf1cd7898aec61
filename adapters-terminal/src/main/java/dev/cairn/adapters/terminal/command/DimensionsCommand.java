package dev.cairn.adapters.terminal.command;

import dev.cairn.adapters.terminal.display.DisplayText;
import dev.cairn.adapters.terminal.display.Screen;
import dev.cairn.adapters.terminal.display.Table;
import dev.cairn.application.port.in.BrowseCatalogUseCase;
import dev.cairn.application.port.in.BrowseCatalogUseCase.Values;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.Dimension;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists what metrics can be grouped and filtered by, or the values of that. */
@Command(
        name = "dimensions",
        description =
                "Lists what all of the metrics can be grouped by, or the values of a dimension.",
        footer = {
            "",
            "Examples, on the sample:",
            "  cairn dimensions nps billed",
            "  cairn dimensions --values account.plan",
            "  cairn dimensions --values account.name --starts-with Birch --first 5"
        })
public final class DimensionsCommand extends DataCommand {
    private static final int MOST = 10_000;

    @Parameters(arity = "0..*", paramLabel = "METRIC", description = "Metrics, by name.")
    private List<String> metrics = new ArrayList<>();

    @Option(
            names = "--values",
            paramLabel = "DIMENSION",
            description = "Lists the values of this dimension, in order.")
    private @Nullable String values;

    @Option(
            names = "--names",
            description = "Lists what the metrics can be grouped by as names alone, a line each.")
    private boolean namesAlone;

    @Option(
            names = "--starts-with",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Only values that start with the text.")
    private String startsWith;

    @Option(
            names = "--first",
            paramLabel = "VALUES",
            defaultValue = "100",
            description = "How many values. Default: ${DEFAULT-VALUE}.")
    private int first;

    @Option(names = "--format", paramLabel = "FORMAT", description = "text (default) or json.")
    private Format format = Format.TEXT;

    @Override
    void check() {
        if ((values == null) == metrics.isEmpty()) {
            throw notUnderstood("Name metrics, or a dimension with --values.");
        }
        if (namesAlone && (values != null || format == Format.JSON)) {
            throw notUnderstood("--names lists names of dimensions alone, as text.");
        }
        if (values == null && !startsWith.isEmpty()) {
            throw notUnderstood("--starts-with needs --values.");
        }
        if (first < 1 || first > MOST) {
            throw notUnderstood("--first is between 1 and %d, not %d.", MOST, first);
        }
    }

    @Override
    int run(UseCases cairn) {
        var catalogs = cairn.catalogs();
        return values == null ? dimensions(catalogs) : values(values, catalogs);
    }

    private int refused(List<Problem> problems) {
        Report.problems(problems, format, out(), err());
        return 1;
    }

    private int dimensions(BrowseCatalogUseCase catalogs) {
        var catalog = catalogs.catalog();
        var unknown = MetricsCommand.unknown(metrics, catalog);
        if (!unknown.isEmpty()) {
            return refused(unknown);
        }
        var of = catalogs.dimensions(metrics);
        var common = new ArrayList<>(of.get(metrics.getFirst()));
        of.values().forEach(common::retainAll);
        switch (format) {
            case TEXT -> {
                if (namesAlone) {
                    common.forEach(dimension -> out().println(dimension.key()));
                } else {
                    list(common);
                }
            }
            case JSON -> Report.json(Map.of("dimensions", common), out());
        }
        return 0;
    }

    private void list(List<Dimension> dimensions) {
        if (dimensions.isEmpty()) {
            out().println("The metrics have no dimension in common.");
            return;
        }
        var rows =
                dimensions.stream()
                        .map(dimension ->
                                Table.Row.of(
                                        DisplayText.plain(dimension.key()),
                                        dimension.valueType().name().toLowerCase(Locale.ROOT),
                                        DisplayText.plain(dimension.label())))
                        .toList();
        new Table(
                        List.of(
                                Table.Column.key("dimension"),
                                Table.Column.text("type"),
                                Table.Column.text("label")),
                        rows)
                .lines(Screen.current())
                .forEach(out()::println);
    }

    /** Asks for one more than are shown, to know whether there are more. */
    private int values(String dimension, BrowseCatalogUseCase catalogs) {
        return switch (catalogs.values(dimension, startsWith, first + 1, Caller.LOCAL)) {
            case Values.Rejected(var problems) ->
                    refused(problems.stream().map(problem -> problem.in(Place.NOWHERE)).toList());
            case Values.Found(var found) -> {
                var shown = found.stream().limit(first).toList();
                switch (format) {
                    case TEXT -> shown.stream().map(DisplayText::plain).forEach(out()::println);
                    case JSON ->
                            Report.json(
                                    Map.of("values", shown, "hasMore", found.size() > first),
                                    out());
                }
                if (found.size() > first && format == Format.TEXT) {
                    out().flush();
                    err().println(
                                    "There are more; --first %d shows more of them."
                                            .formatted(Math.min(MOST, 10 * first)));
                }
                yield 0;
            }
        };
    }
}
