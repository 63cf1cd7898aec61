package dev.cairn.adapters.terminal.command;

import dev.cairn.adapters.terminal.display.AnswerData;
import dev.cairn.adapters.terminal.display.AnswerPlot;
import dev.cairn.adapters.terminal.display.AnswerTable;
import dev.cairn.adapters.terminal.display.DisplayText;
import dev.cairn.adapters.terminal.display.Glyphs;
import dev.cairn.adapters.terminal.display.Screen;
import dev.cairn.adapters.terminal.question.QuestionText;
import dev.cairn.application.port.in.AnalyzeUseCase.Outcome;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.planner.QuestionLimits;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Asks a question. */
@Command(
        name = "query",
        description =
                "Asks a question, as GraphQL's analyze does, and shows the answer as a table or writes it for programs.",
        customSynopsis = "cairn query METRIC... --range RANGE [OPTION...]",
        sortOptions = false,
        footer = {
            "",
            "Examples, on the sample:",
            "  cairn query nps billed --by account.plan --range 2026-H1",
            "  cairn query nps --grain month --range 2026-01..2026-06 --details",
            "  cairn query nps --by account.plan --range 2026-H1 --interval",
            "  cairn query billed --by account.plan --range 2026-H1 --plot",
            "  cairn query active_users --grain week --range 2026-Q2 --plot",
            "  cairn query 'big = count(contract where annual_value > 9000)' --range 2026",
            "  cairn query billed --by account --range 2026-06 --first 5 \\",
            "              --order 'billed desc' --where \"account.plan = 'growth'\"",
            "  cairn query billed --grain month --range 2026 --format csv",
            "  cairn query billed --range 2026-06 --drill billed --first 5"
        })
public final class QueryCommand extends DataCommand {
    @Mixin private QuestionOptions options;

    @Mixin private DrillOptions drill;

    @Mixin private CurveOptions curve;

    @Option(
            names = "--details",
            description = "Adds numerators, denominators and the number of observations (n).")
    private boolean details;

    @Option(
            names = "--interval",
            description =
                    "Adds intervals of 95 %% of shares, averages and sums of such, as NPS is; with --details their standard errors and effective n.")
    private boolean interval;

    @Option(
            names = "--plot",
            description =
                    "Draws a plot: bars for groups, lines over time. A gap is a missing value.")
    private boolean plot;

    @Option(names = "--ascii", description = "Draws with ASCII characters only.")
    private boolean ascii;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "text (default), or for programs csv, json or ndjson, with unrounded numbers.")
    private AnswerFormat format = AnswerFormat.TEXT;

    @Override
    void check() {
        if (plot && (format != AnswerFormat.TEXT || details || options.totals())) {
            throw notUnderstood("--plot cannot be combined with --totals, --details or --format.");
        }
        if (drill.isAsked() && (plot || interval || details)) {
            throw notUnderstood("--drill cannot be combined with --plot, --interval or --details.");
        }
        if (curve.isAsked() && (plot || interval || details || drill.isAsked() || drill.keys())) {
            throw notUnderstood(
                    "--curve cannot be combined with --plot, --interval, --details, --drill or --keys.");
        }
        if (format == AnswerFormat.TEXT && drill.keys()) {
            throw notUnderstood(
                    "--keys needs --format csv, json or ndjson: keys are too long for a table.");
        }
        drill.objection()
                .ifPresent(why -> {
                    throw notUnderstood(why);
                });
    }

    @Override
    int run(UseCases cairn) {
        var question = options.question();
        var analyses = cairn.analyses();
        if (!question.problems().isEmpty()) {
            var further =
                    analyses.explain(question.query(), Caller.LOCAL, cairn.deadline()).problems();
            return refused(
                    question,
                    Stream.concat(question.problems().stream(), further.stream()).toList());
        }
        var query = asked(question);
        if (!drill.isAsked()) {
            return paged(
                    question,
                    (rows, after) ->
                            curve.of(
                                    analyses.analyze(
                                            query.page(rows, after)
                                                    .withUncertainty(interval || curve.isAsked()),
                                            Caller.LOCAL,
                                            cairn.deadline()),
                                    after == null));
        }
        return drill.key()
                .map(key -> opened(question, key, cairn))
                .orElseGet(() -> openedOnly(question, cairn));
    }

    private AnalysisQuery asked(QuestionText question) {
        return question.query().withUncertainty(interval).withKeys(drill.keys() || drill.isAsked());
    }

    /** Asks for a page: so many rows after a cursor; null: from the start. */
    private interface Pages {
        Outcome of(int rows, @Nullable String after);
    }

    private int paged(QuestionText question, Pages pages) {
        boolean whole = format != AnswerFormat.TEXT && !options.isPaged();
        var query = question.query();
        return switch (pages.of(
                whole ? QuestionLimits.MOST_ROWS : query.first(), whole ? null : query.after())) {
            case Outcome.Answered(var first) when whole && first.hasNextPage() ->
                    written(question, first, pages);
            case Outcome.Answered(var result) -> answered(question, result);
            case Outcome.Rejected(var problems) -> refused(question, problems);
        };
    }

    private int opened(QuestionText question, String key, UseCases cairn) {
        return paged(
                question,
                (rows, after) ->
                        cairn.analyses()
                                .members(
                                        drill.query(question.query(), key, rows, after),
                                        Caller.LOCAL,
                                        cairn.deadline()));
    }

    /** Of an answer of one row, which needs no key. */
    private int openedOnly(QuestionText question, UseCases cairn) {
        var cells = question.query().page(2, null);
        return switch (cairn.analyses().analyze(cells, Caller.LOCAL, cairn.deadline())) {
            case Outcome.Rejected(var problems) -> refused(question, problems);
            case Outcome.Answered(var result) -> {
                var keys = result.rows().stream().map(AnalysisResult.Row::key).toList();
                if (keys.size() == 1 && keys.getFirst() != null) {
                    yield opened(question, keys.getFirst(), cairn);
                }
                var why =
                        keys.isEmpty()
                                ? "The answer has no rows; there is nothing to open."
                                : "The answer has several rows; say which by --cell KEY, with a key that --keys shows, or ask for that group and time alone.";
                yield refused(
                        question, List.of(Problem.of(ProblemCode.MISSING, Place.of("key"), why)));
            }
        };
    }

    /** All rows, a page at a time; all pages are of what counted as now for the first. */
    private int written(QuestionText question, AnalysisResult first, Pages pages) {
        var writer = new AnswerWriter(format, shown(question), text -> print(text));
        writer.page(first);
        var page = first;
        while (page.hasNextPage() && !out().checkError()) {
            switch (pages.of(QuestionLimits.MOST_ROWS, page.cursor())) {
                case Outcome.Answered(var next) -> page = next;
                case Outcome.Rejected(var problems) -> {
                    return cutShort(problems.getFirst().message());
                }
            }
            writer.page(page);
        }
        writer.end(page);
        return 0;
    }

    private AnswerData.Shown shown(QuestionText question) {
        return new AnswerData.Shown(
                question.query().totals() || drill.isAsked(), details, interval, drill.keys());
    }

    /** Reports that the definitions changed between two pages. */
    private int cutShort(String reason) {
        err().println("cairn: The answer is incomplete: " + DisplayText.plain(reason));
        return FAILED;
    }

    private int refused(QuestionText question, List<Problem> problems) {
        switch (format) {
            case TEXT, CSV, NDJSON -> QuestionReport.problems(question, problems, err());
            case JSON -> Report.problems(problems, Format.JSON, out(), err());
        }
        return 1;
    }

    private int answered(QuestionText question, AnalysisResult result) {
        var query = asked(question);
        var found = Screen.current();
        var screen = ascii ? new Screen(found.width(), Glyphs.ASCII) : found;
        var data = new AnswerData(result, shown(question));
        switch (format) {
            case TEXT ->
                    (plot
                                    ? new AnswerPlot(query, result, screen).lines()
                                    : new AnswerTable(query, result, details).lines(screen))
                            .forEach(out()::println);
            case CSV -> print(data.csv());
            case JSON -> out().println(data.json());
            case NDJSON -> data.ndjson().forEach(out()::println);
        }
        out().flush();
        if (result.hasNextPage() && format != AnswerFormat.JSON) {
            err().println(
                            "There are more rows. For all of them: --format csv without --first and --after. For the next page: --after "
                                    + result.cursor());
        }
        return 0;
    }

    /** Unchanged to a file or a program; without control characters to a terminal. */
    private void print(String text) {
        if (Screen.current().isInteractive()) {
            text.lines().map(DisplayText::plain).forEach(out()::println);
        } else {
            out().print(text);
        }
    }
}
