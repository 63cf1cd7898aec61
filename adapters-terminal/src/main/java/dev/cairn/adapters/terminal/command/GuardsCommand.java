package dev.cairn.adapters.terminal.command;

import dev.cairn.adapters.terminal.display.GuardLines;
import dev.cairn.adapters.terminal.display.Screen;
import dev.cairn.adapters.terminal.question.ScoreText;
import dev.cairn.application.port.Reads;
import dev.cairn.application.port.in.GuardUseCase.Outcome;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.guard.GuardQuery;
import dev.cairn.domain.guard.GuardQuery.Cycle;
import dev.cairn.domain.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists pairs of metrics and counter-metrics, and whether the one improved while the other got worse. */
@Command(
        name = "guards",
        description =
                "Whether metrics got better while their counter-metrics got worse, beyond chance: over the last whole cycle beside the one before.",
        customSynopsis = "cairn guards [OPTION...] [METRIC...]",
        sortOptions = false,
        footer = {
            "",
            "Examples, on the company of 'cairn demo':",
            "  cairn guards first_reply_time renewal_rate --as-of 2026-07-01T00:00Z",
            "  cairn guards"
        })
public final class GuardsCommand extends DataCommand {
    @Parameters(
            paramLabel = "METRIC",
            arity = "0..*",
            description = "Metrics whose pairs are tested. Default: all that are published.")
    private List<String> metrics = new ArrayList<>();

    @Option(
            names = "--every",
            paramLabel = "CYCLE",
            defaultValue = "month",
            description = "week, month or quarter. Default: ${DEFAULT-VALUE}.")
    private String every = "month";

    @Mixin private NowOptions now = new NowOptions();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "text (default), or json for programs.")
    private Format format = Format.TEXT;

    @Override
    void check() {
        cycle();
    }

    private Cycle cycle() {
        return switch (every.toLowerCase(Locale.ROOT)) {
            case "week" -> Cycle.WEEK;
            case "month" -> Cycle.MONTH;
            case "quarter" -> Cycle.QUARTER;
            default -> throw notUnderstood("--every is week, month or quarter, not '%s'.", every);
        };
    }

    @Override
    int run(UseCases cairn) {
        var text = new ScoreText();
        var read = text.zone(now.zone());
        var query = new GuardQuery(metrics, cycle(), read, text.instant(now.asOf(), read));
        if (!text.problems().isEmpty()) {
            return refused(text.problems());
        }
        var asked =
                Reads.during(() -> cairn.guards().guards(query, Caller.LOCAL, cairn.deadline()));
        return switch (asked.answer()) {
            case Outcome.Rejected(var problems) -> refused(problems);
            case Outcome.Watched(var guards) -> {
                var trust = ReadTrust.of(asked.sources(), cairn);
                switch (format) {
                    case TEXT -> {
                        new GuardLines(guards).lines(Screen.current()).forEach(out()::println);
                        trust.tell(out());
                    }
                    case JSON -> trust.write(Map.of("pairs", guards), out());
                }
                yield 0;
            }
        };
    }

    private int refused(List<Problem> problems) {
        Report.problems(problems, format, out(), err());
        return 1;
    }
}
