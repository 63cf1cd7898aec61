package dev.cairn.adapters.terminal.command;

import dev.cairn.adapters.terminal.display.AnswerData;
import dev.cairn.adapters.terminal.display.AnswerPlot;
import dev.cairn.adapters.terminal.display.AnswerTable;
import dev.cairn.adapters.terminal.display.DisplayText;
import dev.cairn.adapters.terminal.display.Glyphs;
import dev.cairn.adapters.terminal.display.Screen;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.AnalyzeUseCase.Outcome;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.guard.GuardStandings;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.planner.QuestionLimits;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.question.QuestionText;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A command that answers a question: how the answer is shown. */
abstract class AnswerCommand extends DataCommand {
    /** How long a reader waits for what guards say. */
    private static final Duration OF_GUARDS = Duration.ofSeconds(5);

    @Option(
            names = "--details",
            description = "Adds numerators, denominators and the number of observations (n).")
    boolean details;

    @Option(
            names = "--interval",
            description =
                    "Adds intervals of 95 %% of shares, averages and sums of such, as NPS is; with --details their standard errors and effective n.")
    boolean interval;

    @Option(
            names = "--plot",
            description =
                    "Draws a plot: bars for groups, lines over time. A gap is a missing value.")
    boolean plot;

    @Option(names = "--ascii", description = "Draws with ASCII characters only.")
    boolean ascii;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "text (default), or for programs csv, json or ndjson, with unrounded numbers.")
    AnswerFormat format = AnswerFormat.TEXT;

    /** The question as it is asked, with what is shown of it. */
    abstract AnalysisQuery asked(QuestionText question);

    abstract AnswerData.Shown shown(QuestionText question);

    /** Whether a page was asked for, and not the whole answer. */
    abstract boolean isPaged(QuestionText question);

    /** Asks for a page: so many rows after a cursor; null: from the start. */
    interface Pages {
        Outcome of(int rows, @Nullable String after);
    }

    /** How guards stand of the metrics that are shown, once they have been measured. */
    private @Nullable GuardStandings guards;

    /**
     * Asks, and says what guards say beside what has notices. A command ends with its answer and has nothing measured before it: the pairs of the metrics that are shown are measured now, and nothing is
     * said of them where that takes longer than a reader waits.
     */
    Outcome asked(AnalysisQuery query, UseCases cairn) {
        var outcome = cairn.analyses().analyze(query, Caller.LOCAL, cairn.deadline());
        return switch (outcome) {
            case Outcome.Answered(var result)
                    when (format == AnswerFormat.TEXT || format == AnswerFormat.JSON)
                            && result.knownAt() == null ->
                    new Outcome.Answered(
                            result.withNotices(
                                    Stream.concat(
                                                    result.notices().stream(),
                                                    guards(result, cairn).beside(result).stream())
                                            .distinct()
                                            .toList()));
            case Outcome.Answered _, Outcome.Rejected _ -> outcome;
        };
    }

    private GuardStandings guards(AnalysisResult shown, UseCases cairn) {
        var known = guards;
        if (known == null) {
            known = measured(shown, cairn);
            guards = known;
        }
        return known;
    }

    private static GuardStandings measured(AnalysisResult shown, UseCases cairn) {
        var metrics =
                shown.columns().stream()
                        .map(AnalysisResult.Column::metric)
                        .flatMap(Stream::ofNullable)
                        .distinct()
                        .flatMap(metric -> cairn.catalogs().catalog().metric(metric).stream())
                        .filter(metric -> metric.status() == Metric.Status.PUBLISHED)
                        .toList();
        return MetricsCommand.guards(metrics, cairn, Deadline.in(OF_GUARDS, System::nanoTime));
    }

    int paged(QuestionText question, UseCases cairn, Pages pages) {
        boolean whole = format != AnswerFormat.TEXT && !isPaged(question);
        var query = question.query();
        return switch (pages.of(
                whole ? QuestionLimits.MOST_ROWS : query.first(), whole ? null : query.after())) {
            case Outcome.Answered(var first) when whole && first.hasNextPage() ->
                    written(question, first, cairn, pages);
            case Outcome.Answered(var result) -> answered(question, result, cairn);
            case Outcome.Rejected(var problems) -> refused(question, problems);
        };
    }

    /** All rows, a page at a time; all pages are of what counted as now for the first. */
    private int written(QuestionText question, AnalysisResult first, UseCases cairn, Pages pages) {
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
        writer.end(
                page,
                format == AnswerFormat.JSON
                        ? ReadTrust.beside(first, first.sources(), cairn)
                        : List.of());
        return 0;
    }

    /** Reports that the definitions changed between two pages. */
    private int cutShort(String reason) {
        err().println("cairn: The answer is incomplete: " + DisplayText.plain(reason));
        return FAILED;
    }

    int refused(QuestionText question, List<Problem> problems) {
        switch (format) {
            case TEXT, CSV, NDJSON -> QuestionReport.problems(question, problems, err());
            case JSON -> Report.problems(problems, Format.JSON, out(), err());
        }
        return 1;
    }

    int answered(QuestionText question, AnalysisResult result, UseCases cairn) {
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
            case JSON ->
                    out().println(data.json(ReadTrust.beside(result, result.sources(), cairn)));
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
