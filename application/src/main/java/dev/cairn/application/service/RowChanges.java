package dev.cairn.application.service;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.WhyUseCase;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.why.RowChange;
import dev.cairn.domain.why.Why;
import java.util.Optional;

/** Explains values of an answer by what they were in the time before, where that is known. */
public final class RowChanges {
    /** Of what doubles carry when they are added up in another order. */
    private static final double TOLERANCE = 1e-9;

    private final WhyUseCase why;

    public RowChanges(WhyUseCase why) {
        this.why = why;
    }

    /**
     * Why a value is not what it was in the time before: {@link Why#sentence} says it in words.
     *
     * @param answer to the question
     * @param row of it
     * @param column of the value, a metric's
     * @return empty where it cannot be asked, where there was no value before, and where what is explained would be another value than that of the row
     */
    public Optional<Why> why(
            AnalysisQuery question,
            AnalysisResult answer,
            Row row,
            String column,
            Caller caller,
            Deadline deadline) {
        var shown = value(answer, row, column);
        if (shown.isEmpty()) {
            return Optional.empty();
        }
        for (var query : RowChange.of(question, answer, row, column)) {
            try {
                switch (why.why(query, caller, deadline)) {
                    case WhyUseCase.Outcome.Explained(var found)
                            when isSame(found.to().value(), shown.get()) -> {
                        return Optional.of(found);
                    }
                    case WhyUseCase.Outcome.Explained _, WhyUseCase.Outcome.Rejected _ -> {}
                }
            } catch (AnalysisFailed _) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static Optional<Double> value(AnalysisResult answer, Row row, String column) {
        for (int at = 0; at < answer.columns().size(); at++) {
            if (answer.columns().get(at).key().equals(column)
                    && row.cells().get(at) instanceof Cell.Value(var value, _)
                    && value.value() instanceof Number number) {
                return Optional.of(number.doubleValue());
            }
        }
        return Optional.empty();
    }

    private static boolean isSame(double one, double other) {
        return Math.abs(one - other) <= TOLERANCE * (Math.abs(one) + Math.abs(other));
    }
}
