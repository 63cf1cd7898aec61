package dev.cairn.adapters.terminal.command;

import dev.cairn.domain.analysis.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the baselines that were kept. */
@Command(
        name = "baselines",
        description =
                "Lists the values of metrics that were kept as baselines; 'cairn query --baselines' shows values beside them.",
        footer = {
            "",
            "'cairn baseline keep' keeps one.",
            "",
            "Examples:",
            "  cairn baselines",
            "  cairn baselines nps --format json"
        })
public final class BaselinesCommand extends DataCommand {
    @Parameters(
            arity = "0..*",
            paramLabel = "METRIC",
            description = "Only baselines of these metrics, by name.")
    private List<String> metrics = new ArrayList<>();

    @Option(names = "--format", paramLabel = "FORMAT", description = "text (default) or json.")
    private Format format = Format.TEXT;

    @Override
    int run(UseCases cairn) {
        var unknown = MetricsCommand.unknown(metrics, cairn.catalogs().catalog());
        if (!unknown.isEmpty()) {
            Report.problems(unknown, format, out(), err());
            return 1;
        }
        var baselines =
                cairn.baselines().baselines(null, Caller.LOCAL).stream()
                        .filter(baseline ->
                                metrics.isEmpty() || metrics.contains(baseline.metric()))
                        .toList();
        switch (format) {
            case TEXT -> {
                if (baselines.isEmpty()) {
                    out().println("No baselines were kept.");
                } else {
                    BaselineText.lines(baselines).forEach(out()::println);
                }
            }
            case JSON ->
                    Report.json(
                            Map.of(
                                    "baselines",
                                    baselines.stream().map(BaselineText::json).toList()),
                            out());
        }
        return 0;
    }
}
