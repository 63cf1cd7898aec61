package dev.cairn.adapters.terminal.command;

import dev.cairn.adapters.terminal.display.ImpactLines;
import dev.cairn.adapters.terminal.display.Screen;
import dev.cairn.adapters.terminal.question.ImpactText;
import dev.cairn.application.port.Reads;
import dev.cairn.application.port.in.ImpactUseCase.Outcome;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.impact.ImpactQuery;
import dev.cairn.domain.model.Metric.Direction;
import dev.cairn.domain.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what came of a change. */
@Command(
        name = "impact",
        description =
                "Says whether a change helped: metrics of accounts before and after it, beside those of accounts that it did not concern, with how far the effect may be off and a verdict with its reasons.",
        customSynopsis = "cairn impact METRIC... (--change KEY | --on DAY) [OPTION...]",
        sortOptions = false,
        footer = {
            "",
            "Examples, on the company of 'cairn demo':",
            "  cairn impact \"shared = count(activity where name = 'report_shared')\" --change M1 --against \"account.region = 'Americas'\" --direction higher",
            "  cairn impact nps csat --on 2026-06-07 --window 56 --gap 7",
            "  cairn impact nps --on 2026-01-01 --window 365 --rows"
        })
public final class ImpactCommand extends DataCommand {
    @Parameters(
            paramLabel = "METRIC",
            arity = "1..*",
            description =
                    "Up to 20 metrics by name, or formulas: \"reports = count(activity where name = 'report_shared')\".")
    private List<String> metrics = new ArrayList<>();

    @Option(
            names = "--change",
            paramLabel = "KEY",
            description =
                    "The change, by the key of its marker (a fact of the source change_marker), which says its day and may name the accounts that it concerned.")
    private @Nullable String change;

    @Option(
            names = "--on",
            paramLabel = "DAY",
            description = "The first day of the change, where it has no marker.")
    private @Nullable String on;

    @Option(
            names = "--for",
            paramLabel = "NAME|RULE",
            description =
                    "The accounts that it concerned, a cohort or a condition, as of its day. Default: those that the marker names, else all.")
    private @Nullable String concerned;

    @Option(
            names = "--against",
            paramLabel = "NAME|RULE",
            description =
                    "Accounts that it did not concern, to compare with. Without them a metric has MOVED at most, unless it did not move so far at 20 earlier days.")
    private @Nullable String against;

    @Option(
            names = "--window",
            paramLabel = "DAYS",
            defaultValue = "28",
            description =
                    "Days before and days after, best whole weeks. Default: ${DEFAULT-VALUE}.")
    private int window = ImpactQuery.WINDOW_DAYS;

    @Option(
            names = "--gap",
            paramLabel = "DAYS",
            defaultValue = "0",
            description =
                    "Days from the change on in which it takes hold, and which count neither as before nor as after. Default: none.")
    private int gap;

    @Option(
            names = "--where",
            paramLabel = "FORMULA",
            description =
                    "Only accounts for which the condition on their attributes holds; with --rows, only such rows.")
    private @Nullable String where;

    @Option(
            names = "--share",
            paramLabel = "PART",
            description =
                    "Where chance decided who had the change: the part that was to have it, 0.5 for half. Groups of other sizes are told.")
    private @Nullable Double share;

    @Option(
            names = "--daily",
            description =
                    "Look while the time after is not over: both windows are as long as it has come, and intervals hold however often one looks.")
    private boolean daily;

    @Option(
            names = "--rows",
            description =
                    "Compare rows, not accounts, where facts are of no account: shares, averages and NPS only.")
    private boolean rows;

    @Option(
            names = "--direction",
            paramLabel = "HIGHER|LOWER",
            description =
                    "Which way is good of metrics that do not say so, such as formulas. Without it they have MOVED at most.")
    private @Nullable Direction direction;

    @Mixin private NowOptions now = new NowOptions();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "text (default), or for programs json.")
    private Format format = Format.TEXT;

    @Override
    int run(UseCases cairn) {
        var read =
                ImpactText.read(
                        new ImpactText.Written(
                                metrics,
                                on,
                                change,
                                concerned,
                                against,
                                window,
                                gap,
                                now.zone(),
                                where,
                                now.asOf(),
                                daily,
                                share,
                                rows,
                                direction));
        if (!read.problems().isEmpty()) {
            return refused(read.problems());
        }
        var asked =
                Reads.during(
                        () -> cairn.impacts().impact(read.query(), Caller.LOCAL, cairn.deadline()));
        return switch (asked.answer()) {
            case Outcome.Rejected(var problems) -> refused(problems);
            case Outcome.Assessed(var impact) -> {
                var trust = ReadTrust.of(asked.sources(), cairn);
                switch (format) {
                    case TEXT -> {
                        new ImpactLines(impact).lines(Screen.current()).forEach(out()::println);
                        trust.tell(out());
                    }
                    case JSON -> trust.write(impact, out());
                }
                yield 0;
            }
        };
    }

    private int refused(List<Problem> problems) {
        Report.problems(
                switch (format) {
                    case TEXT -> problems.stream().map(ImpactText::typed).toList();
                    case JSON -> problems;
                },
                format,
                out(),
                err());
        return 1;
    }
}
