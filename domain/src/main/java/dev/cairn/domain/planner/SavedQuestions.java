package dev.cairn.domain.planner;

import dev.cairn.domain.alert.AlertQuestion;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.check.DefinitionChecker.Checked;
import dev.cairn.domain.lowering.ResolvedMetrics;
import dev.cairn.domain.model.Alert;
import dev.cairn.domain.model.Alert.Watched;
import dev.cairn.domain.model.Question;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.question.QuestionText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks saved questions as they would be answered: by planning them. */
public final class SavedQuestions {
    private SavedQuestions() {}

    /**
     * What was found of a question as a definition, with all that planning it finds. A problem of a definition that it names is told there alone. How far its data is trusted
     * today says nothing of what it asks, nor does which days calendars of rows have today.
     *
     * @param references definitions that its answer can depend on
     * @param place of the question
     */
    public static Checked check(
            Question question,
            Checked alone,
            Set<String> references,
            ResolvedMetrics metrics,
            Instant now,
            Place place) {
        var text = QuestionText.read(question.asked());
        var found =
                switch (Planner.withinCalendars(text.query(), metrics, Caller.LOCAL, now)
                        .orElse(new Planned.Rejected(List.of()))) {
                    case Planned.Ready _ -> List.<Problem>of();
                    case Planned.Rejected(var problems) ->
                            text.inFile(
                                    problems.stream()
                                            .filter(problem ->
                                                    problem.code() != ProblemCode.UNTRUSTED)
                                            .toList(),
                                    place);
                };
        var all = new ArrayList<>(alone.problems());
        found.stream().filter(problem -> !all.contains(problem)).forEach(all::add);
        return new Checked(
                alone.bindings(), references, alone.namings(), all, new HashSet<>(found));
    }

    /**
     * What keeps the question of an alert from being asked, that is no saved one.
     *
     * @param catalog with all that the alert names
     * @param place of the alert; told at what it watches, as it has written no question
     */
    public static List<Problem> ofAlert(
            Alert alert, Catalog catalog, ResolvedMetrics metrics, Instant now, Place place) {
        var part =
                switch (alert.watched()) {
                    case Watched.Entered _ -> "cohort";
                    case Watched.BandLeft _ -> "metric";
                    case Watched.Groups _, Watched.GuardTripped _, Watched.TrustLost _ -> "";
                };
        if (part.isEmpty()) {
            return List.of();
        }
        var query = AlertQuestion.of(alert, catalog).orElseThrow();
        return switch (Planner.withinCalendars(query, metrics, Caller.LOCAL, now)
                .orElse(new Planned.Rejected(List.of()))) {
            case Planned.Ready _ -> List.of();
            case Planned.Rejected(var problems) ->
                    problems.stream()
                            .filter(problem -> problem.code() != ProblemCode.UNTRUSTED)
                            .map(problem -> problem.in(place.then(part)))
                            .toList();
        };
    }
}
