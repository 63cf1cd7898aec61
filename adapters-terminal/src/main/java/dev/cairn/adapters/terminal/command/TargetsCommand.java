package dev.cairn.adapters.terminal.command;

import dev.cairn.adapters.terminal.display.DisplayText;
import dev.cairn.adapters.terminal.display.Screen;
import dev.cairn.adapters.terminal.display.Table;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.model.Target;
import dev.cairn.domain.model.Target.Goal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the targets of metrics. */
@Command(
        name = "targets",
        description =
                "Lists the targets of metrics; 'cairn query --targets' shows values beside them.",
        footer = {
            "",
            "A target is a definition in a file, which 'cairn apply' sets:",
            "  target: nps_2026",
            "  metric: nps",
            "  value: 40",
            "  from: 2026-01-01",
            "  until: 2027-01-01",
            "",
            "Examples:",
            "  cairn targets",
            "  cairn targets nps --format json"
        })
public final class TargetsCommand extends DataCommand {
    @Parameters(
            arity = "0..*",
            paramLabel = "METRIC",
            description = "Only targets of these metrics, by name.")
    private List<String> metrics = new ArrayList<>();

    @Option(names = "--format", paramLabel = "FORMAT", description = "text (default) or json.")
    private Format format = Format.TEXT;

    @Override
    int run(UseCases cairn) {
        var catalog = cairn.catalogs().catalog();
        var unknown = MetricsCommand.unknown(metrics, catalog);
        if (!unknown.isEmpty()) {
            Report.problems(unknown, format, out(), err());
            return 1;
        }
        var targets = targets(catalog);
        switch (format) {
            case TEXT -> list(targets);
            case JSON ->
                    Report.json(
                            Map.of("targets", targets.stream().map(TargetsCommand::json).toList()),
                            out());
        }
        return 0;
    }

    private List<Target> targets(Catalog catalog) {
        return catalog.all(Target.class).stream()
                .filter(target -> metrics.isEmpty() || metrics.contains(target.metric()))
                .toList();
    }

    private void list(List<Target> targets) {
        if (targets.isEmpty()) {
            out().println("There are no targets.");
            return;
        }
        var rows =
                targets.stream()
                        .map(target ->
                                Table.Row.of(
                                        DisplayText.plain(target.name()),
                                        DisplayText.plain(target.metric()),
                                        target.goal().text(),
                                        DisplayText.plain(target.of()),
                                        target.period(),
                                        holds(target)))
                        .toList();
        new Table(
                        List.of(
                                Table.Column.key("target"),
                                Table.Column.text("metric"),
                                Table.Column.text("value"),
                                Table.Column.text("of"),
                                Table.Column.text("period"),
                                Table.Column.text("holds")),
                        rows)
                .lines(Screen.current())
                .forEach(out()::println);
    }

    private static String holds(Target target) {
        return target.holds() == null ? "" : target.holds().name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, @Nullable Object> json(Target target) {
        var shown = new LinkedHashMap<String, @Nullable Object>();
        shown.put("key", target.name());
        shown.put("label", target.label());
        shown.put("metric", target.metric());
        switch (target.goal()) {
            case Goal.Reach(var value) -> shown.put("value", value);
            case Goal.Between(var least, var most) -> {
                shown.put("value", least);
                shown.put("most", most);
            }
        }
        shown.put("from", target.from().toString());
        shown.put("to", target.until() == null ? null : target.until().toString());
        shown.put("scope", BaselineText.scope(target.scope()));
        shown.put("holds", target.holds());
        shown.put("each", target.each());
        shown.put("baseline", target.baseline());
        shown.put("near", target.near());
        return shown;
    }
}
