package dev.cairn.adapters.terminal.command;

import dev.cairn.adapters.terminal.display.Screen;
import dev.cairn.adapters.terminal.display.SeparationData;
import dev.cairn.adapters.terminal.display.SeparationLines;
import dev.cairn.adapters.terminal.question.SeparationText;
import dev.cairn.application.port.Reads;
import dev.cairn.application.port.in.SeparateUseCase.Outcome;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says whether metrics tell accounts that succeed from the others. */
@Command(
        name = "separation",
        description =
                "Says whether a metric tells accounts that succeed from the others before it is decided: vanity or actionable. Without a metric all of the catalogue are ranked.",
        customSynopsis = "cairn separation [METRIC|FORMULA] --success NAME [OPTION...]",
        sortOptions = false,
        footer = {
            "",
            "Examples, with a success 'renewed' defined in a file (docs/separation.md):",
            "  cairn separation active_users --success renewed",
            "  cairn separation 'count(event)' --success renewed --days 28 --segment account.plan",
            "  cairn separation active_users --success renewed --lead-weeks 4,8,12 --slices 3",
            "  cairn separation --success renewed"
        })
public final class SeparationCommand extends DataCommand {
    @Parameters(
            arity = "0..1",
            paramLabel = "METRIC|FORMULA",
            description = "A metric of the catalogue, or a formula of one account: count(event).")
    private @Nullable String metric;

    @Option(
            names = "--success",
            paramLabel = "NAME",
            required = true,
            description = "The success that metrics are held against, as a file defines it.")
    private String success = "";

    @Option(
            names = "--from",
            paramLabel = "DAY",
            description = "The first day that the metric is read of; with --to.")
    private @Nullable String from;

    @Option(
            names = "--to",
            paramLabel = "DAY",
            description =
                    "The day after the last; by the day from which on success is decided at the latest.")
    private @Nullable String to;

    @Option(
            names = "--days",
            paramLabel = "DAYS",
            description =
                    "In their place: so many days before success is decided, or from the date of the account on. Default: 90.")
    private @Nullable Integer days;

    @Option(
            names = "--where",
            paramLabel = "FORMULA",
            description = "Only accounts that meet the condition when the metric is read.")
    private @Nullable String where;

    @Option(
            names = "--cohort",
            paramLabel = "NAME|RULE",
            description = "Only accounts of a cohort, or that meet a rule.")
    private @Nullable String cohort;

    @Option(
            names = "--segment",
            paramLabel = "DIMENSION",
            description = "The same for each value of a dimension of the account: account.plan.")
    private @Nullable String segment;

    @Option(
            names = "--lead-weeks",
            paramLabel = "WEEKS",
            split = ",",
            description = "How many weeks earlier the metric is read too: 4,8,12.")
    private List<Integer> leadWeeks = List.of();

    @Option(
            names = "--slices",
            paramLabel = "TIMES",
            defaultValue = "0",
            description = "Of how many earlier times the same is asked, up to 8. Default: none.")
    private int slices;

    @Option(
            names = "--cross-sectional",
            description =
                    "For a success that does not say when it is decided: a description, from which nothing follows.")
    private boolean crossSectional;

    @Mixin private NowOptions now = new NowOptions();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "text (default), or for programs json.")
    private Format format = Format.TEXT;

    @Override
    void check() {
        if ((from == null) != (to == null)) {
            throw notUnderstood("--from and --to go together.");
        }
        if (metric == null && (segment != null || !leadWeeks.isEmpty() || slices != 0)) {
            throw notUnderstood(
                    "--segment, --lead-weeks and --slices are of one metric: name it, or leave them out.");
        }
    }

    @Override
    int run(UseCases cairn) {
        var read =
                SeparationText.read(
                        new SeparationText.Written(
                                metric,
                                success,
                                from,
                                to,
                                days,
                                where,
                                cohort,
                                segment,
                                leadWeeks,
                                slices,
                                crossSectional,
                                now.zone(),
                                now.asOf()));
        if (!read.problems().isEmpty()) {
            return refused(read.problems());
        }
        return metric == null
                ? told(
                        Reads.during(() ->
                                cairn.separations()
                                        .audit(read.query(), Caller.LOCAL, cairn.deadline())),
                        SeparationData::of,
                        audit -> SeparationLines.lines(audit, Screen.current()),
                        cairn)
                : told(
                        Reads.during(() ->
                                cairn.separations()
                                        .separate(read.query(), Caller.LOCAL, cairn.deadline())),
                        SeparationData::of,
                        answer -> SeparationLines.lines(answer, Screen.current()),
                        cairn);
    }

    private <A> int told(
            Reads.Read<Outcome<A>> asked,
            Function<A, Map<String, @Nullable Object>> data,
            Function<A, List<String>> lines,
            UseCases cairn) {
        return switch (asked.answer()) {
            case Outcome.Rejected<A>(var problems) -> refused(problems);
            case Outcome.Answered<A>(var answer) -> {
                var trust = ReadTrust.of(asked.sources(), cairn);
                switch (format) {
                    case TEXT -> {
                        lines.apply(answer).forEach(out()::println);
                        trust.tell(out());
                    }
                    case JSON -> trust.write(data.apply(answer), out());
                }
                yield 0;
            }
        };
    }

    private int refused(List<Problem> problems) {
        Report.problems(
                format == Format.JSON
                        ? problems
                        : problems.stream().map(SeparationText::typed).toList(),
                format,
                out(),
                err());
        return 1;
    }
}
