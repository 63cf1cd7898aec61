package dev.cairn.adapters.terminal.command;

import dev.cairn.adapters.terminal.display.AnswerData;
import dev.cairn.adapters.terminal.display.DisplayText;
import dev.cairn.adapters.terminal.display.Screen;
import dev.cairn.adapters.terminal.display.Table;
import dev.cairn.application.port.ListedViews;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.model.Question;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.question.QuestionText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks a saved question, or lists them. */
@Command(
        name = "ask",
        description = "Asks a saved question by its name; without a name, lists them.",
        sortOptions = false,
        footer = {
            "",
            "A saved question is a definition in a file, which 'cairn apply' saves; its parts are written as for 'cairn query':",
            "  question: nps_by_plan",
            "  metrics: [nps]",
            "  by: [account.plan]",
            "  grain: month",
            "  range: last 6 months",
            "",
            "Examples:",
            "  cairn ask",
            "  cairn ask nps_by_plan",
            "  cairn ask nps_by_plan --format csv"
        })
public final class AskCommand extends AnswerCommand {
    @Parameters(arity = "0..1", paramLabel = "QUESTION", description = "Its name.")
    private @Nullable String name;

    @Option(
            names = "--after",
            paramLabel = "CURSOR",
            description = "The next page, by the cursor that the page before ended with.")
    private @Nullable String after;

    @Override
    void check() {
        if (plot && (format != AnswerFormat.TEXT || details)) {
            throw notUnderstood("--plot cannot be combined with --details or --format.");
        }
        boolean isShown = plot || details || interval || after != null;
        if (name == null
                && (isShown || format == AnswerFormat.CSV || format == AnswerFormat.NDJSON)) {
            throw notUnderstood(
                    "Say which question; 'cairn ask' alone lists them, with --format json for programs.");
        }
    }

    @Override
    int run(UseCases cairn) {
        var catalog = cairn.catalogs().catalog();
        if (name == null) {
            return list(catalog.all(Question.class), cairn.views().views());
        }
        var saved = catalog.find(name, Question.class);
        return saved.isEmpty() ? unknown(name, catalog) : ask(saved.get(), cairn);
    }

    private int ask(Question saved, UseCases cairn) {
        var question = QuestionText.read(saved.asked());
        if (!question.problems().isEmpty()) {
            return refused(question, question.problems());
        }
        if (plot && question.query().totals()) {
            throw notUnderstood("--plot cannot be combined with totals, which this question has.");
        }
        var query = asked(question);
        return paged(
                question,
                cairn,
                (rows, cursor) -> asked(query.page(rows, cursor == null ? after : cursor), cairn));
    }

    @Override
    AnalysisQuery asked(QuestionText question) {
        return question.query().withUncertainty(interval).withKeys(false);
    }

    @Override
    AnswerData.Shown shown(QuestionText question) {
        return new AnswerData.Shown(question.query().totals(), details, interval, false);
    }

    @Override
    boolean isPaged(QuestionText question) {
        return after != null || question.written().first() != null;
    }

    private int unknown(String wanted, Catalog catalog) {
        var problem =
                Problem.of(
                                ProblemCode.BAD_VALUE,
                                Place.of("question"),
                                "There is no saved question '%s'; 'cairn ask' lists them.",
                                wanted)
                        .suggesting(catalog.nearest(wanted, Question.class));
        Report.problems(
                List.of(problem),
                format == AnswerFormat.JSON ? Format.JSON : Format.TEXT,
                out(),
                err());
        return 1;
    }

    private int list(List<Question> questions, Optional<ListedViews> views) {
        var refusals = views.map(ListedViews::refusals).orElse(Map.of());
        switch (format) {
            case JSON, NDJSON, CSV ->
                    Report.json(
                            Map.of(
                                    "questions",
                                    questions.stream().map(AskCommand::json).toList(),
                                    "noViews",
                                    refusals),
                            out());
            case TEXT -> {
                table(questions);
                refusals.forEach((name, why) ->
                        out().println(
                                        "No view '%s': %s"
                                                .formatted(
                                                        DisplayText.plain(name),
                                                        DisplayText.plain(why))));
            }
        }
        return 0;
    }

    private void table(List<Question> questions) {
        if (questions.isEmpty()) {
            out().println("There are no saved questions.");
            return;
        }
        var rows =
                questions.stream()
                        .map(question ->
                                Table.Row.of(
                                        DisplayText.plain(question.name()),
                                        DisplayText.plain(question.label()),
                                        DisplayText.plain(
                                                question.owner() == null ? "" : question.owner()),
                                        DisplayText.plain(question.asked().range())))
                        .toList();
        new Table(
                        List.of(
                                Table.Column.key("question"),
                                Table.Column.text("label"),
                                Table.Column.text("owner"),
                                Table.Column.text("range")),
                        rows)
                .lines(Screen.current())
                .forEach(out()::println);
    }

    private static Map<String, @Nullable Object> json(Question question) {
        var shown = new LinkedHashMap<String, @Nullable Object>();
        shown.put("key", question.name());
        shown.put("label", question.label());
        shown.put("description", question.description());
        shown.put("owner", question.owner());
        shown.put("metrics", question.asked().metrics());
        shown.put("by", question.asked().by());
        shown.put("grain", question.asked().grain());
        shown.put("range", question.asked().range());
        return shown;
    }
}
