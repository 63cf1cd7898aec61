package dev.cairn.application.service;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.planner.QuestionLimits;
import dev.cairn.domain.prediction.Customer;
import dev.cairn.domain.prediction.PredictionQuestion;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks the questions of a prediction, and reads their answers. */
final class PredictionRows {
    /** Of 10,000 rows each; more are not held in memory. */
    private static final int MOST_PAGES = 20;

    private final PredictionQuestion question;
    private final AnalyzeUseCase analyses;
    private final Caller caller;
    private final Deadline deadline;

    PredictionRows(
            PredictionQuestion question,
            AnalyzeUseCase analyses,
            Caller caller,
            Deadline deadline) {
        this.question = question;
        this.analyses = analyses;
        this.caller = caller;
        this.deadline = deadline;
    }

    /** The questions are not answered. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient List<Problem> problems;

        Refused(List<Problem> problems) {
            super("refused", null, false, false);
            this.problems = List.copyOf(problems);
        }

        List<Problem> problems() {
            return problems;
        }
    }

    /** @param isComplete whether the source is complete until the calibration ends */
    record Counts(List<Customer.Counted> customers, boolean isComplete) {}

    /** An account and what it bought. */
    record OfAccount(String key, Customer customer) {}

    /** @param cursor of the last row; null where there is none, and of all accounts */
    record Accounts(
            List<OfAccount> accounts,
            @Nullable String currency,
            boolean hasNextPage,
            @Nullable String cursor) {}

    Counts counts() {
        var customers = new ArrayList<Customer.Counted>();
        boolean isComplete = true;
        for (var page : pages(question.counts())) {
            var cells = new Cells(page);
            for (var row : page.rows()) {
                isComplete &= !cells.isBeyondCoverage(row, PredictionQuestion.ROWS);
                var count = cells.number(row, PredictionQuestion.CUSTOMERS);
                var customer = cells.customer(row);
                if (customer.isPresent() && count != null && count > 0) {
                    customers.add(new Customer.Counted(customer.get(), count.longValue()));
                }
            }
        }
        return new Counts(customers, isComplete);
    }

    /** One page, by key. */
    Accounts accounts(int rows, @Nullable String after) {
        return read(answer(question.accounts(rows, after)));
    }

    /** All of them. */
    Accounts accounts() {
        var accounts = new ArrayList<OfAccount>();
        String currency = null;
        for (var page : pages(question.accounts(QuestionLimits.MOST_ROWS, null))) {
            var read = read(page);
            accounts.addAll(read.accounts());
            currency = read.currency();
        }
        return new Accounts(accounts, currency, false, null);
    }

    private static Accounts read(AnalysisResult page) {
        var cells = new Cells(page);
        var accounts = new ArrayList<OfAccount>();
        for (var row : page.rows()) {
            var key = row.group().getFirst().value();
            cells.customer(row)
                    .filter(_ -> key != null)
                    .ifPresent(
                            customer -> accounts.add(new OfAccount(String.valueOf(key), customer)));
        }
        return new Accounts(
                accounts,
                cells.column(PredictionQuestion.LATER).currency(),
                page.hasNextPage(),
                page.cursor());
    }

    /** By repeats, how often customers bought in the horizon; empty where not all of that is known. */
    Map<Integer, Double> bought() {
        var bought = new HashMap<Integer, Double>();
        var page = answer(question.holdout());
        var cells = new Cells(page);
        for (var row : page.rows()) {
            var days = cells.number(row, PredictionQuestion.DAYS);
            var value = cells.number(row, PredictionQuestion.BOUGHT);
            if (cells.isBeyondCoverage(row, PredictionQuestion.BOUGHT)) {
                return Map.of();
            }
            if (days != null && days > 0) {
                bought.put((int) (days - 1), value == null ? 0.0 : value);
            }
        }
        return Map.copyOf(bought);
    }

    private List<AnalysisResult> pages(AnalysisQuery first) {
        var pages = new ArrayList<AnalysisResult>();
        var page = answer(first);
        pages.add(page);
        while (page.hasNextPage()) {
            if (pages.size() == MOST_PAGES) {
                throw new Refused(
                        List.of(
                                Problem.of(
                                        ProblemCode.LIMIT,
                                        Place.NOWHERE,
                                        "More than %d accounts or histories would be read at once. Ask for a cohort or with a filter, or order by account.",
                                        MOST_PAGES * QuestionLimits.MOST_ROWS)));
            }
            page = answer(first.page(QuestionLimits.MOST_ROWS, page.cursor()));
            pages.add(page);
        }
        return pages;
    }

    private AnalysisResult answer(AnalysisQuery query) {
        return switch (analyses.analyze(query, caller, deadline)) {
            case AnalyzeUseCase.Outcome.Answered(var result) -> result;
            case AnalyzeUseCase.Outcome.Rejected(var problems) ->
                    throw new Refused(question.placed(problems));
        };
    }

    /** The cells of a page, by the keys of their columns. */
    private record Cells(AnalysisResult page, Map<String, Integer> places) {
        Cells(AnalysisResult page) {
            this(page, new HashMap<>());
            for (int i = 0; i < page.columns().size(); i++) {
                places.put(page.columns().get(i).key(), i);
            }
        }

        Column column(String key) {
            return page.columns().get(place(key));
        }

        private int place(String key) {
            return Optional.ofNullable(places.get(key)).orElseThrow();
        }

        private @Nullable Object value(Row row, String key) {
            return switch (row.cells().get(place(key))) {
                case Cell.Group(GroupValue(_, var value)) -> value;
                case Cell.Value(var measured, _) -> measured.value();
                case Cell.Time _, Cell.KeyKind _, Cell.Standing _ ->
                        throw new IllegalStateException(key);
            };
        }

        @Nullable Double number(Row row, String key) {
            return value(row, key) instanceof Number number ? number.doubleValue() : null;
        }

        boolean isBeyondCoverage(Row row, String key) {
            return row.cells().get(place(key)) instanceof Cell.Value(_, var incomplete)
                    && incomplete.contains(Incomplete.BEYOND_COVERAGE);
        }

        /** Empty where nothing was bought. */
        Optional<Customer> customer(Row row) {
            var days = number(row, PredictionQuestion.DAYS);
            return days != null
                            && days > 0
                            && value(row, PredictionQuestion.FIRST) instanceof LocalDate first
                            && value(row, PredictionQuestion.LAST) instanceof LocalDate last
                    ? Optional.of(
                            new Customer(
                                    days.longValue(),
                                    first,
                                    last,
                                    number(row, PredictionQuestion.LATER)))
                    : Optional.empty();
        }
    }
}
