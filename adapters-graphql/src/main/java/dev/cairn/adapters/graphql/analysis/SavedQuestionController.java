package dev.cairn.adapters.graphql.analysis;

import dev.cairn.adapters.graphql.problem.ErrorCode;
import dev.cairn.adapters.graphql.problem.RejectedException;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.application.port.in.BrowseCatalogUseCase;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.model.Question;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.question.QuestionText;
import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

/** Questions that are saved under a name. */
@Controller
public final class SavedQuestionController {
    private final BrowseCatalogUseCase catalogs;
    private final AnalyzeUseCase analyses;

    public SavedQuestionController(BrowseCatalogUseCase catalogs, AnalyzeUseCase analyses) {
        this.catalogs = catalogs;
        this.analyses = analyses;
    }

    /** What people call it; not what it compares with, which may be of accounts that the caller does not see. */
    record SavedQuestion(
            String key, String label, @Nullable String summary, @Nullable String owner) {
        static SavedQuestion of(Question question) {
            return new SavedQuestion(
                    question.name(),
                    question.label(),
                    question.description().isEmpty() ? null : question.description(),
                    question.owner());
        }
    }

    /** Saved questions. */
    record SavedQuestionList(List<SavedQuestion> items) {}

    /** In the order of their keys. */
    @QueryMapping
    SavedQuestionList savedQuestions() {
        return new SavedQuestionList(
                catalogs.catalog().all(Question.class).stream().map(SavedQuestion::of).toList());
    }

    /** Never null, as analyze. */
    @QueryMapping
    @Nullable AnalysisOutput ask(
            @Argument String question,
            @Argument @Nullable Integer first,
            @Argument @Nullable String after,
            Caller caller,
            DataFetchingEnvironment environment) {
        var saved = saved(question);
        int rows = first == null ? saved.first() : first;
        var query = AnalysisController.question(saved.page(rows, after), environment, List.of());
        return AnalysisController.answered(
                query, analyses.analyze(query, caller, Deadline.current()), after != null);
    }

    private AnalysisQuery saved(String key) {
        var catalog = catalogs.catalog();
        return catalog.find(key, Question.class)
                .map(question -> QuestionText.read(question.asked()).query())
                .orElseThrow(() ->
                        new RejectedException(
                                ErrorCode.BAD_QUERY,
                                List.of(
                                        Problem.of(
                                                        ProblemCode.BAD_VALUE,
                                                        Place.of("question"),
                                                        "There is no saved question '%s'.",
                                                        key)
                                                .suggesting(
                                                        catalog.nearest(key, Question.class)))));
    }
}
