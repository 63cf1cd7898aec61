package dev.cairn.adapters.terminal.command;

import dev.cairn.adapters.terminal.display.AnswerData;
import dev.cairn.adapters.terminal.display.DisplayText;
import dev.cairn.application.port.in.AnalyzeUseCase.Explanation;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemDetails;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Explains how a question would be answered, without answering it. */
@Command(
        name = "explain",
        description =
                "Explains how a question would be answered, or what is wrong with it; reads no facts.",
        customSynopsis = "cairn explain METRIC... --range RANGE [OPTION...]",
        sortOptions = false,
        footer = {
            "",
            "Examples, on the sample:",
            "  cairn explain nps --by account.plan --range 2026-H1",
            "  cairn explain 'count(event)' --grain week --range 2026-Q1 --sql",
            "  cairn explain billed --range 2026 --format json"
        })
public final class ExplainCommand extends DataCommand {
    @Mixin private QuestionOptions options;

    @Option(names = "--sql", description = "Adds the SQL that would be sent.")
    private boolean sql;

    @Option(names = "--format", paramLabel = "FORMAT", description = "text (default) or json.")
    private Format format = Format.TEXT;

    @Override
    int run(UseCases cairn) {
        var question = options.question();
        var explanation =
                cairn.analyses().explain(question.query(), Caller.LOCAL, cairn.deadline());
        var problems =
                Stream.concat(question.problems().stream(), explanation.problems().stream())
                        .toList();
        boolean valid = problems.isEmpty();
        switch (format) {
            case TEXT -> {
                if (valid) {
                    say(explanation);
                } else {
                    QuestionReport.problems(question, problems, err());
                }
            }
            case JSON -> Report.json(asJson(problems, explanation), out());
        }
        return valid ? 0 : 1;
    }

    private void say(Explanation explanation) {
        explanation.steps().stream().map(DisplayText::plain).forEach(out()::println);
        var statement = explanation.sql();
        if (sql && statement != null) {
            out().println();
            statement.lines().map(DisplayText::plain).forEach(out()::println);
        }
    }

    /** Where there are problems, what was found out belongs to another question, and is left out. */
    private static Map<String, @Nullable Object> asJson(
            List<Problem> problems, Explanation explanation) {
        boolean valid = problems.isEmpty();
        var said = new LinkedHashMap<String, @Nullable Object>();
        said.put("valid", valid);
        said.put("problems", ProblemDetails.of(problems));
        said.put(
                "columns",
                valid
                        ? explanation.columns().stream().map(AnswerData::column).toList()
                        : List.of());
        said.put("plan", valid ? explanation.steps() : List.of());
        said.put(
                "rowsToRead",
                valid || !explanation.problems().isEmpty() ? explanation.rowsToRead() : null);
        said.put("sql", valid ? explanation.sql() : null);
        return said;
    }
}
