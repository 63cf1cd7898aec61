package dev.cairn.adapters.terminal.command;

import dev.cairn.application.port.in.BaselineUseCase.Keep;
import dev.cairn.application.port.in.BaselineUseCase.Outcome;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.model.Baseline;
import dev.cairn.domain.model.Target.ScopeKey;
import dev.cairn.domain.model.WrittenQuestion;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.question.QuestionText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Keeps values of metrics as baselines, and removes them. */
@Command(
        name = "baseline",
        description = {
            "Keeps the values that metrics have now as baselines, which later values stand beside ('cairn query --baselines'),",
            "or removes baselines."
        },
        sortOptions = false,
        footer = {
            "",
            "Examples, on the sample:",
            "  cairn baseline keep nps --range 2026-H1",
            "  cairn baseline keep nps --range 2026-H1 --for account.segment=smb --level",
            "  cairn baseline remove nps_baseline"
        })
public final class BaselineCommand extends DataCommand {
    /** What is done. */
    enum Action {
        KEEP,
        REMOVE
    }

    @Parameters(
            index = "0",
            paramLabel = "keep|remove",
            description = "keep: the values of metrics. remove: baselines.")
    private Action action;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "NAME",
            description = "Metrics to keep, or baselines to remove, by name.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--range",
            paramLabel = "RANGE",
            description =
                    "Of which time the values are, by days: 2026-H1, 2026-Q1, 2026-01..2026-06, 2026-03-15.")
    private @Nullable String range;

    @Option(
            names = "--for",
            paramLabel = "DIMENSION=VALUE",
            description =
                    "Of which rows, by full names: account.plan=pro; repeated, all hold. Default: the company.")
    private List<String> scope = new ArrayList<>();

    @Option(
            names = "--account",
            paramLabel = "ACCOUNT",
            description = "Of one account, by its key; the same as --for account=ACCOUNT.")
    private @Nullable String account;

    @Option(
            names = "--level",
            description =
                    "Values of a time of any length stand beside it, not only of one as long: of a stock, a rate or a mean.")
    private boolean level;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            defaultValue = "UTC",
            description = "The time zone in which days begin. Default: ${DEFAULT-VALUE}.")
    private String zone;

    @Option(
            names = "--as-of",
            paramLabel = "INSTANT",
            description = "What counts as now: 2026-07-01T12:00Z, or a date for its start.")
    private @Nullable String asOf;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "The name of the baseline. Default: made of the metric and the rows.")
    private @Nullable String key;

    @Option(names = "--label", paramLabel = "TEXT", description = "What people call it.")
    private @Nullable String label;

    @Option(names = "--replace", description = "In the place of the one that is kept already.")
    private boolean replace;

    @Option(names = "--validate-only", description = "Asks and checks; keeps nothing.")
    private boolean validateOnly;

    @Option(names = "--format", paramLabel = "FORMAT", description = "text (default) or json.")
    private Format format = Format.TEXT;

    @Override
    void check() {
        switch (action) {
            case KEEP -> {
                if (range == null) {
                    throw notUnderstood("Of which time? Say it: --range 2026-Q1.");
                }
                scope();
            }
            case REMOVE -> {
                if (range != null
                        || !scope.isEmpty()
                        || account != null
                        || asOf != null
                        || key != null
                        || label != null
                        || level
                        || replace
                        || validateOnly) {
                    throw notUnderstood(
                            "'remove' takes the names of baselines and --format, nothing else.");
                }
            }
        }
    }

    private List<ScopeKey> scope() {
        var keys = new ArrayList<ScopeKey>();
        for (var text : scope) {
            int at = text.indexOf('=');
            if (at < 1 || at == text.length() - 1) {
                throw notUnderstood(
                        "--for is a dimension and its value, account.plan=pro, not '%s'.", text);
            }
            keys.add(new ScopeKey(text.substring(0, at).strip(), text.substring(at + 1).strip()));
        }
        if (account != null) {
            keys.add(new ScopeKey("account", account));
        }
        return keys;
    }

    @Override
    int run(UseCases cairn) {
        return switch (action) {
            case KEEP -> keep(cairn);
            case REMOVE -> report(cairn.baselines().remove(names, Caller.LOCAL), "Removed");
        };
    }

    private int keep(UseCases cairn) {
        var read = read();
        boolean isRange =
                read.problems().stream()
                        .noneMatch(problem -> problem.place().path().contains("timeRange"));
        if (!isRange) {
            return refused(read.problems());
        }
        if (!(read.query().range() instanceof AskedRange.Between(var from, var until))) {
            return refused(
                    Stream.concat(
                                    read.problems().stream(),
                                    Stream.of(
                                            Problem.of(
                                                    ProblemCode.BAD_RANGE,
                                                    Place.of("until"),
                                                    "A baseline is of days that are said: 2026-Q1, 2026-01..2026-06; not '%s'.",
                                                    String.valueOf(range))))
                            .toList());
        }
        var keep =
                new Keep(
                        names,
                        scope(),
                        from,
                        until,
                        read.query().zone(),
                        read.query().asOf(),
                        level,
                        key,
                        label,
                        replace,
                        validateOnly || !read.problems().isEmpty());
        var outcome = cairn.baselines().keep(keep, Caller.LOCAL, cairn.deadline());
        return read.problems().isEmpty()
                ? report(outcome, validateOnly ? "Would keep" : "Kept")
                : refused(
                        Stream.concat(read.problems().stream(), further(outcome).stream())
                                .toList());
    }

    /** What is wrong besides; values of a zone or an instant that nobody meant say nothing. */
    private static List<Problem> further(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Rejected(var problems) ->
                    problems.stream()
                            .filter(problem -> problem.code() != ProblemCode.NOT_ENOUGH_DATA)
                            .toList();
            case Outcome.Done _ -> List.of();
        };
    }

    private QuestionText read() {
        return QuestionText.read(
                new WrittenQuestion(
                        List.of(),
                        List.of(),
                        null,
                        range == null ? "" : range,
                        zone,
                        null,
                        null,
                        null,
                        null,
                        null,
                        asOf,
                        null,
                        List.of(),
                        false,
                        true,
                        false,
                        AnalysisQuery.ROWS,
                        null,
                        null,
                        true,
                        false,
                        false));
    }

    private int report(Outcome outcome, String done) {
        return switch (outcome) {
            case Outcome.Rejected(var problems) -> refused(problems);
            case Outcome.Done(var baselines) -> {
                switch (format) {
                    case TEXT -> show(baselines, done);
                    case JSON ->
                            Report.json(
                                    Map.of(
                                            "baselines",
                                            baselines.stream().map(BaselineText::json).toList()),
                                    out());
                }
                yield 0;
            }
        };
    }

    private void show(List<Baseline> baselines, String done) {
        out().println(done + " " + Report.counted(baselines.size(), "baseline") + ".");
        out().println();
        BaselineText.lines(baselines).forEach(out()::println);
    }

    private int refused(List<Problem> problems) {
        Report.problems(
                format == Format.JSON
                        ? problems
                        : problems.stream()
                                .map(problem -> problem.in(option(problem.place())))
                                .toList(),
                format,
                out(),
                err());
        return 1;
    }

    /** Where it is on the command line. */
    private static Place option(Place place) {
        return switch (place.path().isEmpty() ? "" : place.path().getFirst()) {
            case "until", "from", "timeRange" -> Place.of("--range");
            case "for" -> Place.of("--for");
            case "as_of", "asOf" -> Place.of("--as-of");
            case "zone", "timeZone" -> Place.of("--zone");
            case "key", "name" -> Place.of("--key");
            default -> Place.NOWHERE;
        };
    }
}
