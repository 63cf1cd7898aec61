package dev.cairn.application.service;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.Caller;
import java.util.List;
import java.util.function.Supplier;

/** A stand-in that answers the questions of one request each by itself. */
interface OneByOne extends AnalyzeUseCase {
    @Override
    default List<Supplier<Outcome>> together(
            List<AnalysisQuery> queries, Caller caller, Deadline deadline) {
        return queries.stream()
                .<Supplier<Outcome>>map(query -> () -> analyze(query, caller, deadline))
                .toList();
    }
}
