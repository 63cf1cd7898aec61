package dev.cairn.application.service;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.AccountOverviewUseCase.Outcome;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.overview.AccountMetrics.Refused;
import dev.cairn.domain.overview.RowsOfAccount;
import dev.cairn.domain.overview.RowsOfAccount.RowList;
import dev.cairn.domain.overview.RowsQuestion;
import dev.cairn.domain.overview.Subject;
import dev.cairn.domain.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the rows behind values of one account: one statement for the values, then one for each that is there. What cannot be asked is left out with the reason.
 *
 * @param first rows of each list
 * @param after cursor of the last row had; null: from the start
 */
record RowsAsked(
        AnalyzeUseCase analyses,
        Subject subject,
        int first,
        @Nullable String after,
        Caller caller,
        Deadline deadline) {
    Outcome<RowsOfAccount> answer(List<RowsQuestion> lists) {
        var refused = new ArrayList<Refused>();
        var shown = new ArrayList<RowList>();
        for (int from = 0; from < lists.size(); from += RowsQuestion.MOST) {
            var batch = lists.subList(from, Math.min(lists.size(), from + RowsQuestion.MOST));
            var problems = ask(new ArrayList<>(batch), shown, refused);
            if (!problems.isEmpty()) {
                return new Outcome.Rejected<>(problems);
            }
        }
        return new Outcome.Answered<>(new RowsOfAccount(shown, refused));
    }

    /** Returns what is wrong with all of them. */
    private List<Problem> ask(
            List<RowsQuestion> lists, List<RowList> shown, List<Refused> refused) {
        while (!lists.isEmpty()) {
            var question = RowsQuestion.values(subject, lists);
            switch (analyses.analyze(question, caller, deadline)) {
                case AnalyzeUseCase.Outcome.Answered(var values) -> {
                    return open(question, values, lists, shown, refused);
                }
                case AnalyzeUseCase.Outcome.Rejected(var problems) -> {
                    if (!drop(lists, problems, refused)) {
                        return problems;
                    }
                }
            }
        }
        return List.of();
    }

    private static boolean drop(
            List<RowsQuestion> lists, List<Problem> problems, List<Refused> refused) {
        var faulty = new ArrayList<RowsQuestion>();
        for (var problem : problems) {
            var path = problem.place().path();
            if (path.size() > 1 && path.getFirst().equals("metrics")) {
                var list = lists.get(Integer.parseInt(path.get(1)));
                if (!faulty.contains(list)) {
                    faulty.add(list);
                    refused.add(new Refused(list.name(), problem.message()));
                }
            }
        }
        lists.removeAll(faulty);
        return !faulty.isEmpty();
    }

    private List<Problem> open(
            AnalysisQuery question,
            AnalysisResult values,
            List<RowsQuestion> lists,
            List<RowList> shown,
            List<Refused> refused) {
        if (values.rows().isEmpty()) {
            return List.of();
        }
        for (var list : lists) {
            var value = list.valueIn(values);
            if (value.value().value() == null) {
                continue;
            }
            var rows = list.rows(question, values, first, after);
            switch (analyses.members(rows, caller, deadline)) {
                case AnalyzeUseCase.Outcome.Answered(var result) -> {
                    // A sum or count of nothing has a value and no rows.
                    if (after != null || hasRows(result)) {
                        shown.add(new RowList(list.name(), list.label(), value, question, result));
                    }
                }
                case AnalyzeUseCase.Outcome.Rejected(var problems) -> {
                    if (after != null) {
                        return problems;
                    }
                    refused.add(new Refused(list.name(), problems.getFirst().message()));
                }
            }
        }
        return List.of();
    }

    private static boolean hasRows(AnalysisResult result) {
        return result.rows().stream().anyMatch(row -> row.kind() == RowKind.CELL);
    }
}
