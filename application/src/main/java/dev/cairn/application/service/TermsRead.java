package dev.cairn.application.service;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.application.service.PredictionRows.Refused;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.calibration.ContractsQuestion;
import dev.cairn.domain.calibration.Term;
import dev.cairn.domain.planner.QuestionLimits;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads terms of contracts. */
final class TermsRead {
    /** Of 10,000 rows each; more are not held in memory. */
    private static final int MOST_PAGES = 20;

    private final AnalyzeUseCase analyses;
    private final Caller caller;
    private final Deadline deadline;

    TermsRead(AnalyzeUseCase analyses, Caller caller, Deadline deadline) {
        this.analyses = analyses;
        this.caller = caller;
        this.deadline = deadline;
    }

    /** @param currency of the values; null where there is none */
    record Terms(List<Term> terms, @Nullable String currency) {}

    /**
     * As they stood then: what was decided later is open.
     *
     * @param first says what counts as now
     * @throws Refused with problems at the parts of the contracts
     */
    Terms of(AnalysisQuery first) {
        var asOf = Objects.requireNonNull(first.asOf());
        var zone = first.zone();
        var terms = new ArrayList<Term>();
        String currency = null;
        @Nullable AnalysisQuery query = first;
        for (int pages = 0; query != null; pages++) {
            if (pages == MOST_PAGES) {
                throw new Refused(
                        List.of(
                                Problem.of(
                                        ProblemCode.LIMIT,
                                        Place.of("contracts"),
                                        "More than %d contracts would be read at once. Ask for a shorter time.",
                                        MOST_PAGES * QuestionLimits.MOST_ROWS)));
            }
            var page = answer(query);
            var places = places(page);
            currency = currency(page, places);
            for (var row : page.rows()) {
                var term = term(row, places, zone);
                if (term != null) {
                    terms.add(term.at(asOf.minusNanos(1).atZone(zone).toLocalDate()));
                }
            }
            query = page.hasNextPage() ? first.page(QuestionLimits.MOST_ROWS, page.cursor()) : null;
        }
        return new Terms(terms, currency);
    }

    private static @Nullable String currency(AnalysisResult page, Map<String, Integer> places) {
        var place = places.get(ContractsQuestion.VALUE);
        return place == null ? null : page.columns().get(place).currency();
    }

    private AnalysisResult answer(AnalysisQuery query) {
        return switch (analyses.analyze(query, caller, deadline)) {
            case AnalyzeUseCase.Outcome.Answered(var result) -> result;
            case AnalyzeUseCase.Outcome.Rejected(var problems) ->
                    throw new Refused(ContractsQuestion.placed(problems));
        };
    }

    private static Map<String, Integer> places(AnalysisResult page) {
        var places = new HashMap<String, Integer>();
        for (int i = 0; i < page.columns().size(); i++) {
            places.put(page.columns().get(i).key(), i);
        }
        return places;
    }

    /** Null where it is of no account, or never due. */
    private static @Nullable Term term(Row row, Map<String, Integer> places, ZoneId zone) {
        var group = row.group();
        var account = group.get(0).value();
        var due = day(group.get(1), zone);
        return account == null || due == null
                ? null
                : new Term(
                        String.valueOf(account),
                        due,
                        group.size() > 2 ? day(group.get(2), zone) : null,
                        (int) number(row, places, ContractsQuestion.TERMS),
                        (int) number(row, places, ContractsQuestion.DECIDED),
                        (int) number(row, places, ContractsQuestion.RENEWED),
                        number(row, places, ContractsQuestion.VALUE),
                        number(row, places, ContractsQuestion.VALUE_DECIDED),
                        number(row, places, ContractsQuestion.VALUE_RENEWED));
    }

    private static @Nullable LocalDate day(GroupValue key, ZoneId zone) {
        return switch (key.value()) {
            case LocalDate day -> day;
            case Instant instant -> instant.atZone(zone).toLocalDate();
            case null, default -> null;
        };
    }

    private static double number(Row row, Map<String, Integer> places, String key) {
        var place = places.get(key);
        return place == null
                ? 0
                : switch (row.cells().get(place)) {
                    case Cell.Group(GroupValue(_, var value)) -> number(value);
                    case Cell.Value(var measured, _) -> number(told(measured));
                    case Cell.Time _, Cell.KeyKind _, Cell.Standing _ -> 0;
                };
    }

    /** Nothing is none of them; what is not known is not taken for nothing. */
    private static @Nullable Object told(Measured measured) {
        return switch (measured.absence()) {
            case NO_RATE ->
                    throw refused(
                            ProblemCode.BAD_VALUE,
                            "value",
                            "What some contracts are worth cannot be said, as there is no rate of exchange of an amount: import it, or ask without a value.");
            case UNTRUSTED ->
                    throw refused(
                            ProblemCode.UNTRUSTED,
                            "decided",
                            "This reads a metric whose data is trusted less than its owner asks for.");
            case NO_DATA, ZERO_BASE, INSUFFICIENT_SAMPLE, NOT_YET, BEFORE_DATA -> null;
            case null -> measured.value();
        };
    }

    private static Refused refused(ProblemCode code, String part, String message) {
        return new Refused(List.of(Problem.of(code, Place.of("contracts", part), message)));
    }

    private static double number(@Nullable Object value) {
        return value instanceof Number number ? number.doubleValue() : 0;
    }
}
