package dev.cairn.adapters.terminal.command;

import dev.cairn.adapters.terminal.display.AnswerData;
import dev.cairn.application.port.in.AnalyzeUseCase.Outcome;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.question.QuestionText;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
public final class QueryCommand extends AnswerCommand {
    @Mixin private QuestionOptions options;

    @Mixin private DrillOptions drill;

    @Mixin private CurveOptions curve;

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
        if (!question.problems().isEmpty()) {
            var further =
                    cairn.analyses()
                            .explain(question.query(), Caller.LOCAL, cairn.deadline())
                            .problems();
            return refused(
                    question,
                    Stream.concat(question.problems().stream(), further.stream()).toList());
        }
        var query = asked(question);
        if (!drill.isAsked()) {
            return paged(
                    question,
                    cairn,
                    (rows, after) ->
                            curve.of(
                                    asked(
                                            query.page(rows, after)
                                                    .withUncertainty(interval || curve.isAsked()),
                                            cairn),
                                    after == null));
        }
        return drill.key()
                .map(key -> opened(question, key, cairn))
                .orElseGet(() -> openedOnly(question, cairn));
    }

    @Override
    AnalysisQuery asked(QuestionText question) {
        return question.query().withUncertainty(interval).withKeys(drill.keys() || drill.isAsked());
    }

    private int opened(QuestionText question, String key, UseCases cairn) {
        return paged(
                question,
                cairn,
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

    @Override
    AnswerData.Shown shown(QuestionText question) {
        return new AnswerData.Shown(
                question.query().totals() || drill.isAsked(), details, interval, drill.keys());
    }

    @Override
    boolean isPaged(QuestionText question) {
        return options.isPaged();
    }
}
